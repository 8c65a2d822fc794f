"""Prepared faces on disk: whole or not there, whatever happens."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from inference.engines.avatars.musetalk import store as store_module
from inference.engines.avatars.musetalk.face_shape import face_box, shape_in
from inference.engines.avatars.musetalk.mask import jaw_mask
from inference.engines.avatars.musetalk.prepared import Pose, PreparedFace
from inference.engines.avatars.musetalk.store import PreparedStore, digest_of


def face(digest: str = "a" * 64, n: int = 3) -> PreparedFace:
    random = np.random.default_rng(5)
    poses = []
    for i in range(n):
        shape = shape_in(30 + i, 40, 120 + i, 150)
        box = face_box(shape, 160, 160)
        poses.append(
            Pose(
                random.integers(0, 256, (160, 160, 3), np.uint8),
                box,
                jaw_mask(shape, box),
                random.normal(size=(8, 32, 32)).astype(np.float16),
            )
        )
    return PreparedFace(digest, tuple(poses))


def same(one: PreparedFace, other: PreparedFace) -> bool:
    return one.sha256 == other.sha256 and all(
        a.box == b.box
        and np.array_equal(a.pixels, b.pixels)
        and np.array_equal(a.mask, b.mask)
        and np.array_equal(a.latents, b.latents)
        for a, b in zip(one.poses, other.poses, strict=True)
    )


def test_what_was_saved_is_loaded_to_the_last_bit(tmp_path: Path) -> None:
    store = PreparedStore(tmp_path / "made")
    assert store.load("a" * 64) is None
    store.save(face())
    loaded = PreparedStore(tmp_path / "made").load("a" * 64)
    assert loaded is not None
    assert same(loaded, face())
    assert [path.name for path in (tmp_path / "made").iterdir()] == ["a" * 64]


def torn(place: Path) -> None:
    data = (place / "arrays.npz").read_bytes()
    (place / "arrays.npz").write_bytes(data[: len(data) // 2])


def flipped(place: Path) -> None:
    data = bytearray((place / "arrays.npz").read_bytes())
    data[len(data) // 2] ^= 1
    (place / "arrays.npz").write_bytes(bytes(data))


def without_arrays(place: Path) -> None:
    (place / "arrays.npz").unlink()


def without_record(place: Path) -> None:
    (place / "record.json").unlink()


def no_json(place: Path) -> None:
    (place / "record.json").write_text("{")


def another_form(place: Path) -> None:
    record = json.loads((place / "record.json").read_text())
    (place / "record.json").write_text(json.dumps(record | {"form": 0}))


def of_objects(place: Path) -> None:
    """Arrays that would run code when loaded, with a record that fits them."""
    with (place / "arrays.npz").open("wb") as file:
        np.savez(file, pixels=np.array([print], object), boxes=0, masks=0, latents=0)
    record = json.loads((place / "record.json").read_text())
    record["arrays_sha256"] = store_module._digest(place / "arrays.npz")
    (place / "record.json").write_text(json.dumps(record))


@pytest.mark.parametrize(
    "harm",
    [torn, flipped, without_arrays, without_record, no_json, another_form, of_objects],
)
def test_a_broken_face_is_set_aside_and_can_be_saved_again(
    tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    store = PreparedStore(tmp_path)
    store.save(face())
    harm(tmp_path / ("a" * 64))
    assert store.load("a" * 64) is None
    assert list(tmp_path.iterdir()) == []
    store.save(face())
    assert store.load("a" * 64) is not None


def test_saving_together_and_again_leaves_one_face(tmp_path: Path) -> None:
    stores = [PreparedStore(tmp_path) for _ in range(6)]
    with ThreadPoolExecutor(6) as threads:
        list(threads.map(lambda store: store.save(face()), stores))
    stores[0].save(face())
    assert [path.name for path in tmp_path.iterdir()] == ["a" * 64]
    loaded = stores[0].load("a" * 64)
    assert loaded is not None
    assert same(loaded, face())


def test_a_disk_that_refuses_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(OSError, match="file"):
        PreparedStore(tmp_path / "file").save(face())
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_face_can_be_deleted_twice(tmp_path: Path) -> None:
    store = PreparedStore(tmp_path)
    store.save(face())
    store.delete("a" * 64)
    store.delete("a" * 64)
    assert store.load("a" * 64) is None


def test_the_hash_is_of_each_part_and_of_the_form(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = digest_of(b"portrait", "8.0", "weights")
    assert first == digest_of(b"portrait", "8.0", "weights")
    assert first != digest_of(b"portrait8", ".0", "weights")
    assert first != digest_of(b"portrait", "8.0", "other")
    monkeypatch.setattr(store_module, "FORM", 2)
    assert first != digest_of(b"portrait", "8.0", "weights")
