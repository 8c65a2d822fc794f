"""Puts the parts of one tutor together and paints them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from .brows import build_brows, paint_brows
from .canvas import Bytes
from .draft import Draft, only, smoothstep
from .expressions import at_rest, targets
from .eyes import build_eyes, eye_centres
from .garments import build_garment, neckline_of
from .haircuts import build_hair, scalp_of, uncovered
from .landmarks import Landmarks, landmarks_of
from .lashes import build_lashes
from .mouth import build_mouth
from .occlusion import sky_seen
from .paint_cloth import paint_cloth
from .paint_hair import paint_hair
from .paint_parts import paint_eye, paint_lashes, paint_lid_shadow, paint_mouth
from .paint_skin import paint_skin
from .person import Person
from .sculpt import Body, sculpt
from .skin_mesh import Skin, build_skin
from .source import Floats, Source
from .topology import Topology, topology_of


@dataclass
class Assembly:
    """One whole person: drafts, textures by name, joints' places, targets' offsets."""

    person: Person
    body: Body
    topology: Topology
    skin: Skin
    marks: Landmarks
    drafts: list[Draft]
    textures: dict[str, Bytes]
    pivots: Floats
    offsets: dict[str, Floats]


def assemble(source: Source, person: Person, texture_size: int = 1536) -> Assembly:
    """Return the finished head of ``person``."""
    topology = topology_of(source)
    body = at_rest(sculpt(source, person), topology, person.rest)
    marks = landmarks_of(body, topology)
    cut = neckline_of(body, person.garment)
    skin = build_skin(body, topology, cut)
    ear = skin.spread(marks.ear)
    drafts = [skin.draft, *build_eyes(body), *build_mouth(body, topology)]
    drafts += build_lashes(
        body, topology, skin, 1.0 if person.sex == "female" else 0.75
    )
    drafts += [build_brows(person, skin, marks)]
    scalp = scalp_of(person, skin, marks, ear)
    drafts += build_hair(scalp)
    drafts += build_garment(body, topology, person.garment)
    _darken(drafts, skin, marks)
    drafts[0] = only(skin.draft, uncovered(scalp))
    textures = dict(_paint(person, skin, marks, ear, texture_size))
    pivots = np.stack(
        [(0, -0.5, 0), body.joint("neck"), body.joint("head"), *eye_centres(body)]
    )
    return Assembly(
        person,
        body,
        topology,
        skin,
        marks,
        drafts,
        textures,
        pivots,
        targets(body, topology),
    )


def _paint(
    person: Person, skin: Skin, marks: Landmarks, ear: Floats, size: int
) -> Iterator[tuple[str, Bytes]]:
    yield "skin", paint_skin(person, skin, marks, ear, size)
    yield "eye", paint_eye(person)
    yield "mouth", paint_mouth()
    yield "lashes", paint_lashes(person)
    yield "lid_shadow", paint_lid_shadow()
    yield "brows", paint_brows(person)
    yield "hair", paint_hair(person)
    yield "cloth", paint_cloth(person)


# How dark the least lit places become, by material.
_DEEPEST = {
    "skin": 0.42, "eye": 0.8, "teeth": 0.5, "tongue": 0.6, "hair": 0.45, "hair_mass": 0.3,
    "cloth": 0.45, "collar": 0.5,
}  # fmt: skip


def _darken(drafts: list[Draft], skin: Skin, marks: Landmarks) -> None:
    """Multiply the light that reaches each point into the tints."""
    for draft, sky in zip(drafts, sky_seen(drafts), strict=True):
        deepest = _DEEPEST.get(draft.material)
        if deepest is None:
            continue
        light = deepest + (1 - deepest) * np.clip(sky * 1.15, 0, 1) ** 0.8
        tone = np.stack([light**0.75, light, light**1.05], axis=1)
        if draft.name == "skin":
            tone = _open_face(tone, skin)
        if draft.material in ("teeth", "tongue"):
            near = 0.010 if draft.material == "teeth" else 0.024
            behind = smoothstep(near, 0.046, marks.mouth[2] - draft.points[:, 2])
            tone = np.ones_like(tone) * (1 - 0.8 * behind)[:, None]
        draft.tint = draft.tint * tone


def _open_face(tone: Floats, skin: Skin) -> Floats:
    """Keep lips, lids and the mouth's rim from carrying the shadow of being shut."""
    lip, lid = skin.attributes["lip"], skin.attributes["lid"]
    inside = skin.attributes["inside"]
    least = np.zeros(len(tone))
    least = np.maximum(least, 0.92 * (1 - smoothstep(4.0, 8.0, lip)) * (inside < 0.4))
    least = np.maximum(
        least, 0.8 * (1 - smoothstep(3.0, 6.0, lid)) * smoothstep(0.5, 2.0, lid)
    )
    tone = np.maximum(tone, least[:, None])
    deep = smoothstep(0.5, 1.0, inside)[:, None]
    return np.asarray(tone * (1 - deep) + 0.55 * deep)
