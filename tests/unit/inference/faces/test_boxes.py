"""One box for each face, in pixels of the whole picture."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from inference.engines.faces import centerface
from inference.engines.faces.centerface import CenterFace
from inference.errors import EngineUnavailable


class Network:
    """Stands for the runtime: two faces, one of them marked by two neighbours."""

    def __init__(self) -> None:
        self.shapes: list[tuple[int, ...]] = []

    def get_inputs(self) -> list[object]:
        return [type("Input", (), {"name": "picture"})]

    def run(self, names: None, inputs: dict[str, np.ndarray]) -> list[np.ndarray]:
        picture = inputs["picture"]
        self.shapes.append(picture.shape)
        rows, columns = picture.shape[2] // 4, picture.shape[3] // 4
        centres = np.zeros((1, 1, rows, columns), np.float32)
        centres[0, 0, 10, 20] = 0.9
        centres[0, 0, 10, 21] = 0.8
        centres[0, 0, 40, 60] = 0.7
        centres[0, 0, 2, 2] = 0.3
        sizes = np.full((1, 2, rows, columns), np.log(10), np.float32)
        offsets = np.zeros((1, 2, rows, columns), np.float32)
        offsets[0, 1] = 0.25
        return [centres, sizes, offsets]


def finder(network: Network) -> CenterFace:
    engine = CenterFace(model_dir=Path("nowhere"))
    engine._session = network
    return engine


def test_neighbours_are_one_face_and_the_surest_comes_first() -> None:
    faces = finder(Network()).find(np.zeros((300, 400, 3), np.uint8))
    assert [round(face.score, 1) for face in faces] == [0.9, 0.7]
    first = faces[0]
    assert (first.width, first.height) == pytest.approx((40, 40))
    assert first.left + first.width / 2 == pytest.approx(4 * 20.75)
    assert first.top + first.height / 2 == pytest.approx(4 * 10.5)


def test_a_large_picture_is_looked_at_smaller_and_boxes_fit_the_large_one() -> None:
    network = Network()
    faces = finder(network).find(np.zeros((1200, 1600, 3), np.uint8))
    assert network.shapes == [(1, 3, 480, 640)]
    assert faces[0].width == pytest.approx(100)
    assert faces[0].left + faces[0].width / 2 == pytest.approx(2.5 * 4 * 20.75)


def test_sides_are_filled_up_to_what_the_network_takes() -> None:
    network = Network()
    finder(network).find(np.zeros((333, 401, 3), np.uint8))
    assert network.shapes == [(1, 3, 352, 416)]
    assert centerface.LONGEST_SIDE % 32 == 0


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    (tmp_path / centerface.MODEL_FILE).write_bytes(b"no model")
    with pytest.raises(EngineUnavailable) as caught:
        CenterFace(model_dir=tmp_path).warm()
    assert caught.value.code == "engine.weights_broken"
