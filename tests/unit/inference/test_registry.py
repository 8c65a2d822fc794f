"""The registry of engines."""

from __future__ import annotations

from pathlib import Path

import pytest

from inference.errors import EngineUnavailable
from inference.registry import ENGINES, EngineSpec, Registry, create_engine


def folder(name: str) -> Path:
    return Path("/models") / name


def test_an_engine_is_made_by_name() -> None:
    assert type(create_engine("animator", "visemes", {}, folder)).__name__ == "Visemes"


def test_an_unknown_name_lists_the_choices() -> None:
    with pytest.raises(EngineUnavailable, match="llama_cpp, openai") as failure:
        create_engine("dialogue", "oracle", {}, folder)
    assert failure.value.code == "engine.unknown"


def test_two_of_one_name_are_refused() -> None:
    spec = EngineSpec("animator", "visemes", "a:B")
    with pytest.raises(ValueError, match="visemes"):
        Registry([spec, spec])


def test_a_missing_library_says_how_to_install_it() -> None:
    spec = EngineSpec(
        "animator", "x", "a:B", libraries=("no_such_lib",), install="pip install it"
    )
    with pytest.raises(EngineUnavailable, match="pip install it") as failure:
        Registry([spec]).create("animator", "x", {}, folder)
    assert failure.value.code == "engine.library_missing"


def test_an_option_nobody_takes_is_refused_and_a_siblings_is_left_out() -> None:
    with pytest.raises(EngineUnavailable, match="wings"):
        create_engine("dialogue", "openai", {"wings": 2}, folder)
    settings = {"base_url": "http://127.0.0.1:1/v1", "model": "m", "slots": 4}
    engine = create_engine("dialogue", "openai", settings, folder)
    engine.close()


def test_an_engine_that_needs_weights_asks_for_them() -> None:
    with pytest.raises(EngineUnavailable, match="'model'"):
        create_engine("transcriber", "faster_whisper", {"model": ""}, folder)


def test_weights_may_be_a_folder_of_ones_own(tmp_path: Path) -> None:
    settings = {"NAME": "faster_whisper", "OPTIONS": {"model": str(tmp_path)}}
    assert ENGINES.models_needed({"transcriber": settings}) == []
    create_engine("transcriber", "faster_whisper", settings["OPTIONS"], folder)  # type: ignore[arg-type]
    gone = {"model": str(tmp_path / "gone")}
    with pytest.raises(EngineUnavailable, match="no folder") as failure:
        create_engine("transcriber", "faster_whisper", gone, folder)
    assert failure.value.code == "engine.weights_missing"


def test_every_engine_module_is_there() -> None:
    for kind in ("detector", "transcriber", "dialogue", "synthesizer", "animator"):
        for name in ENGINES.names(kind):
            module = ENGINES.spec(kind, name).factory.partition(":")[0]
            assert Path(module.replace(".", "/") + ".py").is_file()


HOUSE = (
    EngineSpec("synthesizer", "neural", "a:B", weights="voice"),
    EngineSpec("synthesizer", "plain", "c:D"),
    EngineSpec("synthesizer", "elsewhere", "e:F", libraries=("no_such_lib",)),
    EngineSpec(
        "synthesizer",
        "house",
        "inference.engines.synthesizers.voices:Voices",
        options=frozenset({"first"}),
        parts="voices",
    ),
)
LISTED = {
    "en": [{"NAME": "neural", "OPTIONS": {"voice": "joe"}}],
    "es": [
        {"NAME": "neural", "OPTIONS": {"voice": "dave"}},
        {"NAME": "plain", "OPTIONS": {}},
        {"NAME": "neural", "OPTIONS": {"voice": "late"}},
    ],
}


def test_an_engine_of_parts_gets_them_unmade() -> None:
    voices = Registry(HOUSE).create(
        "synthesizer", "house", {"voices": LISTED, "first": ["en"]}, folder
    )
    voices.close()


def test_a_part_that_no_engine_is_called_by_is_refused() -> None:
    listed = {"en": [{"NAME": "oracle", "OPTIONS": {}}]}
    with pytest.raises(EngineUnavailable, match="oracle"):
        Registry(HOUSE).create("synthesizer", "house", {"voices": listed}, folder)


def test_models_of_parts_are_needed_for_what_comes_first_alone() -> None:
    registry = Registry(HOUSE)
    conf = {"NAME": "house", "OPTIONS": {"voices": LISTED, "first": ["en"]}}
    assert registry.models_needed({"synthesizer": conf}) == ["joe"]
    assert registry.models_of_part("synthesizer", conf, "es") == ["dave"]
    assert registry.models_of_part("synthesizer", conf, "fr") == []


def test_a_part_is_here_once_its_weights_and_library_are(tmp_path: Path) -> None:
    registry = Registry(HOUSE)
    fetched: list[str] = []

    def path(name: str) -> Path:
        if name not in fetched:
            raise EngineUnavailable("model.missing", name)
        return tmp_path

    neural, plain, elsewhere = (
        registry.part("synthesizer", settings, path, fetched.append)
        for settings in (
            {"NAME": "neural", "OPTIONS": {"voice": "dave"}},
            {"NAME": "plain", "OPTIONS": {}},
            {"NAME": "elsewhere", "OPTIONS": {}},
        )
    )
    assert [neural.is_here(), plain.is_here(), elsewhere.is_here()] == [
        False,
        True,
        False,
    ]
    assert neural.fetch is not None
    assert plain.fetch is elsewhere.fetch is None
    neural.fetch()
    assert fetched == ["dave"]
    assert neural.is_here()
