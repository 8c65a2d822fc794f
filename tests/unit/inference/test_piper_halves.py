"""A sentence is cut between words, into pieces that are made while others are heard."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from inference.engines.synthesizers.piper_halves import (
    FIRST_S,
    HalvedSession,
    Piece,
    pieces,
    word_breaks,
)

RATE_HZ = 1_000
HOP = 10


class Clock:
    """Time that goes on only while sound is made."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Encoder:
    """Frames that count, for a sentence of ``n`` frames."""

    def run(self, _names: object, inputs: Mapping[str, Any]) -> list[Any]:
        return [np.arange(inputs["n"], dtype=np.float32).reshape(1, 1, -1), "lasts"]


class Decoder:
    """Makes each frame ``HOP`` times; a second of sound takes ``pace`` seconds."""

    def __init__(self, clock: Clock, pace: float) -> None:
        self.clock, self.pace = clock, pace

    def run(self, _names: object, inputs: Mapping[str, Any]) -> list[Any]:
        made = np.repeat(inputs["z"], HOP, axis=-1)
        self.clock.now += self.pace * made.shape[-1] / RATE_HZ
        return [made]


def spoken(
    seconds: float, pace: float, breaks: list[int]
) -> tuple[list[Piece], list[float]]:
    """Return the pieces of a sentence, and when each was there."""
    clock = Clock()
    session = HalvedSession(
        Encoder(), Decoder(clock, pace), latent="z", hop=HOP, reach=3
    )
    session.run(None, {"n": int(seconds * RATE_HZ / HOP)})
    made, at = [], []
    for piece in pieces(session, breaks, RATE_HZ, clock=clock):
        made.append(piece)
        at.append(clock.now)
    return made, at


def every(step: int) -> list[int]:
    return list(range(step, 10_000, step))


def checked(made: list[Piece]) -> list[int]:
    """Return where pieces begin; they join to the whole."""
    joined = np.concatenate([piece.samples for piece in made])
    assert np.array_equal(joined, np.arange(joined.size) // HOP)
    assert [piece.goes_on for piece in made] == [True] * (len(made) - 1) + [False]
    assert made[-1].share == 1.0
    begins = [piece.begin for piece in made]
    assert begins == list(np.cumsum([0] + [piece.samples.size for piece in made[:-1]]))
    return begins


def test_a_quick_voice_makes_its_first_words_then_more_and_more() -> None:
    made, at = spoken(6.0, 0.03, every(170))
    assert checked(made) == [0, 510, 2_040]
    assert at[0] < 0.2 * at[-1]
    # Some of the rest was made with them: it says how loud the sentence is.
    assert made[0].share > made[0].samples.size / 6_000


@pytest.mark.parametrize("pace", [0.1, 0.25])
def test_a_slow_voice_makes_more_pieces_and_does_not_run_dry(pace: float) -> None:
    made, at = spoken(8.0, pace, every(130))
    checked(made)
    assert len(made) > 2
    heard_until = at[0]
    for piece, there_at in zip(made, at, strict=True):
        assert there_at <= heard_until + 1e-9
        heard_until += piece.samples.size / RATE_HZ


@pytest.mark.parametrize(
    ("seconds", "breaks"), [(1.1, every(100)), (5.0, []), (2.0, [200, 1_800])]
)
def test_what_is_short_or_has_no_break_in_time_is_made_at_once(
    seconds: float, breaks: list[int]
) -> None:
    made, _ = spoken(seconds, 0.05, breaks)
    assert checked(made) == [0]


def test_no_piece_is_too_short_to_be_worth_it() -> None:
    made, _ = spoken(9.0, 0.9, every(50))
    checked(made)
    assert min(piece.samples.size for piece in made) >= FIRST_S * RATE_HZ


def test_breaks_lie_in_the_middle_between_two_words() -> None:
    places = [(0, 100), None, (140, 200), (200, 310), (400, 500)]
    assert word_breaks(places) == [120, 200, 355]
