"""A check: a name in words, and a function that raises if an engine does not keep it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from .material import Material


class Broken(Exception):
    """An engine does not do what its kind promises."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that an engine of a kind promises. What ``run`` returns is worth telling."""

    name: str
    run: Callable[[Any, Material], str | None]


@dataclass(frozen=True, slots=True)
class Finding:
    """How a check went. ``problem`` is empty if all is well; ``note`` may say how well."""

    name: str
    seconds: float
    problem: str
    note: str = ""


def expect(holds: bool, words: str) -> None:
    """Raise Broken with these words unless something holds."""
    if not holds:
        raise Broken(words)


def look(checks: Iterable[Check], engine: Any, material: Material) -> Iterator[Finding]:
    """Run checks one after the other; a failure of any sort is a finding."""
    for check in checks:
        started = time.monotonic()
        problem, note = "", None
        try:
            note = check.run(engine, material)
        except Broken as broken:
            problem = str(broken)
        except Exception as error:  # noqa: BLE001 an engine may raise anything
            problem = f"{type(error).__name__}: {error}"
        yield Finding(check.name, time.monotonic() - started, problem, note or "")
