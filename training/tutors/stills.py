"""``make tutor-stills``: a picture of each tutor beside its GLB, for pages and posters."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from PIL import Image

from inference.engines.avatars.head_file import load_head
from inference.engines.avatars.head_pose import Pose
from inference.engines.avatars.head_renderer import HeadRenderer
from inference.types.face import SIZE

from .__main__ import OUTPUT

# A friendly look, the head a little to the side.
LOOK = {"smile": 0.5, "browInnerUp": 0.15}
POSE = Pose(yaw=0.06, roll=0.02)


def main() -> int:
    """Write the stills of all tutors that have a GLB. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="training.tutors.stills")
    parser.add_argument("--tutors", type=Path, default=OUTPUT)
    options = parser.parse_args()
    for head in sorted(options.tutors.glob("*.glb")):
        model = load_head(head)
        renderer = HeadRenderer(model, SIZE)
        picture = renderer.render(renderer.morphed(model.weights(LOOK)), POSE)
        path = head.with_suffix(".jpg")
        Image.fromarray(picture).save(path, quality=88, optimize=True)
        sys.stdout.write(f"{path.name} {path.stat().st_size:,} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
