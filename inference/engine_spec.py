"""How an engine is found and made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

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
]


@dataclass(frozen=True, slots=True)
class EngineSpec:
    """How an engine is found and made.

    ``factory`` is ``module:Class``. ``libraries`` are the importable names it needs and
    ``install`` the command that brings them. ``options`` are the keyword arguments its
    class takes from the settings. ``weights`` names the option that holds a model's
    name; the class gets the model's folder as ``model_dir`` in its place.
    """

    kind: Kind
    name: str
    factory: str
    options: frozenset[str] = frozenset()
    libraries: tuple[str, ...] = ()
    install: str = ""
    weights: str | None = None
