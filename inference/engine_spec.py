"""How an engine is found and made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal[
    "detector",
    "transcriber",
    "scorer",
    "dialogue",
    "synthesizer",
    "animator",
    "face_renderer",
    "clip_renderer",
    "face_finder",
    "turn_detector",
]


@dataclass(frozen=True, slots=True)
class EngineSpec:
    """How an engine is found and made.

    ``factory`` is ``module:Class``. ``libraries`` are the importable names it needs and
    ``install`` the command that brings them. ``options`` are the keyword arguments its
    class takes from the settings. ``weights`` names the option that holds a model's
    name; the class gets the model's folder as ``model_dir`` in its place. ``parts`` names
    the option that lists other engines of the kind for each of some keys; the class gets
    an ``EnginePart`` for each.
    """

    kind: Kind
    name: str
    factory: str
    options: frozenset[str] = frozenset()
    libraries: tuple[str, ...] = ()
    install: str = ""
    weights: str | None = None
    parts: str | None = None


@dataclass(frozen=True, slots=True)
class EnginePart:
    """An engine that another one may use, not made yet.

    Parts of one ``key`` are one engine. ``is_here`` tells whether its library and weights
    are on this machine; ``fetch`` brings the weights, and is None where there is nothing
    to bring. ``make`` and ``fetch`` raise EngineUnavailable.
    """

    key: str
    make: Callable[[], Any]
    is_here: Callable[[], bool]
    fetch: Callable[[], None] | None = None
