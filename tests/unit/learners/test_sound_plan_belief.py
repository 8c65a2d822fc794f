"""What answers say about a contrast, and that the weak one is drilled."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from learners.sound_plan_belief import (
    ContrastBelief,
    after_hearing,
    after_saying,
    draw,
    prior,
    weakest,
)
from lessons.sounds.contrasts import contrasts_for

R_L, TH_S = (
    one
    for key in ("ɹ-l", "θ-s")
    for one in contrasts_for("ja", "en").contrasts
    if one.key == key
)


def heard(known: ContrastBelief, answers: str) -> ContrastBelief:
    """Return the belief after answers: r right, w wrong."""
    for answer in answers:
        known = after_hearing(known, right=answer == "r")
    return known


def test_the_first_language_decides_where_it_begins() -> None:
    common, rare = prior(R_L, predicted=False), prior(TH_S, predicted=False)
    assert common.mean > rare.mean
    assert not common.is_known
    # A prediction moves more easily.
    reviewed, guess = (heard(prior(R_L, predicted=p), "rrrr") for p in (False, True))
    assert guess.mean < reviewed.mean


def test_a_wrong_word_says_more_than_a_right_one() -> None:
    start = prior(R_L, predicted=True)
    up = heard(start, "w").mean - start.mean
    down = start.mean - heard(start, "r").mean
    assert up > down > 0


def test_guessing_is_told_from_hearing() -> None:
    start = prior(R_L, predicted=False)
    guessed, knew = heard(start, "rwrwrwrwrwrw"), heard(start, "r" * 12)
    assert guessed.mean > 0.6
    assert knew.mean < 0.25
    # The order does not matter.
    assert heard(start, "wwrr").mean == pytest.approx(heard(start, "rrww").mean)


def test_evidence_narrows_and_old_evidence_less() -> None:
    start = prior(R_L, predicted=False)
    low, high = heard(start, "r" * 20).interval
    assert high - low < 0.3
    faded = start
    for _ in range(20):
        faded = after_hearing(faded, right=True, kept=0.1)
    assert faded.mean > heard(start, "r" * 20).mean


def test_much_talk_counts_as_a_limited_number_of_attempts() -> None:
    start = prior(R_L, predicted=False)
    talked = after_saying(start, right=900.0, wrong=100.0, attempts=1000)
    assert talked.right + talked.wrong < 25
    assert talked.mean == pytest.approx(0.13, abs=0.05)
    assert talked.attempts == 1000


def test_what_is_weak_is_drilled_most_and_the_rest_now_and_then() -> None:
    beliefs = [
        heard(prior(R_L, predicted=False), "wrwwrwrw"),
        heard(prior(TH_S, predicted=False), "rrrrrr"),
    ]
    random = Random(1)  # noqa: S311 a test that can be repeated
    drawn = Counter(draw(beliefs, random=random).contrast.key for _ in range(300))
    assert drawn["ɹ-l"] > 200
    assert drawn["θ-s"] > 3


def test_the_weakest_is_named_only_where_it_is_sure() -> None:
    even = [prior(R_L, predicted=False), prior(TH_S, predicted=False)]
    _, unsure = weakest(even)
    found, sure = weakest([heard(even[0], "r" * 12), heard(even[1], "wrwrwwrw")])
    assert unsure < 0.7
    assert sure > 0.9
    assert found.contrast.key == "θ-s"
