"""Times of sounds: laid over a voice that does not tell them, and shared among letters."""

from __future__ import annotations

import numpy as np
import pytest

from inference.engines.synthesizers.espeak_library import spread
from inference.engines.synthesizers.kokoro_symbols import codes_of, symbols_of
from inference.engines.synthesizers.piper_phonemes import ipa_phonemes
from inference.engines.synthesizers.sentences import clauses, sentences
from inference.engines.synthesizers.sound_times import (
    by_letters,
    laid_over,
    letters_of,
    loud_part,
)
from inference.types.audio import FloatSamples

RATE_HZ = 16_000


def tone(hertz: float, seconds: float, rate_hz: int = RATE_HZ) -> FloatSamples:
    t = np.arange(round(seconds * rate_hz)) / rate_hz
    return np.asarray(0.3 * np.sin(2 * np.pi * hertz * t), np.float32)


def silence(seconds: float, rate_hz: int = RATE_HZ) -> FloatSamples:
    return np.zeros(round(seconds * rate_hz), np.float32)


def test_borders_are_found_where_the_sound_changes() -> None:
    model = np.concatenate([tone(300, 0.2, 22_050), tone(2500, 0.2, 22_050)])
    codes = [("a", model.size // 2), ("s", model.size - model.size // 2), (".", 0)]
    sound = np.concatenate(
        [silence(0.1), tone(300, 0.5), tone(2500, 0.1), silence(0.3)]
    )
    laid = laid_over(codes, model, 22_050, sound, RATE_HZ)
    assert [code for code, _ in laid] == ["a", "s", "."]
    assert sum(n for _, n in laid) == sound.size
    assert laid[0][1] / RATE_HZ == pytest.approx(0.6, abs=0.03)


def test_silence_around_the_speech_belongs_to_nobody_in_the_model() -> None:
    codes = [("_", 3200), ("a", 3200), ("_", 0)]
    model = np.concatenate([silence(0.2), tone(300, 0.2)])
    sound = np.concatenate([silence(0.05), tone(300, 0.3), silence(0.2)])
    first, last = loud_part(sound, RATE_HZ)
    laid = laid_over(codes, model, RATE_HZ, sound, RATE_HZ)
    assert laid[0][1] == first == 800
    assert sum(n for _, n in laid[:2]) == pytest.approx(last, abs=320)


def test_a_sound_that_is_shorter_than_a_frame_does_no_harm() -> None:
    codes = [("a", 10)]
    for sound in (silence(0.0005), silence(0.5), tone(300, 0.001)):
        laid = laid_over(codes, tone(300, 0.1), RATE_HZ, sound, RATE_HZ)
        assert sum(n for _, n in laid) == sound.size


def test_letters_stand_in_for_sounds_and_fill_the_speech() -> None:
    sound = np.concatenate([silence(0.1), tone(300, 1.0), silence(0.2)])
    codes = by_letters("Où est-il ?", sound, RATE_HZ)
    assert sum(n for _, n in codes) == sound.size
    assert codes[0] == ("_", 1600)
    said = dict(codes)
    assert said["o"] > said["s"] > said[" "]
    assert [code for code, _ in codes if code.isalpha()] == letters_of("Oùestil")
    assert by_letters("…", sound, RATE_HZ) == [("_", sound.size)]


@pytest.mark.parametrize(
    ("name", "phonemes"),
    [
        ("ˈaɪ", [("aɪ", 101)]),
        ("ts", [("t", 51), ("s", 50)]),
        ("ɑ̃", [("ɑ̃", 101)]),
        ("uː", [("uː", 101)]),
    ],
)
def test_the_letters_of_a_sound_share_its_time(
    name: str, phonemes: list[tuple[str, int]]
) -> None:
    assert list(ipa_phonemes(spread(name, 101))) == phonemes


def test_kokoro_gets_its_own_symbols_and_gives_sounds_back() -> None:
    known = set("mˈuʧoɡrasi, .")
    symbols = symbols_of([("mˈutʃo", ","), ("ɡrˈaθjas", ".")], known)
    assert "".join(symbols) == "mˈuʧo, ɡrˈaas."
    counts = [100, *([50] * len(symbols)), 200]
    codes = codes_of(symbols, counts)
    assert sum(n for _, n in codes) == sum(counts)
    phonemes = [name for name, _ in ipa_phonemes(codes)]
    assert phonemes[:6] == ["", "m", "u", "tʃ", "o", ""]
    assert codes[-1] == (".", 0)


def test_a_text_is_parted_where_people_breathe() -> None:
    assert sentences("¿Qué tal? Bien… ¡Vamos!") == ["¿Qué tal?", "Bien…", "¡Vamos!"]
    long = "Hay una ensalada con tomate, pan y queso, y mucho más."
    assert clauses(long, at_least=25) == [
        "Hay una ensalada con tomate,",
        "pan y queso, y mucho más.",
    ]
    assert clauses("Buenos días, ¿cómo estás?", at_least=25) == [
        "Buenos días, ¿cómo estás?"
    ]
    assert clauses("Una frase bastante larga aquí, sí.", at_least=25) == [
        "Una frase bastante larga aquí, sí."
    ]
    assert clauses("", at_least=25) == []
