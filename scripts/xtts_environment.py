"""Makes the environment of ``make test-xtts``: coqui-tts by itself, in .dev/xtts.

Nothing of the product imports it. The tests run in ``.venv`` and the engine's program in
this one, as on a host that keeps the two apart. piper-tts brings espeak-ng, for the times
of sounds.
"""

from __future__ import annotations

import sys

from .dev_environment import ROOT, DevEnvironment
from .torch_environment import leave_out_cuda, pin

_WANTED = ROOT / "requirements" / "xtts.in"
_VOICES = ROOT / "requirements" / "piper.txt"
_HERE = DevEnvironment(
    "xtts",
    "coqui-tts and torch",
    (_WANTED, _VOICES),
    hint=". Without a GPU, PIP_EXTRA_INDEX_URL\n"
    "  can name PyTorch's index of CPU builds: they are 2 GB, the default ones several.",
)
FOLDER = _HERE.folder
PYTHON = _HERE.python


def main() -> int:
    """Make the environment unless it is there. Returns the exit code."""
    voices = pin(_VOICES.read_text(), "piper-tts")
    return _HERE.make("-r", _WANTED, voices, then=leave_out_cuda)


if __name__ == "__main__":
    sys.exit(main())
