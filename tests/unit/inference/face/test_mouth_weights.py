"""Lips of the server's head move as those of the browser's do."""

from __future__ import annotations

import re

import numpy as np
import pytest

from inference.engines.avatars.head.loudness_cues import loudness_cues
from inference.engines.avatars.head.mouth_weights import (
    CLOSURES,
    CONTACT_FADE_MS,
    CONTACT_HALF_MS,
    DOMINANCE,
    FULL_VOWEL_MS,
    LEAD_MS,
    PLACE,
    TAIL_MS,
    VISEMES,
    VOWELS,
    mouth_weights,
)
from inference.types.audio import AudioClip
from inference.types.speech import Viseme, VisemeCue
from tests.guards.project_files import ROOT

JS = ROOT / "sessions/static/sessions/js"


def cues(*rows: tuple[Viseme, float]) -> list[VisemeCue]:
    """Return cues that follow each other: shape and length."""
    made: list[VisemeCue] = []
    at_ms = 0.0
    for viseme, ms in rows:
        made.append(VisemeCue(viseme, at_ms, at_ms + ms))
        at_ms += ms
    return made


def share(weights: np.ndarray, viseme: Viseme) -> np.ndarray:
    found: np.ndarray = weights[:, PLACE[viseme]]
    return found


def test_the_numbers_are_those_of_the_browser() -> None:
    source = (JS / "avatar_visemes.js").read_text()
    table = source[source.index("DOMINANCE") :]
    rows = re.findall(r"(\w+): \[([\d.]+), ([\d.]+)\]", table)
    assert {Viseme(v): (float(a), float(b)) for v, a, b in rows} == DOMINANCE
    for name, ours in (("VOWELS", VOWELS), ("CLOSURES", CLOSURES)):
        listed = re.search(rf"{name} = new Set\(\[(.*?)\]", source)
        assert listed is not None
        assert {Viseme(v) for v in re.findall(r'"(\w+)"', listed[1])} == ours
    blending = (JS / "avatar_coarticulation.js").read_text()
    for name, ms in (
        ("LEAD_MS", LEAD_MS),
        ("TAIL_MS", TAIL_MS),
        ("CONTACT_HALF_MS", CONTACT_HALF_MS),
        ("CONTACT_FADE_MS", CONTACT_FADE_MS),
        ("FULL_VOWEL_MS", FULL_VOWEL_MS),
    ):
        assert f"const {name} = {ms:g};" in blending


def test_shares_are_whole_at_any_time() -> None:
    spoken = cues((Viseme.SIL, 60), (Viseme.PP, 80), (Viseme.AA, 140), (Viseme.DD, 60))
    for shares in mouth_weights(spoken, list(range(-200, 800, 7))):
        assert shares.shape == (143, len(VISEMES))
        assert np.allclose(shares.sum(axis=1), 1, atol=1e-5)
        assert shares.min() >= 0


@pytest.mark.parametrize("closure", sorted(CLOSURES))
def test_a_closure_is_whole_in_one_picture_at_25_a_second(closure: Viseme) -> None:
    spoken = cues((Viseme.AA, 90), (closure, 70), (Viseme.AA, 90))
    for first in range(0, 40, 3):
        lips, _tongue = mouth_weights(spoken, list(range(first, 250, 40)))
        assert share(lips, closure).max() > 0.999


def test_the_mouth_gets_ready_before_the_sound_and_shuts_after_it() -> None:
    spoken = cues((Viseme.SIL, 300), (Viseme.O, 120), (Viseme.SIL, 300))
    times = [150.0, 260.0, 360.0, 520.0]
    lips, _tongue = mouth_weights(spoken, times)
    long_before, just_before, within, after = share(lips, Viseme.O)
    assert long_before == 0
    assert 0.05 < just_before < within
    assert within > 0.75
    assert after == 0


def test_a_velar_leaves_the_lips_to_its_vowel_and_keeps_the_tongue() -> None:
    spoken = cues((Viseme.U, 120), (Viseme.KK, 60), (Viseme.U, 120))
    lips, tongue = mouth_weights(spoken, [150.0])
    assert share(lips, Viseme.U)[0] > 0.4
    assert share(tongue, Viseme.KK)[0] > share(lips, Viseme.KK)[0]


def test_a_short_vowel_falls_short_of_its_shape() -> None:
    short, _ = mouth_weights(cues((Viseme.AA, 40)), [20.0])
    long, _ = mouth_weights(cues((Viseme.AA, 200)), [100.0])
    assert share(short, Viseme.AA)[0] == pytest.approx(0.8, abs=0.01)
    assert share(long, Viseme.AA)[0] == pytest.approx(1.0, abs=0.01)


def test_nothing_said_is_a_mouth_at_rest() -> None:
    lips, tongue = mouth_weights([], [0.0, 40.0])
    assert share(lips, Viseme.SIL).min() == share(tongue, Viseme.SIL).min() == 1


def test_a_voice_without_times_moves_the_mouth_by_its_loudness() -> None:
    t = np.arange(16_000) / 16_000
    sound = (0.5 * np.sin(2 * np.pi * 200 * t)).astype(np.float32)
    sound[: 16_000 // 3] = 0
    sound[2 * 16_000 // 3 :] *= 0.2
    found = loudness_cues(AudioClip.from_float32(sound, 16_000))
    assert [cue.viseme for cue in found] == [Viseme.SIL, Viseme.AA, Viseme.E]
    assert (found[0].start_ms, found[-1].end_ms) == (0, 1000)
    assert found[1].start_ms == pytest.approx(333, abs=80)


def test_silence_stays_shut_and_nothing_is_no_cue() -> None:
    quiet = loudness_cues(AudioClip(bytes(16_000), 16_000))
    assert [cue.viseme for cue in quiet] == [Viseme.SIL]
    assert loudness_cues(AudioClip(b"", 16_000)) == ()
