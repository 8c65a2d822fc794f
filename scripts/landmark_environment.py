"""Makes the environment of ``make bench-face``'s landmarks: mediapipe, by itself.

Nothing of the product imports it. It asks for an old protobuf and brings libraries that
nobody else needs, so it is kept out of ``.venv``.
"""

from __future__ import annotations

import sys

from .dev_environment import ROOT, DevEnvironment

_WANTED = ROOT / "requirements" / "landmarks.in"
_HERE = DevEnvironment("landmarks", "mediapipe", (_WANTED,), hint=" (about 1 GB)")
PYTHON = _HERE.python


def main() -> int:
    """Make the environment unless it is there. Returns the exit code."""
    return _HERE.make("-r", _WANTED)


if __name__ == "__main__":
    sys.exit(main())
