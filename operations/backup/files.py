"""Private files: held still while a backup reads them, and swapped for those of a backup."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from ..erasure.ledger import NAME as LEDGER

# Below PRIVATE_ROOT, so that files get here and back by another name for the same bytes.
WORK = ".backup"
# Can be made again, or are on their way.
LEFT_OUT = frozenset({WORK, "clips", "prepared_faces", "exchange"})
_UNFINISHED = ".part"


def hold(root: Path, target: Path) -> int:
    """Give every private file a second name below ``target``; return how many are new there.

    What is deleted afterwards is still there under that name, and no byte is copied where
    the file system can link. Files are written once and replaced whole, so none of them
    changes while it is held.
    """
    n = 0
    for folder, folders, names in os.walk(root):
        here = Path(folder)
        if here == root:
            folders[:] = [name for name in folders if name not in LEFT_OUT]
        into = target / here.relative_to(root)
        into.mkdir(parents=True, exist_ok=True, mode=0o700)
        for name in names:
            if not name.endswith(_UNFINISHED) and not (here / name).is_symlink():
                n += _link(here / name, into / name)
    return n


def _link(source: Path, target: Path) -> bool:
    if target.exists():
        return False
    try:
        os.link(source, target)
    except FileNotFoundError:
        # Deleted at this moment.
        return False
    except OSError:
        try:
            shutil.copy2(source, target)
        except FileNotFoundError:
            return False
    return True


def swap(root: Path, restored: Path, aside: Path, *, keep: str) -> None:
    """Put restored files in place of those that are there, which go to ``aside``.

    What backups leave out stays, and ``keep``. ``root`` itself stays too: it may be a volume.
    """
    aside.mkdir(mode=0o700, exist_ok=True)
    for path in list(root.iterdir()):
        if path.name not in LEFT_OUT | {keep}:
            os.replace(path, aside / path.name)
    for path in list(restored.iterdir()):
        os.replace(path, root / path.name)


def is_empty(root: Path) -> bool:
    """Whether there are no private files that a restore would replace."""
    if not root.exists():
        return True
    # A list of erasures alone is no reason to ask: it is added to, not replaced.
    passed = LEFT_OUT | {Path(LEDGER).parts[0]}
    kept = (path for path in root.iterdir() if path.name not in passed)
    return not any(path.is_file() or any(path.rglob("*")) for path in kept)


def size(root: Path) -> int:
    """Return the bytes of all private files that a backup takes."""
    total = 0
    for folder, folders, names in os.walk(root):
        if Path(folder) == root:
            folders[:] = [name for name in folders if name not in LEFT_OUT]
        for name in names:
            try:
                total += os.lstat(Path(folder) / name).st_size
            except FileNotFoundError:
                continue
    return total
