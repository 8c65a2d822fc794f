"""Makes the environment of ``make test-xtts``: coqui-tts by itself, in .dev/xtts.

Nothing of the product imports it. The tests run in ``.venv`` and the engine's program in
this one, as on a host that keeps the two apart. piper-tts brings espeak-ng, for the times
of sounds.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from .torch_environment import leave_out_cuda, pin

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".dev" / "xtts"
PYTHON = FOLDER / "bin" / "python"
_WANTED = ROOT / "requirements" / "xtts.in"
_VOICES = ROOT / "requirements" / "piper.txt"


def main() -> int:
    """Make the environment unless it is there. Returns the exit code."""
    stamp, wanted = FOLDER / ".installed", _fingerprint()
    if stamp.is_file() and stamp.read_text() == wanted:
        return 0
    print(
        "* Installing coqui-tts and torch in .dev/xtts. Without a GPU, PIP_EXTRA_INDEX_URL\n"
        "  can name PyTorch's index of CPU builds: they are 2 GB, the default ones several.",
        flush=True,
    )
    shutil.rmtree(FOLDER, ignore_errors=True)
    pip = ("-m", "pip", "--disable-pip-version-check", "install", "--quiet")
    try:
        _run(sys.executable, "-m", "venv", FOLDER)
        _run(PYTHON, *pip, "-r", _WANTED, pin(_VOICES.read_text(), "piper-tts"))
        leave_out_cuda(PYTHON)
    except subprocess.CalledProcessError as failed:
        return failed.returncode
    stamp.write_text(wanted)
    return 0


def _fingerprint() -> str:
    digest = hashlib.sha256(sys.version.encode())
    for path in (_WANTED, _VOICES, Path(__file__)):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _run(*command: str | Path) -> None:
    subprocess.run(command, cwd=ROOT, check=True)


if __name__ == "__main__":
    sys.exit(main())
