"""How each material covers and shines: for the rasteriser, and for glTF viewers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Look:
    """The texture's name, then what ``Material`` of the rasteriser knows.

    ``roughness`` is glTF's, for viewers that light by physics.
    """

    texture: str
    cover: str = "solid"
    shine: float = 0.0
    sharpness: float = 20.0
    warmth: float = 0.0
    sheen: float = 0.0
    own_normals: bool = False
    roughness: float = 0.8


LOOKS = {
    "skin": Look(
        "skin", shine=0.085, sharpness=14, warmth=1.0, sheen=0.02, roughness=0.55
    ),
    "eye": Look("eye", shine=0.9, sharpness=170, roughness=0.08),
    "teeth": Look("mouth", shine=0.22, sharpness=40, roughness=0.25),
    "tongue": Look("mouth", shine=0.2, sharpness=26, warmth=0.6, roughness=0.35),
    "lashes": Look("lashes", "cut_out", own_normals=True),
    "lid_shadow": Look("lid_shadow", "shadow", own_normals=True),
    "brows": Look("brows", "cut_out", own_normals=True),
    "hair": Look(
        "hair", "cut_out", shine=0.02, sharpness=16, own_normals=True, roughness=0.6
    ),
    "hair_mass": Look("hair", roughness=0.85),
    "cloth": Look("cloth", "two_sided", sheen=0.035, roughness=0.95),
    "collar": Look("cloth", "two_sided", sheen=0.035, roughness=0.95),
}
