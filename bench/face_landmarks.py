"""How far mouths in pictures are open, by landmarks of another program (mediapipe)."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt

from inference.types.face import Pixels
from scripts.landmark_environment import PYTHON

Floats = npt.NDArray[np.float64]
_ROOT = Path(__file__).resolve().parent.parent
_PROCESS = Path(__file__).with_name("face_landmark_process.py")
# Places in the answers of the process: inner lips in the middle and beside it, eyes.
_UPPER, _LOWER = (0, 8, 10), (1, 9, 11)
_EYES = (4, 5)


class LandmarkFinder:
    """The process that finds landmarks; one run of pictures at a time."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(  # noqa: S603
            [PYTHON, _PROCESS],
            cwd=_ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()

    def openings(self, pictures: Sequence[Pixels]) -> Floats:
        """Return the gap between the lips of each picture, shape ``(n,)``.

        In shares of the distance between the outer corners of the eyes; NaN where no face
        was found. Raises RuntimeError if the process has died.
        """
        if not pictures:
            return np.zeros(0)
        height, width = pictures[0].shape[:2]
        asked = {"count": len(pictures), "height": height, "width": width}
        assert self._process.stdin
        assert self._process.stdout
        try:
            self._process.stdin.write(json.dumps(asked).encode() + b"\n")
            for pixels in pictures:
                self._process.stdin.write(np.ascontiguousarray(pixels).tobytes())
            self._process.stdin.flush()
        except BrokenPipeError as error:
            raise RuntimeError("the landmark process has died") from error
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("the landmark process has died")
        return np.array([_gap(points) for points in json.loads(line)])


def _gap(points: list[list[float]] | None) -> float:
    if points is None:
        return float("nan")
    at = np.array(points)
    eyes = float(np.linalg.norm(at[_EYES[0]] - at[_EYES[1]]))
    lips = at[list(_LOWER)] - at[list(_UPPER)]
    return float(np.maximum(lips[:, 1], 0).mean() / eyes)
