"""The committed heads are sound files, small enough, with the targets that are promised."""

from __future__ import annotations

import json
import struct
from pathlib import Path

import numpy as np
import pytest

from inference.engines.avatars.glb import read_glb
from inference.engines.avatars.head_file import load_head
from inference.engines.avatars.head_model import JOINTS
from inference.errors import EngineUnavailable
from inference.types.speech import Viseme

from .heads import NAMES, TUTORS, head, part

LIFE = {
    "blinkL", "blinkR", "squint", "eyeWide", "lidsUp", "lidsDown", "browInnerUp",
    "browOuterUp", "browDown", "smile", "frown", "jawOpen", "mouthClose", "breathe",
}  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_head_is_small_enough_for_a_phone(name: str) -> None:
    assert (TUTORS / f"{name}.glb").stat().st_size < 3_000_000


@pytest.mark.parametrize("name", NAMES)
def test_a_head_has_every_mouth_shape_and_sign_of_life(name: str) -> None:
    wanted = {viseme.value for viseme in Viseme} - {"sil"} | LIFE
    assert set(head(name).target_names) == wanted


@pytest.mark.parametrize("name", NAMES)
def test_accessors_keep_their_stated_bounds(name: str) -> None:
    glb = read_glb(TUTORS / f"{name}.glb")
    bounded = set()
    for number, about in enumerate(glb.tree["accessors"]):
        values = glb.accessor(number)
        assert len(values) == about["count"]
        if "min" in about:
            bounded.add(number)
            assert values.min(axis=0).tolist() == about["min"]
            assert values.max(axis=0).tolist() == about["max"]
    primitives = [one for mesh in glb.tree["meshes"] for one in mesh["primitives"]]
    positions = {one["attributes"]["POSITION"] for one in primitives}
    for one in primitives:
        positions |= {target["POSITION"] for target in one.get("targets", ())}
    # The format asks it of every position, moved ones too.
    assert positions <= bounded


@pytest.mark.parametrize("name", NAMES)
def test_vertex_data_is_aligned_as_gltf_asks(name: str) -> None:
    tree = read_glb(TUTORS / f"{name}.glb").tree
    for mesh in tree["meshes"]:
        for number in mesh["primitives"][0]["attributes"].values():
            view = tree["bufferViews"][tree["accessors"][number]["bufferView"]]
            assert view["byteStride"] % 4 == 0
            assert view["byteOffset"] % 4 == 0
    for skin in tree["skins"]:
        assert len(skin["joints"]) == 3


@pytest.mark.parametrize("name", NAMES)
def test_every_number_is_finite_and_every_weight_whole(name: str) -> None:
    for mesh in head(name).parts:
        for values in (mesh.points, mesh.normals, mesh.texture_points, mesh.tint):
            assert np.isfinite(values).all()
        assert np.allclose(mesh.follows.sum(axis=1), 1, atol=0.01)
        assert 0 <= mesh.texture_points.min() <= mesh.texture_points.max() <= 1


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("name", NAMES)
def test_an_eye_turns_about_its_own_middle(name: str, side: str) -> None:
    globe = part(head(name), f"eye_{side}").points
    pivot = head(name).pivots[JOINTS.index(f"eye_{side}")]
    away = np.linalg.norm(globe - pivot, axis=1)
    assert away.max() < 1.1 * away.min()


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(EngineUnavailable, match="nobody.glb") as refused:
        load_head(tmp_path / "nobody.glb")
    assert refused.value.code == "engine.weights_missing"


@pytest.mark.parametrize("length", [0, 11, 4000, 400_000])
def test_a_file_that_was_cut_off_is_refused(tmp_path: Path, length: int) -> None:
    path = tmp_path / "cut.glb"
    path.write_bytes((TUTORS / "ada.glb").read_bytes()[:length])
    with pytest.raises(EngineUnavailable, match="cut.glb is no usable head") as refused:
        load_head(path)
    assert refused.value.code == "engine.weights_broken"
    assert not refused.value.retryable


def test_another_model_is_refused(tmp_path: Path) -> None:
    text = json.dumps({"asset": {"version": "2.0"}, "nodes": []}).encode()
    text += b" " * (-len(text) % 4)
    path = tmp_path / "chair.glb"
    path.write_bytes(
        struct.pack("<4sII", b"glTF", 2, 20 + len(text))
        + struct.pack("<II", len(text), 0x4E4F534A)
        + text
    )
    with pytest.raises(EngineUnavailable, match="chair.glb is no usable head"):
        load_head(path)


def test_a_damaged_accessor_is_refused(tmp_path: Path) -> None:
    content = (TUTORS / "ada.glb").read_bytes()
    size = struct.unpack_from("<I", content, 12)[0]
    tree = json.loads(content[20 : 20 + size])
    tree["accessors"][1]["count"] = 10_000_000
    text = json.dumps(tree).encode()
    text += b" " * (-len(text) % 4)
    rest = content[20 + size :]
    path = tmp_path / "odd.glb"
    path.write_bytes(
        struct.pack("<4sII", b"glTF", 2, 20 + len(text) + len(rest))
        + struct.pack("<II", len(text), 0x4E4F534A)
        + text
        + rest
    )
    with pytest.raises(EngineUnavailable, match="odd.glb is no usable head"):
        load_head(path)
