"""A real server of our own for one benchmark run, with a database of its own."""

from __future__ import annotations

import atexit
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, Self

import psutil

ROOT = Path(__file__).resolve().parent.parent
_OPTIONS = {
    "uvicorn": [
        *("--host", "127.0.0.1", "--ws", "tutorplatform.socket_protocol:SoundProtocol"),
        *("--ws-per-message-deflate", "false"),
        *("--ws-max-size", "65536", "--no-access-log", "--log-level", "warning"),
    ],
    "daphne": [
        *("--bind", "127.0.0.1", "--verbosity", "0"),
        *("--websocket-max-message-size", "65536"),
    ],
}


@dataclass(frozen=True, slots=True)
class Seat:
    """A session to join and the cookie that may."""

    session: str
    cookie: str


class BenchServer:
    """Starts uvicorn under the given settings; ends it with all its children."""

    def __init__(self, settings: str, *, env: dict[str, str] | None = None) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="tutor-bench-")
        self.port = free_port()
        self.data_dir = Path(self._folder.name)
        # The database is the folder's own, whatever the caller works with.
        around = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
        self.env = {
            **around,
            "DJANGO_SETTINGS_MODULE": settings,
            "TUTOR_DATA_DIR": self._folder.name,
            **(env or {}),
        }
        self._process: subprocess.Popen[bytes] | None = None
        self.log = self.data_dir / "server.log"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        self._folder.cleanup()

    def seed(self, count: int) -> list[Seat]:
        """Migrate, make learners with a session each, and return their seats."""
        shutil.copy(_migrated(self.env["DJANGO_SETTINGS_MODULE"]), self.data_dir)
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-m", "bench.seed", str(count)],
            cwd=ROOT,
            env=self.env,
            check=True,
            stdout=subprocess.PIPE,
        )
        return [Seat(**seat) for seat in json.loads(done.stdout.splitlines()[-1])]

    def start(
        self,
        *,
        server: Literal["uvicorn", "daphne"] = "uvicorn",
        timeout_s: float = 60,
    ) -> None:
        """Start the server and wait for its first answer."""
        command = [sys.executable, "-m", server, *_OPTIONS[server]]
        command += ["--port", str(self.port), "tutorplatform.asgi:application"]
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(  # noqa: S603
                command, cwd=ROOT, env=self.env, stdout=log, stderr=log,
                # A shell has what it starts in the background ignore interrupts, and
                # daphne heeds none that was ignored when it began.
                preexec_fn=_heed_interrupts,  # noqa: PLW1509 one call, before exec
            )  # fmt: skip
        deadline = time.monotonic() + timeout_s
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                raise RuntimeError(f"the server ended: {self.log.read_text()[-2000:]}")
            if self.answers():
                return
            time.sleep(0.1)
        raise RuntimeError("the server did not answer in time")

    @property
    def pid(self) -> int | None:
        """The server's process, while it runs."""
        return self._process.pid if self._process is not None else None

    def stop(self) -> None:
        """Ask the server to end; make sure that it did."""
        if self._process is None:
            return
        self._process.send_signal(signal.SIGINT)
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def memory_mb(self) -> dict[str, float]:
        """Return resident memory in MB of the server and each of its children."""
        if self._process is None:
            return {}
        root = psutil.Process(self._process.pid)
        found: dict[str, float] = {"server": root.memory_info().rss / 1e6}
        for child in root.children(recursive=True):
            try:
                name = _short_name(child.cmdline())
                found[name] = found.get(name, 0.0) + child.memory_info().rss / 1e6
            except psutil.Error:
                continue
        return {name: round(size, 1) for name, size in found.items()}

    def answers(self) -> bool:
        """Whether the server answers at this moment."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()


def _heed_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _short_name(command: list[str]) -> str:
    for part in command:
        if part.startswith("inference."):
            return part.rpartition(".")[2]
    return Path(command[0]).name if command else "child"


@cache
def _migrated(settings: str) -> Path:
    """Return an empty database, migrated once for all servers of this process."""
    folder = tempfile.TemporaryDirectory(prefix="tutor-migrated-")
    atexit.register(folder.cleanup)
    around = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        cwd=ROOT,
        env={
            **around,
            "DJANGO_SETTINGS_MODULE": settings,
            "TUTOR_DATA_DIR": folder.name,
        },
        check=True,
    )
    return Path(folder.name) / "tutor.sqlite3"


def free_port() -> int:
    """Return a port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: Any = probe.getsockname()[1]
        return int(port)
