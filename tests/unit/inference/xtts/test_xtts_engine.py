"""XTTS without its library: options, pieces of text, and a model that goes on too long."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import numpy as np
import pytest

from inference.engines.synthesizers.clause_times import ClauseTimes
from inference.engines.synthesizers.sentences import short_enough
from inference.engines.synthesizers.xtts import FILES, Xtts
from inference.engines.synthesizers.xtts_model import RATE_HZ, Sounding
from inference.engines.synthesizers.xtts_process import XttsVoice
from inference.engines.synthesizers.xtts_voices import XttsVoices
from inference.errors import EngineUnavailable
from inference.types.audio import FloatSamples

from .test_xtts_voices import CountingModel


class Babble:
    """A model that never stops, and notes what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.pieces = 0
        self.gone: Event | None = None

    def most_letters(self, language: str) -> int:
        return 100

    def say(
        self, text: str, language: str, sounding: Sounding, speed: float
    ) -> Iterator[FloatSamples]:
        self.asked.append((text, language))
        while True:
            self.pieces += 1
            if self.gone is not None:
                self.gone.set()
            yield np.full(RATE_HZ // 2, 0.1, np.float32)


def spoken(
    babble: Babble, text: str, language: str = "en", gone: Event | None = None
) -> list[tuple[FloatSamples, Any]]:
    voices = XttsVoices(CountingModel(), None, speaker="")
    times = ClauseTimes(lettered=frozenset({"en", "zh"}))
    voice = XttsVoice(babble, voices, times)
    return list(voice.speak(text, language, 1.0, "", gone or Event()))


def test_a_model_that_does_not_stop_is_cut_off() -> None:
    (chunk,) = spoken(Babble(), "Yes, I know.")
    assert chunk[0].size / RATE_HZ == pytest.approx(2.0 + 0.2 * 12)
    assert sum(samples for _, samples in chunk[1]) == chunk[0].size


def test_it_stops_between_pieces_once_nobody_listens() -> None:
    babble, gone = Babble(), Event()
    babble.gone = gone
    assert spoken(babble, "Yes, I know. No.", gone=gone) == []
    assert babble.pieces == 1


def test_sentences_are_said_one_by_one_in_the_names_that_the_model_knows() -> None:
    babble = Babble()
    spoken(babble, "你好! 你好?", "zh")
    assert babble.asked == [("你好!", "zh-cn"), ("你好?", "zh-cn")]


def test_texts_over_the_limit_are_parted_at_spaces() -> None:
    pieces = short_enough([" ".join(["word"] * 50), "x" * 130, "short"], most=60)
    assert all(len(piece) <= 60 for piece in pieces)
    assert "".join(pieces).replace(" ", "") == "word" * 50 + "x" * 130 + "short"
    assert pieces[0].endswith("word")


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"model_dir": ""}, "engine.weights_missing"),
        ({"model_dir": "nowhere"}, "engine.weights_missing"),
        ({"dtype": "int4"}, "engine.bad_option"),
        ({"chunk_tokens": 0}, "engine.bad_option"),
        ({"python": "/no/python"}, "engine.program_missing"),
    ],
)
def test_options_that_cannot_work_are_refused(
    tmp_path: Path, options: dict[str, Any], code: str
) -> None:
    for name in FILES:
        (tmp_path / name).touch()
    with pytest.raises(EngineUnavailable) as refused:
        Xtts(**{"model_dir": tmp_path, **options})
    assert refused.value.code == code


def test_it_clones_where_there_is_a_folder_of_voices(tmp_path: Path) -> None:
    for name in FILES:
        (tmp_path / name).touch()
    voices = Xtts(model_dir=tmp_path, voices_dir=tmp_path, python=sys.executable)
    assert voices.capabilities.voices["tr"].clones
    assert not Xtts(model_dir=tmp_path).capabilities.voices["tr"].clones
