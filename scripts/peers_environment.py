"""Makes the environment of ``make bench-peers``: Pipecat and LiveKit Agents, by themselves.

Nothing of the product imports them. They ask for other versions of libraries than ours, and
their turn detector may be used with LiveKit's agents only, so it stays in here.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".dev" / "peers"
PYTHON = FOLDER / "bin" / "python"
_WANTED = ROOT / "requirements" / "peers.in"


def main() -> int:
    """Make the environment unless it is there. Returns the exit code."""
    stamp, wanted = FOLDER / ".installed", _fingerprint()
    if stamp.is_file() and stamp.read_text() == wanted:
        return 0
    print(
        "* Installing Pipecat and LiveKit Agents in .dev/peers (about 1 GB)", flush=True
    )
    shutil.rmtree(FOLDER, ignore_errors=True)
    pip = ("-m", "pip", "--disable-pip-version-check", "install", "--quiet")
    try:
        _run(sys.executable, "-m", "venv", FOLDER)
        _run(PYTHON, *pip, "-r", _WANTED)
    except subprocess.CalledProcessError as failed:
        print(
            f"Pipecat and LiveKit Agents could not be installed: {failed.cmd[0]} ended with "
            f"{failed.returncode}. What pip said stands above.",
            file=sys.stderr,
        )
        return failed.returncode
    stamp.write_text(wanted)
    return 0


def _fingerprint() -> str:
    digest = hashlib.sha256(sys.version.encode())
    for path in (_WANTED, Path(__file__)):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _run(*command: str | Path) -> None:
    subprocess.run(command, cwd=ROOT, check=True)


if __name__ == "__main__":
    sys.exit(main())
