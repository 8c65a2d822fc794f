"""CenterFace finds faces without a GPU: a small network that marks their centres.

Xu et al., "CenterFace: Joint Face Detection and Alignment Using Face as Point" (2019),
https://arxiv.org/abs/1911.03599. Of its maps, one value for each 4x4 pixels: the
probability of a centre, the logarithm of height and width in cells, and where in the cell
the centre lies.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from inference.errors import EngineUnavailable
from inference.types.face import Pixels
from inference.types.picture import FaceBox

from .onnx_fields import without_shapes

MODEL_FILE = "centerface.onnx"
# Larger pictures are made smaller first: a portrait's face is found at this size.
LONGEST_SIDE = 640
SURE_FROM = 0.5
_CELL = 4
_STEP = 32
_SAME_FACE_FROM = 0.3

_Map = npt.NDArray[np.float32]


class CenterFace:
    """The network in this process; loaded at its first use, asked by one at a time."""

    def __init__(self, *, model_dir: Path) -> None:
        self._path = model_dir / MODEL_FILE
        self._lock = threading.Lock()
        self._session: Any = None

    def warm(self) -> None:
        """Load it and look at a grey picture. Raises EngineUnavailable."""
        self.find(np.full((_STEP, _STEP, 3), 128, np.uint8))

    def close(self) -> None:
        """Free the network."""
        with self._lock:
            self._session = None

    def find(self, pixels: Pixels) -> tuple[FaceBox, ...]:
        """Return the faces, the surest first. Raises EngineUnavailable."""
        small, scale = _at_most(pixels, LONGEST_SIDE)
        height, width = small.shape[:2]
        padded = np.zeros((_up(height), _up(width), 3), np.float32)
        padded[:height, :width] = small
        with self._lock:
            session = self._loaded()
            name = session.get_inputs()[0].name
            maps = session.run(None, {name: padded.transpose(2, 0, 1)[None]})
        centres, sizes, offsets = (each[0] for each in maps[:3])
        return _apart(_boxes(centres[0], sizes, offsets, scale))

    def _loaded(self) -> Any:
        if self._session is None:
            from onnxruntime import InferenceSession, SessionOptions

            options = SessionOptions()
            options.intra_op_num_threads = 1
            options.log_severity_level = 3
            try:
                model = without_shapes(self._path.read_bytes())
                self._session = InferenceSession(
                    model, options, providers=["CPUExecutionProvider"]
                )
            except Exception as error:  # the runtime raises errors of its own
                raise EngineUnavailable(
                    "engine.weights_broken",
                    f"{MODEL_FILE} cannot be loaded: {type(error).__name__}",
                    retryable=False,
                ) from error
        return self._session


def _at_most(pixels: Pixels, side: int) -> tuple[Pixels, float]:
    """Return the picture no longer than ``side``, and by what to multiply places in it."""
    from PIL import Image

    height, width = pixels.shape[:2]
    scale = max(height, width) / side
    if scale <= 1.0:
        return pixels, 1.0
    size = (max(1, round(width / scale)), max(1, round(height / scale)))
    resized = Image.fromarray(pixels).resize(size, Image.Resampling.BILINEAR)
    return np.asarray(resized), scale


def _up(length: int) -> int:
    """Return the next length that the network takes."""
    return -(-length // _STEP) * _STEP


def _boxes(centres: _Map, sizes: _Map, offsets: _Map, scale: float) -> list[FaceBox]:
    """Return a box for each cell that is a centre, the surest first.

    ``centres`` has the shape ``(h, w)``, ``sizes`` and ``offsets`` ``(2, h, w)``: vertical,
    then horizontal.
    """
    rows, columns = np.nonzero(centres > SURE_FROM)
    found = []
    for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
        height, width = _CELL * np.exp(sizes[:, row, column])
        y, x = _CELL * (np.array([row, column]) + offsets[:, row, column] + 0.5)
        found.append(
            FaceBox(
                left=float(scale * (x - width / 2)),
                top=float(scale * (y - height / 2)),
                width=float(scale * width),
                height=float(scale * height),
                score=float(centres[row, column]),
            )
        )
    return sorted(found, key=lambda box: -box.score)


def _apart(boxes: list[FaceBox]) -> tuple[FaceBox, ...]:
    """Return one box for each face: those that hardly overlap a surer one."""
    kept: list[FaceBox] = []
    for box in boxes:
        if all(_shared(box, other) < _SAME_FACE_FROM for other in kept):
            kept.append(box)
    return tuple(kept)


def _shared(one: FaceBox, other: FaceBox) -> float:
    """Return intersection over union."""
    wide = min(one.left + one.width, other.left + other.width)
    high = min(one.top + one.height, other.top + other.height)
    wide -= max(one.left, other.left)
    high -= max(one.top, other.top)
    both = max(0.0, wide) * max(0.0, high)
    return both / (one.width * one.height + other.width * other.height - both)
