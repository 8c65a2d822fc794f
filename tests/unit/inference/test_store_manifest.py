"""The manifest that ships, and manifests that must be refused."""

from pathlib import Path

import pytest
from django.conf import settings

from inference.errors import EngineUnavailable
from inference.registry import ENGINES
from inference.store import default_manifest
from inference.store.manifest import load_manifest

ENTRY = """
[models.m]
purpose = "x"
licence = "CC0"
[[models.m.files]]
path = "{path}"
bytes = 1
sha256 = "{sha256}"
{parts}
"""


def write(folder: Path, **fields: str) -> Path:
    values = {"path": "a.bin", "sha256": "0" * 64, "parts": "", **fields}
    path = folder / "models.toml"
    path.write_text(ENTRY.format(**values))
    return path


# No revision of a hub is known to hold the same file. Without it pictures go unchecked;
# Spanish has another voice from packages, and more voices besides.
FROM_PACKAGES_ALONE = {"centerface", "kokoro-82m-int8"}
# Without the hub other voices speak these languages.
FROM_THE_HUB_ALONE = {
    "piper-es_ES-davefx-medium",
    "piper-fr_FR-siwis-medium",
    "piper-de_DE-thorsten-medium",
}


def test_every_shipped_model_can_be_had_from_the_hub_and_from_packages() -> None:
    for entry in default_manifest().models.values():
        assert entry.licence
        assert (entry.hub is None) == (entry.name in FROM_PACKAGES_ALONE)
        if entry.hub is not None:
            assert len(entry.hub.revision) == 40, f"{entry.name}: not a pinned revision"
        has_parts = all(file.parts for file in entry.files)
        assert has_parts == (entry.name not in FROM_THE_HUB_ALONE), entry.name
        assert all(len(wheel.sha256) == 64 for wheel in entry.wheels)


@pytest.mark.parametrize("path", ["../a.bin", "/etc/a.bin", "b/../../a.bin", ".hidden"])
def test_a_path_outside_the_models_folder_is_refused(tmp_path: Path, path: str) -> None:
    with pytest.raises(ValueError, match="not a path inside"):
        load_manifest(write(tmp_path, path=path))


def test_a_hash_of_another_length_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="64"):
        load_manifest(write(tmp_path, sha256="abc"))


def test_a_part_of_an_unlisted_wheel_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="parts name"):
        load_manifest(write(tmp_path, parts='parts = [{wheel = "w", member = "x"}]'))


def test_an_unknown_model_is_named_with_the_known_ones() -> None:
    with pytest.raises(EngineUnavailable, match="whisper-base") as caught:
        default_manifest().entry("whisper-enormous")
    assert caught.value.code == "model.unknown"


@pytest.mark.parametrize(
    ("engines", "names"),
    [
        ({"dialogue": {"NAME": "openai", "OPTIONS": {"model": "gpt"}}}, []),
        ({"dialogue": {"NAME": "llama_cpp", "OPTIONS": {"model": "qwen"}}}, ["qwen"]),
        ({"synthesizer": {"NAME": "piper", "OPTIONS": {"voice": "joe"}}}, ["joe"]),
        ({"detector": {"NAME": "silero", "OPTIONS": {}}}, []),
        ({"dialogue": {"FACTORY": "tests.fakes.engines.Fake", "OPTIONS": {}}}, []),
    ],
)
def test_only_what_the_configured_engines_load_is_needed(
    engines: dict[str, dict[str, object]], names: list[str]
) -> None:
    assert ENGINES.models_needed(engines) == names


def test_the_shipped_settings_name_models_of_the_manifest() -> None:
    names = ENGINES.models_needed(settings.INFERENCE["ENGINES"])
    assert names
    assert set(names) <= set(default_manifest().models)
