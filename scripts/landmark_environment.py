"""Makes the environment of ``make bench-face``'s landmarks: mediapipe, by itself.

Nothing of the product imports it. It asks for an old protobuf and brings libraries that
nobody else needs, so it is kept out of ``.venv``.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".dev" / "landmarks"
PYTHON = FOLDER / "bin" / "python"
_WANTED = ROOT / "requirements" / "landmarks.in"


def main() -> int:
    """Make the environment unless it is there. Returns the exit code."""
    stamp, wanted = FOLDER / ".installed", _fingerprint()
    if stamp.is_file() and stamp.read_text() == wanted:
        return 0
    print("* Installing mediapipe in .dev/landmarks (about 1 GB)", flush=True)
    shutil.rmtree(FOLDER, ignore_errors=True)
    pip = ("-m", "pip", "--disable-pip-version-check", "install", "--quiet")
    try:
        _run(sys.executable, "-m", "venv", FOLDER)
        _run(PYTHON, *pip, "-r", _WANTED)
    except subprocess.CalledProcessError as failed:
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
