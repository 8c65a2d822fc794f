"""Child processes of engines: started on demand, ended with their parent, restarted.

A child holds the reading end of a pipe whose writing end only its parent has. When the
parent goes, even by SIGKILL, the pipe closes and the child ends: no orphan keeps a model.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

logger = logging.getLogger(__name__)

# For children that make what will be said: what is being said goes before it, its pictures
# and whoever listens. Alike for all of them, so that none waits for another.
FOR_LATER = 5

_PROJECT = Path(__file__).resolve().parents[1]
_FIRST_PAUSE_S = 0.2
_LONGEST_PAUSE_S = 10.0
# A child that lived this long before it died starts the count of failures anew.
_HEALTHY_AFTER_S = 30.0


class ChildProcess:
    """One Python module run as a child, with a pause that grows from crash to crash.

    ``python`` is the interpreter of an environment of its own, ``""`` for this one's.
    ``politeness`` is by how many steps it stands back where processors are short, as in
    ``nice``. Not thread-safe: the engine that owns it starts and stops it under its own
    lock.
    """

    def __init__(
        self,
        module: str,
        arguments: Sequence[str],
        *,
        environment: Mapping[str, str] | None = None,
        pipe_output: bool = False,
        politeness: int = 0,
        python: str = "",
    ) -> None:
        self._politeness = politeness
        self._command = [python or sys.executable, "-m", module, *arguments]
        self._name = module.rpartition(".")[2]
        self._environment = dict(environment or {})
        self._pipe_output = pipe_output
        self._process: subprocess.Popen[bytes] | None = None
        self._started_at = 0.0
        self._failures = 0

    @property
    def pid(self) -> int | None:
        """Process id, or None when it does not run."""
        return self._process.pid if self.alive and self._process else None

    @property
    def alive(self) -> bool:
        """Whether the child runs."""
        return self._process is not None and self._process.poll() is None

    def ends_within(self, seconds: float) -> bool:
        """Whether the child is gone, or goes in the next moments."""
        if self._process is None:
            return True
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def start(self) -> subprocess.Popen[bytes]:
        """Start the child. After a crash this waits first, longer each time."""
        pause = self._pause()
        if pause:
            logger.warning("%s ended; starting again in %.1f s", self._name, pause)
            time.sleep(pause)
        self.stop()
        self._process = subprocess.Popen(  # noqa: S603 - our own module, no shell
            self._command,
            cwd=_PROJECT,
            env={**os.environ, **self._environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE if self._pipe_output else subprocess.DEVNULL,
            stderr=None,
        )
        self._started_at = time.monotonic()
        if self._politeness:
            self._stand_back(self._process.pid)
        return self._process

    def stop(self, *, patience_s: float = 2.0) -> None:
        """End the child: close its stdin, then ask, then kill. Safe to call twice."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin is not None:
            try:
                process.stdin.close()
            except OSError:
                logger.debug("%s had closed its pipe", self._name)
        for ask in (None, process.terminate, process.kill):
            if ask is not None:
                ask()
            try:
                process.wait(patience_s)
                break
            except subprocess.TimeoutExpired:
                continue
        # Whoever is reading holds the pipe's lock until the child is gone.
        if process.stdout is not None:
            process.stdout.close()

    def _stand_back(self, pid: int) -> None:
        """Lower its priority while it has one thread, whose priority the others inherit."""
        try:
            os.setpriority(os.PRIO_PROCESS, pid, self._politeness)
        except OSError:
            logger.debug("%s keeps its priority", self._name)

    def _pause(self) -> float:
        if self._process is None:
            self._failures = 0
            return 0.0
        if time.monotonic() - self._started_at > _HEALTHY_AFTER_S:
            self._failures = 0
        self._failures += 1
        return min(_FIRST_PAUSE_S * 2.0 ** (self._failures - 1), _LONGEST_PAUSE_S)
