"""The virtual environment and what is installed in it."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from .disk import require_space
from .failure import LaunchError
from .terminal import say, step

ROOT = Path(__file__).resolve().parent.parent.parent
RUN_SETS = ("base", "engines", "piper")
SCALED_SETS = (*RUN_SETS, "scaled")
DEV_SETS = (*SCALED_SETS, "webrtc", "observability", "dev")


class Environment:
    """The folder ``.venv`` of a checkout."""

    def __init__(self, root: Path = ROOT, folder: Path | None = None) -> None:
        self.root = root
        self.folder = folder or root / ".venv"
        self.python = self.folder / "bin" / "python"

    def prepare(self, sets: Sequence[str], min_free_gb: float) -> None:
        """Make the environment and install the requirement sets, unless it is done."""
        stamp, wanted = self.folder / f".installed-{sets[-1]}", self._fingerprint(sets)
        if stamp.is_file() and stamp.read_text() == wanted and self._works():
            return
        require_space(self.root, min_free_gb)
        if not self._works():
            with step(f"Making the environment {self.folder.name}"):
                self._create()
        with step("Installing packages (about 0.8 GB on disk)"):
            self._install([self._requirements / f"{name}.txt" for name in sets])
        stamp.write_text(wanted)

    def run(
        self, arguments: Sequence[str | Path]
    ) -> subprocess.CompletedProcess[bytes]:
        """Run this environment's Python in the checkout."""
        return subprocess.run([self.python, *arguments], cwd=self.root, check=False)

    @property
    def _requirements(self) -> Path:
        return self.root / "requirements"

    def _fingerprint(self, sets: Sequence[str]) -> str:
        digest = hashlib.sha256(".".join(map(str, sys.version_info[:2])).encode())
        for name in sets:
            digest.update((self._requirements / f"{name}.txt").read_bytes())
        return digest.hexdigest()

    def _works(self) -> bool:
        """Tell whether the environment runs: its Python may have been removed or replaced."""
        if not self.python.exists():
            return False
        version = ".".join(map(str, sys.version_info[:2]))
        check = (
            f"import sys, pip; sys.exit('%d.%d' % sys.version_info[:2] != '{version}')"
        )
        done = subprocess.run(
            [self.python, "-c", check], check=False, capture_output=True
        )
        return done.returncode == 0

    def _create(self) -> None:
        done = subprocess.run(
            [sys.executable, "-m", "venv", "--clear", self.folder],
            check=False,
            capture_output=True,
            text=True,
        )
        if done.returncode == 0:
            return
        words = f"{done.stdout}{done.stderr}"
        if "ensurepip" in words or "No module named venv" in words:
            version = ".".join(map(str, sys.version_info[:2]))
            raise LaunchError(
                "This Python cannot make virtual environments. On Debian or Ubuntu:\n"
                f"  sudo apt-get install python{version}-venv"
            )
        if "Permission denied" in words:
            raise LaunchError(f"Not allowed to write {self.folder}. Check who owns it.")
        raise LaunchError(f"The environment could not be made:\n{words.strip()}")

    def _install(self, files: Sequence[Path]) -> None:
        listed = [argument for file in files for argument in ("-r", str(file))]
        pip = ["-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
        bootstrap = [*pip, "-r", str(self._requirements / "installer.txt")]
        uv = self.folder / "bin" / "uv"
        if self._call([self.python, *bootstrap]) == 0 and uv.exists():
            install = ["pip", "install", "--quiet", "--python", str(self.python)]
            if self._call([uv, *install, *listed], uv=True) == 0:
                return
            say("  uv could not install; trying pip, with its own settings (slower)")
        if self._call([self.python, *pip, *listed]) != 0:
            raise LaunchError(
                "The packages could not be installed; the lines above say why. Without a "
                "network,\ninstalling is not possible: connect and start again. Behind a "
                "mirror, pip's own\nsettings (pip.conf, PIP_INDEX_URL) are used."
            )

    def _call(self, command: Sequence[str | Path], *, uv: bool = False) -> int:
        environ = {**os.environ, **(self._uv_settings() if uv else {})}
        done = subprocess.run(command, cwd=self.root, env=environ, check=False)
        return done.returncode

    def _uv_settings(self) -> dict[str, str]:
        """Hand pip's index and certificates to uv, which does not read pip's settings."""
        settings = {}
        for option, variable in (
            ("index-url", "UV_DEFAULT_INDEX"),
            ("cert", "SSL_CERT_FILE"),
        ):
            if variable in os.environ:
                continue
            value = os.environ.get(f"PIP_{option.upper().replace('-', '_')}", "")
            if not value:
                done = subprocess.run(
                    [self.python, "-m", "pip", "config", "get", f"global.{option}"],
                    check=False,
                    capture_output=True,
                    text=True,
                )
                value = done.stdout.strip() if done.returncode == 0 else ""
            if value:
                settings[variable] = value
        return settings
