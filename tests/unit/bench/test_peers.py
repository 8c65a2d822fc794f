"""What is made of the sound that a partner sent back."""

from __future__ import annotations

import numpy as np
import pytest

from bench.peers.figures import Judged, System, figures, targets
from bench.peers.hearing import (
    Note,
    Sound,
    Stop,
    Turn,
    first_heard_s,
    is_settled,
    judge_stop,
    judge_turn,
)
from bench.peers.lines import last_words
from bench.peers.wire import CLOSED, HEARD, HELD, RESUMED, STOPPED

RATE_HZ = 16_000
# The learner speaks from the first to the fourth second.
BEGINS_S, ENDS_S = 1.0, 4.0


def _sound(at_s: float, seconds: float, *, silent_s: float = 0.0) -> Sound:
    t = np.arange(int(seconds * RATE_HZ)) / RATE_HZ
    tone = 0.2 * np.sin(2 * np.pi * 220 * t) * (t >= silent_s)
    return Sound.of(at_s, RATE_HZ, (32767 * tone).astype("<i2").tobytes())


def _turn(sounds: list[Sound], notes: list[Note]) -> Turn:
    return judge_turn(sounds, notes, begins_s=BEGINS_S, ends_s=ENDS_S)


def test_silence_before_the_first_word_is_no_answer_yet() -> None:
    quiet = Sound.of(4.5, RATE_HZ, bytes(2 * RATE_HZ // 10))

    turn = _turn([quiet, _sound(4.6, 1, silent_s=0.3)], [Note(4.4, CLOSED)])

    assert turn.arrived_after_s == pytest.approx(0.6)
    assert turn.heard_after_s == pytest.approx(0.9)
    assert not turn.cut_in


def test_what_is_sent_faster_than_one_can_listen_is_heard_no_sooner() -> None:
    quiet = Sound.of(4.5, RATE_HZ, bytes(2 * RATE_HZ))

    turn = _turn([quiet, _sound(4.51, 1)], [])

    assert turn.arrived_after_s == pytest.approx(0.51)
    assert turn.heard_after_s == pytest.approx(1.5)


def test_sound_while_the_learner_speaks_is_a_cut_in() -> None:
    turn = _turn([_sound(3.0, 0.5), _sound(5.0, 1)], [Note(2.8, CLOSED)])

    assert turn == Turn(cut_in=True, closed_early=True)


def test_an_answer_to_a_part_is_a_cut_in_even_if_it_is_heard_later() -> None:
    turn = _turn([_sound(4.2, 1)], [Note(2.8, CLOSED)])

    assert turn.cut_in


def test_a_turn_that_was_taken_up_again_is_none() -> None:
    turn = _turn([_sound(5.0, 1)], [Note(2.8, CLOSED), Note(4.6, CLOSED)])

    assert turn.closed_early
    assert not turn.cut_in
    assert turn.arrived_after_s == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("understood", "cut_in"),
    [
        ("I would like to.", True),
        ("I would like to travel two Canada.", False),
        ("Travel to Canada next summer.", False),
    ],
)
def test_an_answer_goes_by_what_was_said_after_the_pause(
    understood: str, cut_in: bool
) -> None:
    line = "I would like to [1.0] travel to Canada next summer."

    turn = judge_turn(
        [_sound(4.6, 1)],
        [Note(4.4, CLOSED), Note(4.4, HEARD, understood), Note(5.0, HEARD, "travel")],
        begins_s=BEGINS_S,
        ends_s=ENDS_S,
        last_words=last_words(line),
    )

    assert turn.cut_in == cut_in


def test_no_answer_is_a_missed_turn() -> None:
    assert _turn([], [Note(4.6, CLOSED)]) == Turn(missed=True)


def test_a_partner_has_finished_when_what_came_was_played_and_nothing_is_due() -> None:
    sounds, closed = [_sound(5.0, 2), _sound(5.1, 2)], Note(4.6, CLOSED)

    assert not is_settled(sounds, [closed], 9.5)
    assert is_settled(sounds, [closed], 10.3)
    assert is_settled(sounds, [closed, Note(6.0, STOPPED)], 7.3)
    assert not is_settled([], [closed], 10.0)


def test_after_a_stop_sound_is_heard_when_it_comes() -> None:
    sounds = [_sound(5.0, 10), _sound(8.0, 1, silent_s=0.2)]

    assert first_heard_s(sounds[1:], [Note(6.0, STOPPED)]) == pytest.approx(8.2)
    assert is_settled(sounds, [Note(6.0, STOPPED)], 10.3)


def test_a_stop_counts_from_the_first_voiced_sample() -> None:
    stop = judge_stop([_sound(5.0, 10)], [Note(6.8, STOPPED)], begins_s=6.5)

    assert stop is not None
    assert stop.heeded
    assert stop.after_s == pytest.approx(0.3)


def test_who_goes_on_is_heard_to_the_end_of_the_reply() -> None:
    stop = judge_stop([_sound(5.0, 4), _sound(12.0, 3)], [], begins_s=6.5)

    assert stop is not None
    assert not stop.heeded
    assert stop.after_s == pytest.approx(2.5)


def test_standing_still_is_a_stop_unless_it_goes_on() -> None:
    reply = [_sound(5.0, 4)]
    held = [Note(6.8, HELD), Note(7.5, STOPPED)]
    for_nothing = [Note(6.8, HELD), Note(7.8, RESUMED)]

    stop = judge_stop(reply, held, begins_s=6.5)
    went_on = judge_stop(reply, for_nothing, begins_s=6.5)

    assert stop is not None
    assert went_on is not None
    assert stop.heeded
    assert stop.after_s == pytest.approx(0.3)
    assert not went_on.heeded
    assert went_on.after_s == pytest.approx(3.5)
    assert not is_settled(reply, for_nothing, 11.0)
    assert is_settled(reply, for_nothing, 11.3)


@pytest.mark.parametrize(
    ("seconds", "stopped_s"),
    [(1.0, 6.8), (10.0, 6.0)],
    ids=["it was over by itself", "it had stopped before"],
)
def test_what_nobody_hears_cannot_be_interrupted(
    seconds: float, stopped_s: float
) -> None:
    stop = judge_stop([_sound(5.0, seconds)], [Note(stopped_s, STOPPED)], begins_s=6.5)

    assert stop is None


def _system(times_s: list[float], *, cut_in: int = 0) -> System:
    turns = [Turn(arrived_after_s=time, heard_after_s=time) for time in times_s]
    turns += [Turn(cut_in=True)] * cut_in
    return System([Judged("short", "Yes.", turn) for turn in turns], [Stop(0.2, True)])


def test_we_are_held_against_the_faster_peer() -> None:
    systems = {
        "ours": _system([0.8, 0.9, 1.0], cut_in=1),
        "pipecat": _system([3.0, 3.0, 3.0], cut_in=2),
        "livekit": _system([4.0, 4.0, 4.0]),
    }

    found = figures("stub", systems)

    assert found["stub_first_audio_p50_s"] == pytest.approx(0.9)
    assert found["stub_best_peer_first_audio_p50_s"] == pytest.approx(3.0)
    assert found["stub_ratio_to_best_peer"] == pytest.approx(0.3)
    assert found["stub_false_cutin_share"] == pytest.approx(0.25)
    assert found["stub_best_peer_false_cutin_share"] == pytest.approx(0.4)
    assert found["stub_extra_false_cutins"] == -1
    assert found["stub_pipecat_false_cutin_share"] == pytest.approx(0.4)
    assert set(targets(found)) == {
        "stub_ratio_to_best_peer", "stub_extra_false_cutins",
    }  # fmt: skip


def test_without_a_peer_nothing_is_compared() -> None:
    assert targets(figures("model", {"ours": _system([0.8])})) == {}
