"""Makes the environment of ``make bench-peers``: Pipecat and LiveKit Agents, by themselves.

Nothing of the product imports them. They ask for other versions of libraries than ours, and
their turn detector may be used with LiveKit's agents only, so it stays in here.
"""

from __future__ import annotations

import sys

from .dev_environment import ROOT, DevEnvironment

_WANTED = ROOT / "requirements" / "peers.in"
_HERE = DevEnvironment(
    "peers", "Pipecat and LiveKit Agents", (_WANTED,), hint=" (about 1 GB)"
)
PYTHON = _HERE.python


def main() -> int:
    """Make the environment unless it is there. Returns the exit code."""
    return _HERE.make("-r", _WANTED)


if __name__ == "__main__":
    sys.exit(main())
