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


def test_every_engine_module_is_there() -> None:
    for kind in ("detector", "transcriber", "dialogue", "synthesizer", "animator"):
        for name in ENGINES.names(kind):
            module = ENGINES.spec(kind, name).factory.partition(":")[0]
            assert Path(module.replace(".", "/") + ".py").is_file()
