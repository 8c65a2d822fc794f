"""Portraits become avatars once, and those that cannot say why."""

from __future__ import annotations

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from threading import Event, Thread

import numpy as np
import pytest
from PIL import Image

from inference.engines.avatars.musetalk.face_finding import (
    find_faces,
    read_faces,
    without_gaps,
)
from inference.engines.avatars.musetalk.face_shape import FaceShape, shape_in
from inference.engines.avatars.musetalk.pictures import read_pictures
from inference.engines.avatars.musetalk.portraits import Portraits
from inference.errors import StageError
from inference.protocols import Cancelled
from inference.types.face import Pixels
from inference.verification.material import cancelled
from tests.fakes.musetalk import SummingNetwork

from .portrait_files import BOX, portrait, save_faces, save_still, save_video


def made(tmp_path: Path, longest_s: float = 8.0) -> Portraits:
    return Portraits(
        tmp_path / "portraits",
        tmp_path / "made",
        find=find_faces,
        longest_s=longest_s,
    )


def problem(portraits: Portraits, name: str, code: str = "video.no_face") -> str:
    with pytest.raises(StageError) as told:
        portraits.face(name, SummingNetwork(), Event())
    assert told.value.code == code
    return told.value.message


def test_a_still_portrait_is_shown_whole_and_square(tmp_path: Path) -> None:
    save_still(tmp_path / "portraits")
    face = made(tmp_path).face("ana", SummingNetwork(), Event())
    (pose,) = face.poses
    assert pose.pixels.shape == (512, 512, 3)
    # 560 rows became 512; the face lies in the middle of 640 columns.
    assert pose.box.width == pytest.approx(240 * 512 / 560, abs=2)
    assert (pose.box.left + pose.box.right) / 2 == pytest.approx(256, abs=2)
    assert len(face.idle) == 25


def test_a_portrait_is_prepared_once_for_all_processes(tmp_path: Path) -> None:
    save_still(tmp_path / "portraits")
    first, second = SummingNetwork(), SummingNetwork()
    portraits = made(tmp_path)
    face = portraits.face("ana", first, Event())
    assert portraits.face("ana", first, Event()) is face
    again = made(tmp_path).face("ana", second, Event())
    assert (first.encoded, second.encoded) == (1, 0)
    assert [path.name for path in (tmp_path / "made").iterdir()] == ["ana"]
    assert again.sha256 == face.sha256


def test_two_who_ask_together_wait_for_one_preparation(tmp_path: Path) -> None:
    save_still(tmp_path / "portraits")
    network, portraits = SummingNetwork(), made(tmp_path)
    with ThreadPoolExecutor(4) as threads:
        faces = threads.map(lambda _: portraits.face("ana", network, Event()), range(4))
        assert len({face.sha256 for face in faces}) == 1
    assert network.encoded == 1


def test_another_picture_faces_or_weights_make_another_avatar(tmp_path: Path) -> None:
    path = save_still(tmp_path / "portraits")
    portraits, network = made(tmp_path), SummingNetwork()
    hashes = {portraits.face("ana", network, Event()).sha256}
    portrait(5).save(path)
    hashes.add(portraits.face("ana", network, Event()).sha256)
    box = {"faces": [{"box": [190, 140, 440, 460]}]}
    path.with_name("ana.faces.json").write_text(json.dumps(box))
    hashes.add(portraits.face("ana", network, Event()).sha256)
    network.fingerprint = "others"
    hashes.add(portraits.face("ana", network, Event()).sha256)
    assert len(hashes) == 4


def test_names_are_of_files_and_lead_nowhere_else(tmp_path: Path) -> None:
    save_still(tmp_path / "portraits")
    save_still(tmp_path, "secret")
    portraits = made(tmp_path)
    assert portraits.names() == {"ana"}
    for name in ("../secret", "..", "", "ana.png", "a" * 80, "/ana", "b"):
        assert "There is no avatar" in problem(portraits, name, "video.failed")
    assert made(tmp_path / "elsewhere").names() == frozenset()


def test_a_video_goes_at_25_a_second_and_turns_round(tmp_path: Path) -> None:
    (tmp_path / "portraits").mkdir()
    save_video(tmp_path / "portraits" / "ana.mp4", fps=50, n=40)
    save_faces(tmp_path / "portraits", "ana")
    face = made(tmp_path).face("ana", SummingNetwork(), Event())
    assert len(face.poses) == 20
    # Each second picture of the source: the face moves by two of its pixels.
    edges = [int(np.argmax(p.pixels[256, :, 0] > 150)) for p in face.poses]
    assert edges[0] + 30 <= edges[-1] <= edges[0] + 40
    assert len(face.idle) == 38
    assert face.pose(20) is face.poses[18]


@pytest.mark.parametrize(
    ("fps", "n", "expected"), [(25, 10, 10), (10, 5, 13), (30, 30, 25)]
)
def test_other_rates_are_shown_as_a_player_would(
    tmp_path: Path, fps: int, n: int, expected: int
) -> None:
    path = tmp_path / "ana.mp4"
    save_video(path, fps=fps, n=n)
    found = read_pictures(path.read_bytes(), ".mp4", longest_s=8, cancelled=Event())
    assert len(found) == expected
    short = read_pictures(path.read_bytes(), ".mp4", longest_s=0.2, cancelled=Event())
    assert len(short) == 5


@pytest.mark.parametrize("name", ["ana.png", "ana.mp4", "ana.jpg"])
def test_a_file_that_is_no_picture_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "portraits").mkdir()
    (tmp_path / "portraits" / name).write_bytes(b"no picture at all" * 100)
    assert "cannot be read" in problem(made(tmp_path), "ana")


def test_a_torn_picture_and_a_huge_one_are_told(tmp_path: Path) -> None:
    path = save_still(tmp_path / "portraits")
    path.write_bytes(path.read_bytes()[:800])
    assert "cannot be read" in problem(made(tmp_path), "ana")
    Image.new("L", (30_000, 1_000)).save(path)
    assert "too many pixels" in problem(made(tmp_path), "ana")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "cannot be read"),
        ('{"faces": [{"jaw": [[1, 2]], "nose_y": 3}]}', "three points"),
        ('{"faces": [{"box": [5, 5, 5, 9]}]}', "no inside"),
        ('{"faces": []}', "0 faces for 1"),
        ('{"faces": [{"box": [10, 10, 20, 20]}]}', "too small"),
        ("[]", "cannot be read"),
    ],
)
def test_a_file_of_faces_that_cannot_be_is_told(
    tmp_path: Path, text: str, words: str
) -> None:
    path = save_still(tmp_path / "portraits")
    path.with_name("ana.faces.json").write_text(text)
    assert words in problem(made(tmp_path), "ana")
    assert not (tmp_path / "made").exists()


@pytest.mark.skipif(find_spec("mediapipe") is not None, reason="faces can be found")
def test_without_a_finder_and_a_file_the_way_out_is_told(tmp_path: Path) -> None:
    path = save_still(tmp_path / "portraits")
    path.with_name("ana.faces.json").unlink()
    told = problem(made(tmp_path), "ana", "engine.library_missing")
    assert "pip install mediapipe" in told


def test_a_jaw_is_taken_as_it_is() -> None:
    jaw = [[200.0, 300.0], [320.0, 460.0], [440.0, 300.0]]
    text = json.dumps({"faces": [{"jaw": jaw, "nose_y": 290}]})
    faces = read_faces(text, 3)
    assert len(faces) == 3
    np.testing.assert_array_equal(faces[2].jaw, np.array(jaw, np.float32))


def test_moments_without_a_face_take_the_nearest_one() -> None:
    one, two = shape_in(*BOX), shape_in(0, 0, 99, 99)
    found: list[FaceShape | None] = [one, one, None, one, one, two, two, two, None, two]
    assert without_gaps(found)[2] is one
    assert without_gaps(found)[8] is two
    with pytest.raises(StageError, match="no face"):
        without_gaps([one, None, None, one])
    with pytest.raises(StageError, match="no face"):
        without_gaps([None])


def test_preparing_stops_when_it_is_no_longer_wanted(tmp_path: Path) -> None:
    save_still(tmp_path / "portraits")
    stop, looking = Event(), Event()

    def slow(pictures: Sequence[Pixels], cancelled: Cancelled) -> list[FaceShape]:
        looking.set()
        assert stop.wait(5)
        return []

    (tmp_path / "portraits" / "ana.faces.json").unlink()
    portraits = Portraits(
        tmp_path / "portraits", tmp_path / "made", find=slow, longest_s=8
    )
    told: list[StageError] = []

    def ask() -> None:
        try:
            portraits.face("ana", SummingNetwork(), stop)
        except StageError as error:
            told.append(error)

    first = Thread(target=ask)
    first.start()
    assert looking.wait(5)
    # Who waits for the same portrait may give up before it is ready.
    with pytest.raises(StageError, match="no longer wanted"):
        portraits.face("ana", SummingNetwork(), cancelled())
    stop.set()
    first.join(5)
    assert [error.message for error in told] == ["The avatar is no longer wanted"]
    assert not (tmp_path / "made").exists()
