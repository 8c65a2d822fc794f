"""Finds the lips in pictures. Runs under ``.dev/landmarks``, where mediapipe is.

Reads from standard input, again and again, a line ``{"count": n, "height": h, "width": w}``
and ``n * h * w * 3`` bytes of RGB pictures that follow each other; answers each with one
line: a list with an entry for each picture, ``null`` where there is no face, else the
``x, y`` in pixels of the landmarks ``POINTS``, in their order.

Landmarks are those of MediaPipe Face Mesh (Grishchenko et al. 2020): 13 and 14 are the inner
edges of the upper and lower lip in their middle, 78 and 308 the corners of the mouth, 33 and
263 the outer corners of the eyes, 2 lies below the nose, 152 at the chin.
"""

from __future__ import annotations

import json
import sys

import numpy as np

POINTS = (13, 14, 78, 308, 33, 263, 2, 152, 82, 87, 312, 317)


def main() -> None:
    """Answer until standard input ends."""
    import mediapipe as mp

    mesh = mp.solutions.face_mesh
    for line in sys.stdin.buffer:
        asked = json.loads(line)
        height, width = asked["height"], asked["width"]
        found = []
        # Each run of pictures begins anew: nothing of another face is followed.
        with mesh.FaceMesh(
            max_num_faces=1,
            refine_landmarks=True,
            min_detection_confidence=0.3,
            min_tracking_confidence=0.3,
        ) as finder:
            for _ in range(asked["count"]):
                raw = sys.stdin.buffer.read(height * width * 3)
                pixels = np.frombuffer(raw, np.uint8).reshape(height, width, 3)
                faces = finder.process(pixels).multi_face_landmarks
                found.append(_points(faces[0], width, height) if faces else None)
        sys.stdout.write(json.dumps(found) + "\n")
        sys.stdout.flush()


def _points(face: object, width: int, height: int) -> list[list[float]]:
    marks = face.landmark  # type: ignore[attr-defined]
    return [
        [round(marks[i].x * width, 3), round(marks[i].y * height, 3)] for i in POINTS
    ]


if __name__ == "__main__":
    main()
