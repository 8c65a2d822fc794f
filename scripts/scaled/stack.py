"""A stack from its start to its stop."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

from scripts.testrun.programs import CADDY, POSTGRES, REDIS, RunError, require

from .database import database_user, make_cluster
from .layout import ROOT, Layout
from .parts import Part, parts
from .supervision import Supervisor

SERVICES_S = 60.0
READY_S = 180.0


class Stack:
    """All parts of one layout. A context manager: what was started is stopped."""

    def __init__(
        self,
        layout: Layout,
        *,
        prepare: tuple[str, ...] = ("-m", "scripts.launch.prepare"),
        say: Callable[[str], None] = print,
        arrange: Callable[[list[Part]], list[Part]] = lambda parts: parts,
    ) -> None:
        """``prepare`` are the arguments of a program that fills the database.

        ``arrange`` changes the parts before they are started, or adds others.
        """
        self.layout = layout
        self.environ = layout.parts_environ()
        self._prepare = prepare
        self._say = say
        self._arrange = arrange
        self.supervisor = Supervisor(layout.folder, self.environ)
        self._parts: list[Part] = []

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start everything and wait until a talk could begin. Raises RunError."""
        require([POSTGRES, REDIS, CADDY])
        for name in ("redis", "logs", "data"):
            (self.layout.folder / name).mkdir(exist_ok=True, parents=True)
        self._say("* Starting PostgreSQL and Redis")
        make_cluster(self.layout)
        self._parts = self._arrange(
            list(parts(self.layout, database_user=database_user()))
        )
        self.supervisor.start(self._parts)
        self._wait_for_services()
        if self._prepare:
            self._run(*self._prepare)
        self._say("* Starting workers, web processes and the way in")
        self.supervisor.begin(
            [part.name for part in self._parts if part.waits and not part.spare]
        )
        self._wait_until_ready()

    def stop(self) -> None:
        """Stop everything."""
        self.supervisor.stop()

    def web_addresses(self) -> list[str]:
        """Return the addresses of the web processes behind the proxy."""
        ports = self.layout.web_ports[: self.layout.size.web]
        return [f"http://127.0.0.1:{port}/" for port in ports]

    def readiness(self, address: str) -> dict[str, Any] | None:
        """Return what a web process says of itself and what it needs; None: nothing."""
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(f"{address}readyz", timeout=5) as answer:
                said = answer.read()
        except urllib.error.HTTPError as error:
            said = error.read()
        except OSError:
            return None
        try:
            found: dict[str, Any] = json.loads(said)
        except ValueError:
            return {}
        return found

    def log(self, part: str, characters: int = 3000) -> str:
        """Return the end of a part's log."""
        path: Path = self.layout.logs / f"{part}.log"
        return path.read_text(errors="replace")[-characters:] if path.exists() else ""

    def _language_model_listens(self) -> bool:
        if not self.layout.llm:
            return True
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.layout.llm_port)) == 0

    def _run(self, *arguments: str) -> None:
        done = subprocess.run(
            [sys.executable, *arguments], cwd=ROOT, env=self.environ, check=False
        )
        if done.returncode:
            raise RunError("The database could not be prepared; see above.")

    def _wait_for_services(self) -> None:
        import psycopg
        from redis import Redis
        from redis.exceptions import RedisError

        give_up_at = time.monotonic() + SERVICES_S
        while True:
            try:
                with psycopg.connect(self.layout.database_url, connect_timeout=2):
                    Redis.from_url(self.layout.redis_url).ping()
                    return
            except (psycopg.OperationalError, RedisError, OSError) as error:
                if time.monotonic() > give_up_at or not self.supervisor.alive():
                    words = self.log("postgres") + self.log("redis")
                    raise RunError(f"No answer:\n{words}") from error
                time.sleep(0.1)

    def _wait_until_ready(self) -> None:
        give_up_at = time.monotonic() + READY_S
        waiting = [*self.web_addresses(), self.layout.address]
        while waiting or not self._language_model_listens():
            said = self.readiness(waiting[0]) if waiting else {"parts": "no llm"}
            # The way in says nothing of what is inside.
            is_way_in = waiting[:1] == [self.layout.address] and said is not None
            if is_way_in or (said is not None and said.get("ready")):
                waiting.pop(0)
                continue
            if time.monotonic() > give_up_at:
                states = {
                    name: state["statename"]
                    for name, state in self.supervisor.states().items()
                }
                raise RunError(
                    f"Not ready in {READY_S:.0f} s: {said}\n{states}\n"
                    f"The logs are in {self.layout.logs}."
                )
            time.sleep(0.25)
