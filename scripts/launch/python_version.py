"""Which Pythons can run the platform. Kept to syntax that every Python 3 understands."""

import os
import shutil
import subprocess

SUPPORTED = ((3, 11), (3, 12), (3, 13))


def problem(version: "tuple[int, ...]", executable: str) -> "str | None":
    """Return None if this version can run the platform, else words for a person."""
    if tuple(version[:2]) in SUPPORTED:
        return None
    found = ".".join(str(number) for number in version)
    return (
        "This platform needs Python 3.11, 3.12 or 3.13. Found "
        + found
        + " ("
        + executable
        + ").\nInstall one of them, then name it: make run PYTHON=/path/to/python3.12"
    )


def find_supported(versions: "tuple[tuple[int, int], ...]") -> "str | None":
    """Return the path of another Python on this machine that fits, or None."""
    for major, minor in reversed(versions):
        path = shutil.which("python" + str(major) + "." + str(minor))
        # A version manager's shim may be on PATH without a Python behind it.
        if path and _runs(path):
            return path
    return None


def _runs(path: str) -> bool:
    with open(os.devnull, "w") as nowhere:
        return subprocess.call([path, "-c", ""], stdout=nowhere, stderr=nowhere) == 0
