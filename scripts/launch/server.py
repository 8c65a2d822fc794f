"""Starts the server, waits for its first page, and ends all of it."""

from __future__ import annotations

import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from .failure import LaunchError

POLL_S = 0.1
START_PATIENCE_S = 120.0
STOP_PATIENCE_S = 10.0


class Server:
    """The server process, in a process group of its own.

    The group keeps Ctrl-C away from the children: the launcher alone gets it, and stops
    the server once and in order.
    """

    def __init__(self, command: list[str | Path], folder: Path) -> None:
        self._process = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.PIPE, start_new_session=True
        )
        self._stopping = False
        # Started by make: when make is gone nobody could stop the launcher any more.
        self._parent = os.getppid() if "MAKELEVEL" in os.environ else None

    def request_stop(self, *_: object) -> None:
        """Signal handler: leave ``wait``."""
        self._stopping = True

    def wait_for_page(self, address: str) -> None:
        """Return once a page was served, or a stop was asked for. Raises LaunchError."""
        deadline = time.monotonic() + START_PATIENCE_S
        while not self._stopping:
            if self._process.poll() is not None:
                raise LaunchError("The server stopped while starting; see above.")
            if _answers(address):
                return
            if time.monotonic() > deadline:
                raise LaunchError(
                    f"The server gave no page within {START_PATIENCE_S:.0f} s."
                )
            time.sleep(POLL_S)

    def wait(self) -> int:
        """Wait until the server ends or a stop is asked for; return the exit code."""
        while not self._stopping:
            if (code := self._process.poll()) is not None:
                return code
            if self._parent is not None and os.getppid() != self._parent:
                return 0
            time.sleep(POLL_S)
        return 0

    def stop(self) -> None:
        """End the server and everything it started."""
        process = self._process
        if process.stdin:
            process.stdin.close()
        if process.poll() is None:
            self._signal(process.terminate)
            try:
                process.wait(STOP_PATIENCE_S)
            except subprocess.TimeoutExpired:
                self._signal(process.kill)
                process.wait()
        # Whatever the server's engines left behind in its group goes with it.
        self._signal(lambda: os.killpg(process.pid, signal.SIGTERM))
        if self._group_is_gone(within_s=2.0):
            return
        self._signal(lambda: os.killpg(process.pid, signal.SIGKILL))

    def _group_is_gone(self, within_s: float) -> bool:
        deadline = time.monotonic() + within_s
        while time.monotonic() < deadline:
            try:
                os.killpg(self._process.pid, 0)
            except (ProcessLookupError, PermissionError):
                return True
            time.sleep(POLL_S)
        return False

    @staticmethod
    def _signal(send: Callable[[], None]) -> None:
        try:
            send()
        except (ProcessLookupError, PermissionError):
            return


def _answers(address: str) -> bool:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(address, timeout=30):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
