"""The file of tuned settings: lines of the environment, as `make run` and others read them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from tempfile import NamedTemporaryFile

NAME = "tuned.env"


def write(path: Path, lines: Iterable[str], notes: Iterable[str]) -> None:
    """Write settings with notes above them; whoever reads meanwhile sees all or nothing.

    Raises OSError.
    """
    text = "".join([*(f"# {note}\n" for note in notes), *(f"{one}\n" for one in lines)])
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(
        "w", dir=path.parent, prefix=f".{path.name}.", delete=False, encoding="utf-8"
    ) as file:
        file.write(text)
    os.chmod(file.name, 0o644)
    os.replace(file.name, path)
