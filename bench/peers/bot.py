"""What both peers' programs do besides being themselves."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from importlib.metadata import version
from threading import Thread


def say_ready(packages: Sequence[str]) -> None:
    """Tell the benchmark that one can talk, and to which versions."""
    versions = {package: version(package) for package in packages}
    print(json.dumps({"versions": versions}), flush=True)  # noqa: T201 it waits for it


def end_with_parent() -> None:
    """End this program as soon as nobody holds its input any more."""

    def watch() -> None:
        while sys.stdin.buffer.read(4096):
            pass
        os._exit(0)

    Thread(target=watch, daemon=True).start()
