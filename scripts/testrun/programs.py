"""Programs the tests need, installed with apt where it exists and they are missing."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


class RunError(Exception):
    """The tests cannot be run; the message is for the person at the terminal."""


@dataclass(frozen=True)
class Program:
    """A program, the names it goes by and the Debian package that has it."""

    package: str
    names: tuple[str, ...]
    folders: str = ""

    def find(self) -> Path | None:
        """Return the program's path, or None."""
        for name in self.names:
            if path := shutil.which(name):
                return Path(path)
            if self.folders:
                found = sorted(Path("/").glob(f"{self.folders}/{name}"))
                if found:
                    return found[-1]
        return None


POSTGRES = Program("postgresql", ("initdb",), "usr/lib/postgresql/*/bin")
REDIS = Program("redis-server", ("redis-server",))
CHROMIUM = Program("chromium", ("chromium", "chromium-browser", "google-chrome"))
NODE = Program("nodejs", ("node",))
ESPEAK = Program("espeak-ng", ("espeak-ng",))
CADDY = Program("caddy", ("caddy",))
RESTIC = Program("restic", ("restic",))


def require(programs: Iterable[Program]) -> None:
    """Install what is missing. Raises RunError where that is not possible."""
    missing = [program for program in programs if program.find() is None]
    if not missing:
        return
    packages = [program.package for program in missing]
    listed = " ".join(packages)
    apt = shutil.which("apt-get")
    if apt is None:
        raise RunError(
            f"The tests need these programs, and there is no apt-get here: {listed}.\n"
            "Install them with this system's own tools, then run make test again."
        )
    prefix = [] if os.geteuid() == 0 else ["sudo"]
    if prefix and shutil.which("sudo") is None:
        raise RunError(f"As root, please: apt-get install {listed}")
    print(f"* Installing {listed}", flush=True)
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    update = [*prefix, apt, "update", "-qq"]
    install = [*prefix, apt, "install", "-y", "-qq", "--no-install-recommends"]
    for command in (update, [*install, *packages]):
        done = subprocess.run(
            command, env=environ, stdout=subprocess.DEVNULL, check=False
        )
        if done.returncode and command is not update:
            raise RunError(f"apt-get could not install {listed}; see above.")
    still = [program.package for program in missing if program.find() is None]
    if still:
        raise RunError(f"Installed, but not found: {' '.join(still)}")
