"""What the store makes of the files it finds and of what sources give it."""

import errno
import os
import threading
from pathlib import Path

import pytest

from inference.errors import EngineUnavailable
from inference.store import ModelStore
from inference.store.sources.base import Source
from tests.factories.models import CONTENT, fill, manifest_of
from tests.fakes.model_sources import RememberingProgress, ScriptedSource


def store_in(folder: Path, *sources: Source, free: int = 10**12) -> ModelStore:
    return ModelStore(
        folder, manifest=manifest_of(), sources=sources, free_bytes=lambda _: free
    )


def code_of(store: ModelStore, action: str = "ensure") -> str:
    with pytest.raises(EngineUnavailable) as caught:
        store.path("tiny") if action == "path" else store.ensure(["tiny"])
    return caught.value.code


def spoil_silently(path: Path) -> None:
    """Change a byte and put the file's time back, as failing hardware would."""
    stat = path.stat()
    data = bytearray(path.read_bytes())
    data[3] ^= 0xFF
    path.write_bytes(data)
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def test_a_missing_model_says_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(EngineUnavailable, match="fetch_models tiny") as caught:
        store_in(tmp_path).path("tiny")
    assert caught.value.code == "model.missing"


def test_fetched_files_lie_where_engines_look(tmp_path: Path) -> None:
    store = store_in(tmp_path, ScriptedSource(CONTENT))
    store.ensure(["tiny"])
    folder = store.path("tiny")
    assert folder == tmp_path / "tiny"
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == CONTENT


def test_files_placed_by_hand_are_taken_without_any_source(tmp_path: Path) -> None:
    source = ScriptedSource({})
    store = store_in(fill(tmp_path), source)
    store.ensure(["tiny"])
    assert store.path("tiny").is_dir()
    assert source.asked == []


@pytest.mark.parametrize(
    "wrong", [b"x", CONTENT["model.bin"] + b"x", b"x" * len(CONTENT["model.bin"])]
)
def test_short_long_and_altered_files_are_refused(tmp_path: Path, wrong: bytes) -> None:
    source = ScriptedSource({**CONTENT, "model.bin": wrong})
    assert code_of(store_in(tmp_path, source)) == "model.refused"
    assert not (tmp_path / "tiny" / "model.bin").exists()


def test_the_next_source_gives_what_the_first_could_not(tmp_path: Path) -> None:
    bad = ScriptedSource({"config.json": CONTENT["config.json"], "model.bin": b"?"})
    good = ScriptedSource(CONTENT)
    store_in(tmp_path, bad, good).ensure(["tiny"])
    assert good.asked == ["model.bin"]


def test_without_any_source_the_words_list_files_and_hashes(tmp_path: Path) -> None:
    with pytest.raises(EngineUnavailable) as caught:
        store_in(tmp_path, ScriptedSource({}, name="hub")).ensure(["tiny"])
    assert caught.value.code == "model.unavailable"
    for file in manifest_of().entry("tiny").files:
        assert file.sha256 in caught.value.message
        assert str(tmp_path / "tiny" / file.path) in caught.value.message
    assert "hub: has nothing" in caught.value.message


def test_a_changed_file_is_noticed_set_aside_and_fetched_again(tmp_path: Path) -> None:
    store = store_in(tmp_path, ScriptedSource(CONTENT))
    store.ensure(["tiny"])
    target = tmp_path / "tiny" / "model.bin"
    target.write_bytes(b"x" * target.stat().st_size)
    assert code_of(store, "path") == "model.corrupt"
    progress = RememberingProgress()
    store.ensure(["tiny"], progress)
    assert target.read_bytes() == CONTENT["model.bin"]
    assert target.with_name("model.bin.corrupt").exists()
    assert any("damaged" in line for line in progress.lines)


def test_silent_damage_is_found_by_verify_and_then_repaired(tmp_path: Path) -> None:
    store = store_in(tmp_path, ScriptedSource(CONTENT))
    store.ensure(["tiny"])
    target = tmp_path / "tiny" / "model.bin"
    spoil_silently(target)
    assert store.verify() == {"tiny": [target]}
    store.ensure(["tiny"])
    assert store.verify() == {}


def test_a_complete_model_asks_no_source(tmp_path: Path) -> None:
    store_in(tmp_path, ScriptedSource(CONTENT)).ensure(["tiny"])
    source = ScriptedSource(CONTENT)
    store_in(tmp_path, source).ensure(["tiny"])
    assert source.asked == []


def test_an_interrupted_run_keeps_what_was_finished(tmp_path: Path) -> None:
    first = ScriptedSource(
        {"model.bin": CONTENT["model.bin"]}, error=KeyboardInterrupt()
    )
    with pytest.raises(KeyboardInterrupt):
        store_in(tmp_path, first).ensure(["tiny"])
    second = ScriptedSource(CONTENT)
    store_in(tmp_path, second).ensure(["tiny"])
    assert second.asked == ["config.json"]


def test_too_small_a_disk_is_noticed_before_fetching(tmp_path: Path) -> None:
    source = ScriptedSource(CONTENT)
    assert code_of(store_in(tmp_path, source, free=1000)) == "model.disk_full"
    assert source.asked == []


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "model.disk_full"),
        (errno.EACCES, "model.permission_denied"),
        (errno.EIO, "model.storage_failed"),
    ],
)
def test_what_the_disk_refuses_is_coded(tmp_path: Path, number: int, code: str) -> None:
    source = ScriptedSource({}, error=OSError(number, os.strerror(number)))
    assert code_of(store_in(tmp_path, source)) == code


def test_a_models_folder_that_is_a_file_is_coded(tmp_path: Path) -> None:
    (tmp_path / "models").write_text("not a folder")
    store = ModelStore(
        tmp_path / "models", manifest=manifest_of(), sources=[ScriptedSource(CONTENT)]
    )
    assert code_of(store) == "model.storage_failed"


def test_two_at_once_fetch_once(tmp_path: Path) -> None:
    source = ScriptedSource(CONTENT)
    failures: list[EngineUnavailable] = []

    def ensure() -> None:
        try:
            store_in(tmp_path, source).ensure(["tiny"])
        except EngineUnavailable as error:
            failures.append(error)

    threads = [threading.Thread(target=ensure) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert sorted(source.asked) == sorted(CONTENT)
