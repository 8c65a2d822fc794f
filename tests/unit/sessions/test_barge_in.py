"""What over the tutor's voice is an interruption."""

from __future__ import annotations

import pytest

from sessions.turns.asked import Asked
from sessions.turns.barge_in import (
    GIVE_UP_MS,
    SPEECH_MS,
    Overheard,
    Verdict,
    judge,
    judge_now,
)
from sessions.turns.turn_words import turn_words

ENGLISH = turn_words("en")
SHORT_MS = 350.0


def said(text: str, **more: object) -> Overheard:
    """Return a short sound of which all words are known."""
    return Overheard(SHORT_MS, silence_ms=400, text=text, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["Wait.", "Stop!", "Sorry?", "No.", "Okay, but why?"])
def test_words_interrupt_however_short(text: str) -> None:
    assert judge(said(text), ENGLISH) is Verdict.INTERRUPTS


@pytest.mark.parametrize(
    "text", ["Mm-hm.", "Yeah.", "Right.", "Uh-huh, okay.", "", "..."]
)
def test_who_only_listens_does_not(text: str) -> None:
    assert judge(said(text), ENGLISH) is Verdict.FALSE_ALARM


def test_at_the_end_of_a_question_the_same_words_are_its_answer() -> None:
    yes = said("Yeah.", nearly_over=True, asked=Asked.YES_NO)

    assert judge(yes, ENGLISH) is Verdict.INTERRUPTS
    assert judge(said("Mm-hm.", nearly_over=True), ENGLISH) is Verdict.FALSE_ALARM


def test_voice_that_goes_on_is_speech_before_a_word_is_known() -> None:
    assert judge(Overheard(SHORT_MS), ENGLISH) is Verdict.UNDECIDED
    assert judge(Overheard(SPEECH_MS), ENGLISH) is Verdict.INTERRUPTS
    humming = Overheard(SPEECH_MS, partial="Mm-hm, mm-hm")
    assert judge(humming, ENGLISH) is Verdict.UNDECIDED


def test_words_are_believed_before_they_are_complete() -> None:
    heard = Overheard(SHORT_MS, partial="Can I ask you")
    assert judge(heard, ENGLISH) is Verdict.INTERRUPTS
    assert judge(Overheard(SHORT_MS, partial="I see you"), ENGLISH) is Verdict.UNDECIDED


def test_who_waits_for_words_in_vain_gives_up() -> None:
    assert judge(Overheard(SHORT_MS, GIVE_UP_MS), ENGLISH) is Verdict.FALSE_ALARM
    heard = Overheard(SHORT_MS, GIVE_UP_MS, partial="Wait")
    assert judge(heard, ENGLISH) is Verdict.INTERRUPTS


def test_what_is_to_be_decided_at_once_is_speech_if_it_was_long() -> None:
    assert judge_now(Overheard(SHORT_MS), ENGLISH) is Verdict.FALSE_ALARM
    assert judge_now(Overheard(500), ENGLISH) is Verdict.INTERRUPTS
    assert judge_now(Overheard(500, partial="Yeah"), ENGLISH) is Verdict.FALSE_ALARM


def test_a_click_is_over_before_words_could_be_known() -> None:
    assert judge(Overheard(90, silence_ms=220), ENGLISH) is Verdict.FALSE_ALARM


def test_voices_of_others_do_not_interrupt_by_going_on() -> None:
    assert judge(Overheard(SPEECH_MS, is_far=True), ENGLISH) is Verdict.FALSE_ALARM
    assert judge(said("Wait.", is_far=True), ENGLISH) is Verdict.INTERRUPTS


def test_a_word_that_was_the_tutors_own_is_none() -> None:
    echo = Overheard(250, silence_ms=400, text="by the sea", echo=0.35)

    assert judge(echo, ENGLISH) is Verdict.FALSE_ALARM
    # It went on when the tutor was silent already.
    goes_on = Overheard(500, silence_ms=400, text="by the sea", echo=0.35)
    assert judge(goes_on, ENGLISH) is Verdict.INTERRUPTS


def test_where_a_language_has_no_lists_all_words_count() -> None:
    assert judge(said("Ja."), None) is Verdict.INTERRUPTS
    assert judge(said(""), None) is Verdict.FALSE_ALARM
