"""A PostgreSQL and a Redis of our own, on free ports, gone afterwards."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from .programs import POSTGRES, REDIS, RunError

START_PATIENCE_S = 30.0
STOP_PATIENCE_S = 10.0


@contextmanager
def postgres() -> Iterator[str]:
    """Run a throw-away cluster; give its URL."""
    initdb = POSTGRES.find()
    if initdb is None:
        raise RunError("PostgreSQL is missing.")
    owner = _database_owner()
    folder = Path(tempfile.mkdtemp(prefix="tutor-postgres-"))
    password, port = secrets.token_hex(16), _free_port()
    password_file = folder / "password"
    password_file.write_text(password)
    if owner is not None:
        for path in (folder, password_file):
            os.chown(path, owner.pw_uid, owner.pw_gid)
    data = folder / "data"
    _run(
        [
            str(initdb), "-D", str(data), "-U", "tutor", "--auth=scram-sha-256",
            f"--pwfile={password_file}", "--encoding=UTF8", "--locale=C", "--no-sync",
        ],
        owner,
        folder,
    )  # fmt: skip
    server = [
        str(initdb.with_name("postgres")), "-D", str(data), "-p", str(port),
        "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=",
        # Nothing in this cluster outlives the run, so nothing needs to reach the disk.
        "-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off",
    ]  # fmt: skip
    url = f"postgresql://tutor:{password}@127.0.0.1:{port}/postgres"
    try:
        with _service(
            server, folder, signal.SIGINT, lambda: _postgres_answers(url), owner
        ):
            yield url
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def redis(port: int = 0) -> Iterator[str]:
    """Run a throw-away Redis, on a port of one's own choice if wanted; give its URL."""
    program = REDIS.find()
    if program is None:
        raise RunError("Redis is missing.")
    port = port or _free_port()
    with tempfile.TemporaryDirectory(prefix="tutor-redis-") as name:
        command = [
            str(program), "--port", str(port), "--bind", "127.0.0.1",
            "--save", "", "--appendonly", "no", "--dir", name,
        ]  # fmt: skip
        with _service(command, Path(name), signal.SIGTERM, lambda: _listens(port)):
            yield f"redis://127.0.0.1:{port}/0"


@contextmanager
def _service(
    command: list[str],
    folder: Path,
    stop_signal: signal.Signals,
    ready: Callable[[], bool],
    owner: pwd.struct_passwd | None = None,
) -> Iterator[None]:
    """Run a server until the block ends. Its output is shown only if it fails."""
    log_path = folder / "log"
    with log_path.open("wb") as log:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=folder,
            start_new_session=True, **_as_user(owner),
        )  # fmt: skip
    try:
        deadline = time.monotonic() + START_PATIENCE_S
        while not ready():
            if process.poll() is not None or time.monotonic() > deadline:
                words = log_path.read_text(errors="replace")[-2000:]
                raise RunError(f"{Path(command[0]).name} did not start:\n{words}")
            time.sleep(0.05)
        yield
    finally:
        if process.poll() is None:
            process.send_signal(stop_signal)
            try:
                process.wait(STOP_PATIENCE_S)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def _database_owner() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root: return who shall own it then."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise RunError("PostgreSQL does not run as root, and no other user is here.")


def _as_user(owner: pwd.struct_passwd | None) -> dict[str, Any]:
    if owner is None:
        return {}
    return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}


def _run(command: list[str], owner: pwd.struct_passwd | None, folder: Path) -> None:
    done = subprocess.run(
        command, cwd=folder, check=False, capture_output=True, text=True,
        **_as_user(owner),
    )  # fmt: skip
    if done.returncode:
        raise RunError(f"{Path(command[0]).name} failed:\n{done.stderr}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _postgres_answers(url: str) -> bool:
    import psycopg

    try:
        with psycopg.connect(url, connect_timeout=2):
            return True
    except psycopg.OperationalError:
        return False
