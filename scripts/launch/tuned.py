"""Settings that were measured for this host: `manage.py tune_latency --write`."""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from pathlib import Path

from .failure import LaunchError

NAME = "tuned.env"
_LINE = re.compile(r"(TUTOR_[A-Z0-9_]+)=(.*)")


def take_tuned(environ: MutableMapping[str, str], root: Path) -> list[str]:
    """Add the settings of the file in the data folder; return the names of those taken.

    What the environment says already counts. Raises LaunchError for a line that is none.
    """
    path = Path(environ.get("TUTOR_DATA_DIR") or root / "var") / NAME
    if not path.is_file():
        return []
    taken = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        found = _LINE.fullmatch(line.strip())
        if found is None:
            raise LaunchError(
                f"{path}, line {number}: not a setting as TUTOR_NAME=value. Repair it, or "
                "delete the file and measure again: .venv/bin/python manage.py tune_latency "
                "--write"
            )
        name, value = found.groups()
        if name not in environ:
            environ[name] = value
            taken.append(name)
    return taken
