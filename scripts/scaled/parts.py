"""The parts of a stack: what is started, in which order."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from scripts.testrun.programs import CADDY, POSTGRES, REDIS, RunError

from .layout import Layout

# Supervisord starts the lowest first, and stops it last.
SERVICES, MODELS, WORKERS, WEB, WAY_IN = 1, 2, 3, 4, 5


@dataclass(frozen=True, slots=True)
class Part:
    """One process. ``waits``: it is started once the services answer; ``spare``: not even then."""

    name: str
    command: tuple[str, ...]
    order: int
    user: str = ""
    environ: dict[str, str] = field(default_factory=dict)
    stop_signal: str = "TERM"
    stop_s: int = 15
    waits: bool = True
    spare: bool = False


def parts(layout: Layout, *, database_user: str) -> Iterator[Part]:
    """Yield the parts of a stack."""
    yield from _services(layout, database_user)
    if layout.llm:
        yield _language_model(layout)
    yield from _workers(layout)
    for number in range(layout.size.web):
        yield Part(
            f"web-{number + 1}",
            (
                sys.executable, "-m", "scripts.launch.serve", "--stay",
                "--port", str(layout.web_ports[number]),
            ),
            WEB,
        )  # fmt: skip
    yield _proxy(layout)


def program(found: Path | None, name: str) -> str:
    """Return a program's path. Raises RunError without it."""
    if found is None:
        raise RunError(f"{name} is missing.")
    return str(found)


def _services(layout: Layout, database_user: str) -> Iterator[Part]:
    initdb = Path(program(POSTGRES.find(), "PostgreSQL"))
    yield Part(
        "postgres",
        (
            str(initdb.with_name("postgres")), "-D", str(layout.folder / "postgres"),
            "-p", str(layout.postgres_port), "-c", "listen_addresses=127.0.0.1",
            "-c", "unix_socket_directories=", "-c", "max_connections=200",
        ),
        SERVICES,
        user=database_user,
        stop_signal="INT",
        waits=False,
    )  # fmt: skip
    yield Part(
        "redis",
        (
            program(REDIS.find(), "Redis"), "--port", str(layout.redis_port),
            "--bind", "127.0.0.1", "--dir", str(layout.folder / "redis"),
            # What waits in a queue is still there after a crash.
            "--save", "", "--appendonly", "yes", "--appendfsync", "everysec",
        ),
        SERVICES,
        waits=False,
    )  # fmt: skip


def _language_model(layout: Layout) -> Part:
    return Part(
        "llm",
        (
            sys.executable, "manage.py", "serve_llm", "--model", layout.llm,
            "--port", str(layout.llm_port),
        ),
        MODELS,
        environ={"TUTOR_LLAMA_KEY": layout.password},
    )  # fmt: skip


def _workers(layout: Layout) -> Iterator[Part]:
    for kind, count in layout.size.workers.items():
        for number in range(count):
            name = f"worker-{kind}" if count == 1 else f"worker-{kind}-{number + 1}"
            # Stages run in threads of one process, which has the engines; long jobs that
            # compute get processes.
            pool = "prefork" if kind == "batch" else "threads"
            queues = f"face,face.{socket.gethostname()}" if kind == "face" else kind
            yield Part(
                name,
                (
                    sys.executable, "-m", "celery", "--app", "tutorplatform", "worker",
                    "--queues", queues, "--pool", pool, "--loglevel", "INFO",
                    "--concurrency", str(layout.size.places[kind]),
                    "--hostname", f"{name}@%h", "--without-gossip", "--without-mingle",
                ),
                WORKERS,
            )  # fmt: skip
    yield Part(
        "beat",
        (
            sys.executable, "-m", "celery", "--app", "tutorplatform", "beat",
            "--schedule", str(layout.folder / "beat"), "--pidfile", "",
        ),
        WORKERS,
    )  # fmt: skip


def _proxy(layout: Layout) -> Part:
    path = layout.folder / "Caddyfile"
    webs = " ".join(f"127.0.0.1:{port}" for port in layout.web_ports[: layout.size.web])
    path.write_text(
        f"""{{
	admin off
	auto_https off
}}
http://127.0.0.1:{layout.port}, http://localhost:{layout.port} {{
	@inside path /metrics /metrics/* /readyz
	respond @inside 404
	reverse_proxy {webs} {{
		lb_policy least_conn
		lb_try_duration 10s
		lb_try_interval 200ms
		fail_duration 3s
		transport http {{
			dial_timeout 1s
			keepalive 4s
			compression off
		}}
	}}
}}
"""
    )
    command = (
        program(CADDY.find(), "Caddy"), "run",
        "--config", str(path), "--adapter", "caddyfile",
    )  # fmt: skip
    home = {"XDG_DATA_HOME": str(layout.folder), "XDG_CONFIG_HOME": str(layout.folder)}
    return Part("proxy", command, WAY_IN, environ=home)
