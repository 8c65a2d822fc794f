"""Placements in the database: counted once, resumed, and what they do to the level."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from learners.models import LearnerProfile, LevelEstimate, PlacementTest, User
from learners.placement_state import belief_of, current_item, current_question
from learners.placement_words import level_sentence
from learners.services.placement import (
    AnswerOutcome,
    PlacementProblem,
    add_reading,
    add_talk,
    answer_item,
    begin_placement,
    choose_level,
    overrule_level,
)
from tests.factories.learners import LearnerFactory
from tutor.learner import Level
from tutor.placement.bank_file import read_bank
from tutor.placement.choosing import FEWEST, MOST

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
TALK = "I live in a small house with my family and I work in a big hotel. " * 4


@pytest.fixture
def learner() -> User:
    """Return somebody who learns English and is at A2."""
    user: User = LearnerFactory.create()
    return user


def _answer(test: PlacementTest, *, knows: Level | None, now: datetime = NOW) -> str:
    item = current_item(test)
    assert item is not None
    right = knows is not None and item.level.rank <= knows.rank
    return answer_item(
        learner_id=test.learner_id,
        test_uuid=test.uuid,
        item=item.key,
        choice=item.right if right else "",
        now=now,
    )


def _finished(
    learner: User, *, knows: Level | None, now: datetime = NOW
) -> PlacementTest:
    test = begin_placement(learner_id=learner.pk, now=now)
    while _answer(test, knows=knows, now=now) != AnswerOutcome.FINISHED:
        assert test.answers.count() < MOST
    test.refresh_from_db()
    return test


def _level(learner: User) -> str:
    return LearnerProfile.objects.get(user=learner).level


def test_a_placement_ends_with_a_level_in_the_profile_and_its_source(
    learner: User,
) -> None:
    test = _finished(learner, knows=Level.B2)
    assert FEWEST <= test.answers.count() <= MOST
    assert test.level in ("B1", "B2", "C1")
    assert test.level_low <= test.level <= test.level_high
    assert _level(learner) == test.level
    estimate = LevelEstimate.objects.get()
    assert (estimate.source, estimate.level) == ("PLACEMENT", test.level)
    assert estimate.said_at == test.finished_at


def test_two_devices_answer_the_same_item_once(learner: User) -> None:
    test = begin_placement(learner_id=learner.pk, now=NOW)
    again = begin_placement(learner_id=learner.pk, now=NOW)
    assert again == test
    item = current_item(test)
    assert item is not None
    sent = [
        answer_item(
            learner_id=learner.pk,
            test_uuid=test.uuid,
            item=item.key,
            choice=choice,
            now=NOW,
        )
        for choice in (item.right, item.wrong[0])
    ]
    assert sent == [AnswerOutcome.COUNTED, AnswerOutcome.STALE]
    assert test.answers.get().is_right


def test_the_last_answer_sent_twice_leaves_the_result(learner: User) -> None:
    test = _finished(learner, knows=None)
    last = test.answers.last()
    assert last is not None
    sent = answer_item(
        learner_id=learner.pk, test_uuid=test.uuid, item=last.item, choice="", now=NOW
    )
    assert sent == AnswerOutcome.STALE
    assert LevelEstimate.objects.count() == 1


def test_an_answer_that_is_none_of_the_choices_is_refused(learner: User) -> None:
    test = begin_placement(learner_id=learner.pk, now=NOW)
    item = current_item(test)
    assert item is not None
    with pytest.raises(PlacementProblem, match="none of the answers"):
        answer_item(
            learner_id=learner.pk,
            test_uuid=test.uuid,
            item=item.key,
            choice="x" * 5000,
            now=NOW,
        )
    assert not test.answers.exists()


def test_nobody_answers_for_somebody_else(learner: User) -> None:
    test = begin_placement(learner_id=learner.pk, now=NOW)
    other: User = LearnerFactory.create()
    with pytest.raises(PlacementTest.DoesNotExist):
        answer_item(
            learner_id=other.pk, test_uuid=test.uuid, item="x", choice="", now=NOW
        )


def test_days_later_one_goes_on_and_after_weeks_one_begins_anew(learner: User) -> None:
    test = begin_placement(learner_id=learner.pk, now=NOW)
    _answer(test, knows=Level.B1)
    question = current_question(test)
    later = begin_placement(learner_id=learner.pk, now=NOW + timedelta(days=9))
    assert later == test
    assert current_question(later) == question
    anew = begin_placement(learner_id=learner.pk, now=NOW + timedelta(days=15))
    assert anew != test
    test.refresh_from_db()
    assert test.state == PlacementTest.State.SKIPPED
    assert test.answers.count() == 1


def test_a_clock_that_goes_back_does_no_harm(learner: User) -> None:
    test = begin_placement(learner_id=learner.pk, now=NOW)
    _answer(test, knows=Level.B1)
    early = NOW - timedelta(days=30)
    assert begin_placement(learner_id=learner.pk, now=early) == test
    assert _answer(test, knows=Level.B1, now=early) == AnswerOutcome.COUNTED


def test_a_second_placement_asks_other_items(learner: User) -> None:
    first = _finished(learner, knows=Level.B1)
    second = _finished(learner, knows=Level.B1, now=NOW + timedelta(days=1))
    seen = set(first.answers.values_list("item", flat=True))
    assert not seen & set(second.answers.values_list("item", flat=True))


def test_a_language_without_items_is_said_to_be_so(learner: User) -> None:
    LearnerProfile.objects.update(l2="ja")
    with pytest.raises(PlacementProblem) as caught:
        begin_placement(learner_id=learner.pk, now=NOW)
    assert caught.value.code == "placement.no_bank"
    choose_level(learner_id=learner.pk, level="B1", now=NOW)
    assert _level(learner) == "B1"


def test_speech_moves_the_level_a_little_and_in_place(learner: User) -> None:
    test = _finished(learner, knows=Level.B1)
    before = test.ability
    assert before is not None
    soon = NOW + timedelta(minutes=2)
    add_reading(
        learner_id=learner.pk, test_uuid=test.uuid, reading=None, score=95, now=soon
    )
    test.refresh_from_db()
    assert test.ability is not None
    assert before < test.ability < before + 0.6
    assert add_talk(learner_id=learner.pk, test_uuid=test.uuid, text=TALK, now=soon)
    test.refresh_from_db()
    assert test.talk_text
    assert test.ability == pytest.approx(belief_of(test).mean)
    estimate = LevelEstimate.objects.get()
    assert estimate.ability == test.ability


def test_a_talk_of_few_words_counts_nothing(learner: User) -> None:
    test = _finished(learner, knows=Level.B1)
    assert not add_talk(
        learner_id=learner.pk, test_uuid=test.uuid, text="Hello.", now=NOW
    )
    test.refresh_from_db()
    assert test.talk_rank is None


def test_speech_before_the_items_or_days_after_is_refused(learner: User) -> None:
    test = begin_placement(learner_id=learner.pk, now=NOW)
    for moment in (NOW, NOW + timedelta(days=3)):
        with pytest.raises(PlacementProblem):
            add_talk(learner_id=learner.pk, test_uuid=test.uuid, text=TALK, now=moment)
        test = test if test.state == "FINISHED" else _finished(learner, knows=Level.A2)


def test_what_was_said_last_counts(learner: User) -> None:
    test = _finished(learner, knows=Level.A1)
    choose_level(learner_id=learner.pk, level="B2", now=NOW + timedelta(minutes=1))
    # Speech of the placement comes after the learner's own word: that word stays.
    add_reading(
        learner_id=learner.pk,
        test_uuid=test.uuid,
        reading=None,
        score=50,
        now=NOW + timedelta(minutes=2),
    )
    assert _level(learner) == "B2"
    teacher: User = LearnerFactory.create(role=User.Role.TEACHER)
    overrule_level(
        learner_id=learner.pk, level="B1", said_by=teacher, now=timezone.now()
    )
    assert _level(learner) == "B1"
    sources = list(LevelEstimate.objects.values_list("source", flat=True))
    assert sources == ["PLACEMENT", "OWN", "TEACHER"]


def test_saying_the_level_ends_a_placement_under_way(learner: User) -> None:
    test = begin_placement(learner_id=learner.pk, now=NOW)
    choose_level(learner_id=learner.pk, level="A1", now=NOW)
    test.refresh_from_db()
    assert test.state == PlacementTest.State.SKIPPED
    assert begin_placement(learner_id=learner.pk, now=NOW) != test


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        ("B1", "B1", "You are about B1."),
        ("A2", "B1", "You are about B1; it may be A2."),
        ("A2", "B2", "You are about B1; it may be A2 or B2."),
        ("A1", "B2", "You are about B1; it may be A1, A2 or B2."),
    ],
)
def test_uncertainty_is_said_in_words(low: str, high: str, words: str) -> None:
    test = PlacementTest(level="B1", level_low=low, level_high=high)
    assert level_sentence(test) == words


def test_answers_of_finished_placements_move_the_items(learner: User) -> None:
    done = _finished(learner, knows=Level.B2)
    other: User = LearnerFactory.create()
    _answer(begin_placement(learner_id=other.pk, now=NOW), knows=None)
    out = StringIO()
    call_command("refine_placement", "en", stdout=out)
    lines = dict(line.split("\t") for line in out.getvalue().splitlines())
    bank = read_bank("en")
    assert lines.keys() == bank.items.keys()
    moved = {
        key
        for key, item in bank.items.items()
        if lines[key] != f"{item.difficulty:.2f}"
    }
    assert moved
    assert moved <= set(done.answers.values_list("item", flat=True))
    with pytest.raises(CommandError, match="no placement items"):
        call_command("refine_placement", "ja")
