"""The waterfall of a turn."""

from __future__ import annotations

from sessions.turns.events import StageSpan
from sessions.turns.timing import TurnTimer


def test_times_count_from_the_turns_zero_in_order() -> None:
    timer = TurnTimer(zero_at=100.0, zero="last_voiced_sample")
    timer.span("respond_first", 100.9, 101.2)
    timer.span("transcribe", 100.2, 100.75)
    timer.span("endpoint", 100.0, 100.6)
    timing = timer.result(3)
    assert timing.turn == 3
    assert timing.zero == "last_voiced_sample"
    assert timing.stages == (
        StageSpan("endpoint", 0.0, 600.0),
        StageSpan("transcribe", 200.0, 750.0),
        StageSpan("respond_first", 900.0, 1200.0),
    )


def test_a_mark_is_when_it_happened_first() -> None:
    timer = TurnTimer(zero_at=10.0, zero="text_submitted")
    timer.mark("first_audio_ms", 11.0)
    timer.mark("first_audio_ms", 12.0)
    assert timer.result(1).marks == {"first_audio_ms": 1000.0}


def test_a_result_does_not_change_afterwards() -> None:
    timer = TurnTimer(zero_at=0.0, zero="text_submitted")
    early = timer.result(1)
    timer.mark("first_text_ms", 1.0)
    timer.span("animate", 0.0, 1.0)
    assert early.marks == {}
    assert early.stages == ()


def test_work_begun_before_the_last_voiced_sample_is_negative() -> None:
    timer = TurnTimer(zero_at=10.0, zero="last_voiced_sample")
    timer.span("transcribe", 9.5, 10.1)
    assert timer.result(1).stages[0].start_ms == -500.0
