"""Who a tutor is: the numbers and colours that make one person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Person:
    """A made-up person.

    ``origins`` weighs MakeHuman's three sets of proportions, ``age`` runs from 0 (25
    years) to 1 (90 years), ``shapes`` names further targets with their strength.
    Colours are sRGB hex; ``rest`` adds face units to the resting look.
    """

    name: str
    sex: str
    age: float
    origins: Mapping[str, float]
    muscle: float
    weight: float
    shapes: Mapping[str, float]
    skin: str
    lips: str
    flush: float
    iris: str
    hair: str
    hair_tip: str
    brow: str
    haircut: str
    garment: str
    cloth: str
    trim: str
    stubble: float = 0.0
    freckles: float = 0.0
    lines: float = 0.0
    makeup: float = 0.0
    brow_weight: float = 1.0
    grey: float = 0.0
    rest: Mapping[str, float] = field(default_factory=dict)
