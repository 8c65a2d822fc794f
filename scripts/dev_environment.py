"""Environments of their own below ``.dev``, for what must stay out of the product's."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

Install = Callable[[Path], None]


@dataclass(frozen=True, slots=True)
class DevEnvironment:
    """``name`` is the folder's, ``holds`` what is installed, in words.

    It is made anew when one of ``files`` changes or Python does.
    """

    name: str
    holds: str
    files: Sequence[Path]
    hint: str = ""

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return ROOT / ".dev" / self.name

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.folder / "bin" / "python"

    def make(self, *wanted: str | Path, then: Install = lambda _: None) -> int:
        """Have pip install what is wanted, unless that is done. Returns the exit code.

        ``then`` is called with the interpreter once that is there.
        """
        stamp, now = self.folder / ".installed", self._fingerprint()
        if stamp.is_file() and stamp.read_text() == now:
            return 0
        print(f"* Installing {self.holds} in .dev/{self.name}{self.hint}", flush=True)
        shutil.rmtree(self.folder, ignore_errors=True)
        pip = ("-m", "pip", "--disable-pip-version-check", "install", "--quiet")
        try:
            _run(sys.executable, "-m", "venv", self.folder)
            _run(self.python, *pip, *wanted)
            then(self.python)
        except subprocess.CalledProcessError as failed:
            print(
                f"{self.holds} could not be installed: {Path(failed.cmd[0]).name} ended "
                f"with {failed.returncode}. What it said stands above.",
                file=sys.stderr,
            )
            return failed.returncode
        stamp.write_text(now)
        return 0

    def _fingerprint(self) -> str:
        digest = hashlib.sha256(sys.version.encode())
        for path in self.files:
            digest.update(path.read_bytes())
        return digest.hexdigest()


def _run(*command: str | Path) -> None:
    subprocess.run(command, cwd=ROOT, check=True)
