"""Entry of `make run`. Parses on any Python 3, so that an old one can say so itself."""

import os
import sys

from .python_version import SUPPORTED, find_supported, problem


def main() -> int:
    """Check the Python, then hand over."""
    words = problem(sys.version_info[:3], sys.executable)
    if words:
        other = find_supported(SUPPORTED)
        if other is None:
            sys.stderr.write(words + "\n")
            return 2
        os.execv(other, [other, "-m", "scripts.launch"] + sys.argv[1:])  # noqa: S606 - no shell on purpose
    from .launcher import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
