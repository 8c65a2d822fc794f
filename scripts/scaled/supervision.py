"""supervisord, which starts the parts, starts them again when they die, and stops them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import xmlrpc.client
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from scripts.testrun.programs import RunError

from .layout import ROOT
from .parts import Part

START_S = 15.0


class Supervisor:
    """One supervisord; its socket, configuration and logs lie in the stack's folder."""

    def __init__(self, folder: Path, environ: dict[str, str]) -> None:
        self._folder = folder
        self._environ = environ
        self._socket = folder / "supervisor.sock"
        self._pidfile = folder / "supervisord.pid"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, parts: Iterable[Part]) -> None:
        """Start it with the parts that do not wait. Raises RunError."""
        self.end_earlier_one()
        config = self._folder / "supervisord.conf"
        config.touch(mode=0o600)
        config.write_text(self._config(parts))
        self._process = subprocess.Popen(
            [sys.executable, "-m", "supervisor.supervisord", "-n", "-c", str(config)],
            cwd=ROOT,
            env=self._environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        give_up_at = time.monotonic() + START_S
        while time.monotonic() < give_up_at:
            if self._process.poll() is not None:
                break
            try:
                self.states()
            except OSError:
                time.sleep(0.1)
            else:
                return
        raise RunError(f"supervisord did not start; see {self._folder / 'logs'}.")

    def begin(self, names: Sequence[str]) -> None:
        """Start parts that waited; supervisord goes by their order."""
        for name in names:
            self._rpc().supervisor.startProcess(name, False)

    def states(self) -> dict[str, dict[str, Any]]:
        """Return each part's state, with ``pid`` and ``statename``. Raises OSError."""
        found: Any = self._rpc().supervisor.getAllProcessInfo()
        return {one["name"]: one for one in found}

    def pid(self, name: str) -> int:
        """Return the process of a part; 0 while it does not run."""
        return int(self.states()[name]["pid"])

    def stop_part(self, name: str) -> None:
        """Stop one part and leave it stopped."""
        self._rpc().supervisor.stopProcess(name)

    def alive(self) -> bool:
        """Whether supervisord runs."""
        return self._process is not None and self._process.poll() is None

    def stop(self) -> None:
        """Stop all parts, the last that was started first."""
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def end_earlier_one(self) -> None:
        """End what is left of a launcher that was killed."""
        try:
            pid = int(self._pidfile.read_text())
            os.kill(pid, signal.SIGTERM)
        except (FileNotFoundError, ValueError, ProcessLookupError, PermissionError):
            return
        for _look in range(600):
            try:
                os.kill(pid, 0)
            except ProcessLookupError:
                return
            time.sleep(0.1)
        raise RunError(f"An earlier supervisord ({pid}) does not end.")

    def _rpc(self) -> Any:
        from supervisor.xmlrpc import SupervisorTransport

        transport = SupervisorTransport(None, None, f"unix://{self._socket}")
        return xmlrpc.client.ServerProxy("http://127.0.0.1", transport=transport)

    def _config(self, parts: Iterable[Part]) -> str:
        logs = self._folder / "logs"
        logs.mkdir(exist_ok=True)
        head = f"""[supervisord]
nodaemon=true
logfile={logs}/supervisord.log
pidfile={self._pidfile}
childlogdir={logs}
minfds=4096
[unix_http_server]
file={self._socket}
chmod=0600
[rpcinterface:supervisor]
supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface
"""
        return head + "".join(self._program(part, logs) for part in parts)

    def _program(self, part: Part, logs: Path) -> str:
        words = " ".join(_quoted(word) for word in part.command)
        pairs = ",".join(
            f'{k}="{v.replace("%", "%%")}"' for k, v in part.environ.items()
        )
        user = f"user={part.user}\n" if part.user else ""
        return f"""[program:{part.name}]
command={words}
directory={ROOT}
{user}priority={part.order}
autostart={str(not part.waits).lower()}
autorestart=true
startsecs=1
startretries=100
stopsignal={part.stop_signal}
stopwaitsecs={part.stop_s}
stopasgroup=false
killasgroup=true
redirect_stderr=true
stdout_logfile={logs}/{part.name}.log
stdout_logfile_maxbytes=20MB
stdout_logfile_backups=1
environment={pairs}
"""


def _quoted(word: str) -> str:
    word = word.replace("%", "%%")
    return f'"{word}"' if not word or " " in word else word
