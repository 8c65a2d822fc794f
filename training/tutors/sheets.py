"""``make tutor-sheets``: pictures of every mouth shape and state, to be looked at."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from inference.engines.avatars.head_file import load_head
from inference.engines.avatars.head_model import HeadModel
from inference.engines.avatars.head_pose import PORTRAIT, Camera, Pose
from inference.engines.avatars.head_renderer import HeadRenderer
from inference.types.speech import Viseme

from .__main__ import OUTPUT, ROOT
from .people import PEOPLE

SHEETS = ROOT / "docs" / "faces"
Picture = npt.NDArray[np.uint8]

STATES: tuple[tuple[str, Mapping[str, float], Pose], ...] = (
    ("neutral", {}, Pose()),
    ("blink", {"blinkL": 1, "blinkR": 1}, Pose()),
    ("smile", {"smile": 1}, Pose()),
    ("brows up", {"browInnerUp": 1, "browOuterUp": 1, "eyeWide": 0.4}, Pose()),
    ("listening", {"smile": 0.3, "browInnerUp": 0.3}, Pose(roll=0.1, pitch=-0.06, yaw=0.05)),
    ("thinking", {"lidsUp": 0.5, "browInnerUp": 0.4, "frown": 0.2},
     Pose(yaw=0.14, pitch=0.05, gaze_yaw=0.3, gaze_pitch=0.22)),
    ("looking down", {"lidsDown": 0.6}, Pose(gaze_pitch=-0.35)),
    ("20 degrees right", {}, Pose(yaw=-0.35)),
    ("20 degrees left", {}, Pose(yaw=0.35)),
    ("speaking", {"E": 0.8, "smile": 0.4, "browOuterUp": 0.4}, Pose(yaw=-0.08, roll=-0.04)),
)  # fmt: skip


def main() -> int:
    """Write the sheets of all tutors. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="training.tutors.sheets")
    parser.add_argument("--only", nargs="*", default=[person.name for person in PEOPLE])
    parser.add_argument("--tutors", type=Path, default=OUTPUT)
    parser.add_argument("--output", type=Path, default=SHEETS)
    options = parser.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)
    for name in options.only:
        model = load_head(options.tutors / f"{name}.glb")
        for kind, sheet in sheets_of(model).items():
            path = options.output / f"{name}-{kind}.jpg"
            Image.fromarray(sheet).save(path, quality=84, optimize=True)
            sys.stdout.write(f"{path.name} {path.stat().st_size:,} bytes\n")
    return 0


def sheets_of(model: HeadModel) -> dict[str, Picture]:
    """Return the sheets ``mouths``, ``heads`` and ``states`` of one tutor."""
    shapes = [(v.value, {} if v is Viseme.SIL else {v.value: 1.0}) for v in Viseme]
    mouth = mouth_camera(model)
    near, far = HeadRenderer(model, 280, field=mouth.field), HeadRenderer(model, 280)
    wide = HeadRenderer(model, 360)
    return {
        "mouths": _grid(
            [
                (n, near.render(near.morphed(model.weights(w)), None, mouth))
                for n, w in shapes
            ],
            5,
        ),
        "heads": _grid(
            [(n, far.render(far.morphed(model.weights(w)))) for n, w in shapes], 5
        ),
        "states": _grid(
            [(n, wide.render(wide.morphed(model.weights(w)), p)) for n, w, p in STATES],
            5,
        ),
    }


def mouth_camera(model: HeadModel) -> Camera:
    """Return a close-up of the mouth, found by what opening the jaw moves."""
    teeth = next(part for part in model.parts if part.name == "teeth_upper")
    edge = teeth.points[teeth.points[:, 2] > teeth.points[:, 2].max() - 0.006]
    height = float(edge[:, 1].min())
    return replace(PORTRAIT, target=(0.0, height - 0.006, 0.0), field=0.105)


def _grid(pictures: list[tuple[str, Picture]], columns: int) -> Picture:
    labelled = [_labelled(name, picture) for name, picture in pictures]
    rows = [labelled[i : i + columns] for i in range(0, len(labelled), columns)]
    return np.vstack([np.hstack(row) for row in rows])


def _labelled(name: str, picture: Picture) -> Picture:
    image = Image.fromarray(picture)
    ImageDraw.Draw(image).text((8, 6), name, fill=(30, 40, 48), font_size=15)
    return np.asarray(image, np.uint8)


if __name__ == "__main__":
    sys.exit(main())
