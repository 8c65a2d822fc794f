"""Scenario turns: the marking of mistakes, the files, and the talk before a turn."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from bench.tutor_cases import heard_words, marked, read_case, read_cases
from bench.tutor_lessons import Lesson, read_lessons
from bench.tutor_past import CaseError, Past, read_past
from tutor.analysis import analyser
from tutor.findings import Severity
from tutor.history import TalkState
from tutor.learner import Learner, LearnerTurn, Level
from tutor.moves import MoveKind
from tutor.policy.choosing import choose


@pytest.mark.parametrize(
    ("said", "text", "corrected"),
    [
        ("I {go|went|verb_tense} home.", "I go home.", "I went home."),
        ("I have {|a|article|slip} cat.", "I have cat.", "I have a cat."),
        ("My mother {she||extra_word} works.", "My mother she works.", "My mother works."),
        ("{Is|Are|agreement} they {boring|bored|word_form}?", "Is they boring?", "Are they bored?"),
        ("Nothing wrong.", "Nothing wrong.", "Nothing wrong."),
        ("", "", ""),
    ],
)  # fmt: skip
def test_marks_give_text_and_correction(said: str, text: str, corrected: str) -> None:
    truth = marked(said)
    assert (truth.text, truth.corrected) == (text, corrected)
    for finding in truth.findings:
        assert text[finding.start : finding.end] == finding.said


def test_a_mark_tells_how_grave_the_mistake_is() -> None:
    (finding,) = marked("I have {|a|article|slip} cat.").findings
    assert finding.severity is Severity.SLIP
    assert finding.start == finding.end == len("I have ")


@pytest.mark.parametrize(
    "said", ["I {go|went} home.", "I {go home.", "{a|b|nonsense} c"]
)
def test_a_broken_mark_is_refused(said: str) -> None:
    with pytest.raises(ValueError, match=r"said\|better|nonsense"):
        marked(said)


def test_the_files_cover_levels_languages_and_first_languages() -> None:
    cases = read_cases()
    assert len(cases) >= 160
    taught = Counter(case.learner.l2 for case in cases)
    assert min(taught[language] for language in ("es", "fr", "de")) >= 8
    assert {case.learner.l1 for case in cases} >= {"ja", "es", "zh", "ar"}
    english = Counter(case.learner.level for case in cases if case.learner.l2 == "en")
    assert len(english) == 5
    assert min(english.values()) >= 20
    assert sum(bool(case.truth.findings) for case in cases) >= 80
    assert {kind for case in cases for kind in case.moves} >= set(MoveKind) - {
        MoveKind.OPEN
    }


def test_cases_expect_what_can_be_known() -> None:
    for case in read_cases():
        assert case.moves, case.id
        assert "  " not in case.truth.text + case.truth.corrected, case.id
        if not case.may_accuse:
            assert not case.knowable.findings, case.id
            assert MoveKind.ELICIT not in case.moves or case.truth.findings, case.id


ENTRY = {
    "id": "x", "level": "A1", "l1": "ja", "l2": "en", "lesson": "free", "said": "I buys it.",
    "moves": ["free"],
}  # fmt: skip


def test_unsure_words_are_heard_with_their_confidence() -> None:
    case = read_case({**ENTRY, "unsure": {"buys": 0.2}}, {"free": Lesson()})
    assert [word.confidence < 0.5 for word in case.turn.words] == [False, True, False]
    assert case.turn.words[1].text == "buys"


@pytest.mark.parametrize(
    "wrong",
    [{"moves": ["dance"]}, {"unsure": {"sells": 0.1}}, {"sayd": "x"}, {"lesson": "no"}],
)
def test_a_wrong_entry_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises((ValueError, KeyError)):
        read_case({**ENTRY, **wrong}, {"free": Lesson()})


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="gone.yaml"):
        read_lessons(tmp_path / "gone.yaml")


def test_a_lesson_is_planned_as_the_product_plans_it() -> None:
    learner = Learner("ja", "en", Level.A1)
    plan = read_lessons()["family"].plan(learner)
    phrase, word = plan.items
    assert (phrase.text, phrase.gloss) == ("look like", "")
    assert (word.text, word.gloss) == ("cousin", "the child of your aunt or uncle")
    assert "family" in plan.topic_words
    free = Lesson()
    assert free.plan(learner).items
    assert "It is good to see you" in free.opens(learner)


def test_what_learners_say_next_is_right_and_calls_for_nothing() -> None:
    for case in read_cases():
        text, learner = case.lesson.next, case.learner
        turn = LearnerTurn(text, words=heard_words(text), language=learner.l2)
        known = analyser(learner.l2, None).analyse(turn, learner)
        state = TalkState(minutes=3.0, last_reply=case.lesson.opens(learner))
        move = choose(turn, known, state, learner, case.plan)
        assert not known.findings, text
        assert (move.kind, move.situation) == (MoveKind.CONTINUE, ""), text


def test_turns_where_only_a_correction_will_do() -> None:
    cases = {case.id: case for case in read_cases()}
    assert cases["a1-ja-past-go"].must_correct
    assert not cases["a1-ja-article-slip"].must_correct
    assert not cases["a1-ja-unsure-verb"].must_correct
    assert cases["a1-ja-past-go"].kind == "elicit of a mistake"
    assert cases["a1-ja-silence"].kind == "encourage"


def test_past_turns_are_read_from_words() -> None:
    past = read_past("introduce item=the bill produced=a bill")
    assert past.turn.introduced == "the bill"
    assert past.turn.produced == ("a bill",)
    silent = read_past("encourage silent").turn
    assert (silent.move, silent.silent) == (MoveKind.ENCOURAGE, True)
    with pytest.raises(CaseError):
        read_past("elicit loudly")


def test_what_was_treated_is_named_as_the_analysis_names_it() -> None:
    findings = marked("I {go|went|verb_tense} home.").findings
    past = Past((read_past("elicit treated"), read_past("continue")), (), 2.0)
    assert past.state(findings).tries(findings[0].key) == 1
    assert past.state(()).turns[0].treated == ()
