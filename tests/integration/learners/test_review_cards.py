"""Cards make themselves from what was learned, once, and go with it."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from learners.models import (
    ErrorLedgerEntry,
    LessonProgress,
    PhonemeMastery,
    ReviewCard,
    User,
)
from learners.services.course_progress import mark_read
from learners.services.kept_words import keep_word, remove_kept_word
from learners.services.memory_choices import forget_memory
from learners.services.review_cards import refresh_cards
from sessions.services import end_session, start_session
from tests.factories.exercises import mistake
from tests.factories.learners import LearnerFactory
from tests.factories.lessons import LessonFactory
from tests.factories.reviews import NOW, WORDS, answered, lesson_read

pytestmark = pytest.mark.django_db


@pytest.fixture
def learner() -> User:
    """Whose cards they are."""
    user: User = LearnerFactory.create()
    return user


def refresh(learner: User) -> list[ReviewCard]:
    refresh_cards(learner_id=learner.pk, l2="en", now=NOW)
    return list(ReviewCard.objects.filter(learner=learner).exclude(kind="contrast"))


def by_kind(cards: list[ReviewCard]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in cards:
        found.setdefault(one.kind, []).append(one.back)
    return found


def keep(learner: User, text: str, sentence: str = "", meaning: str = "") -> None:
    keep_word(
        learner_id=learner.pk, l2="en", text=text, meaning=meaning, sentence=sentence,
        session=uuid4(), now=NOW,
    )  # fmt: skip


def test_a_lesson_that_was_read_gives_words_and_patterns_once(learner: User) -> None:
    LessonFactory.create(words=[{"word": "unread", "gloss": "x", "example": "x"}])
    lesson_read(learner)
    first = refresh(learner)
    assert by_kind(first) == {
        "word": ["coffee", "price"], "pattern": ["I'd like …, please."],
    }  # fmt: skip
    times = {one.uuid: one.created_at for one in first}
    assert {one.uuid: one.created_at for one in refresh(learner)} == times


def test_a_lesson_only_begun_or_in_another_language_gives_none(learner: User) -> None:
    lesson = lesson_read(learner)
    LessonProgress.objects.update(read_at=None)
    assert refresh(learner) == []
    LessonProgress.objects.update(read_at=NOW)
    type(lesson.course).objects.update(l2="de")
    assert refresh(learner) == []


def test_the_same_word_of_a_lesson_and_of_a_talk_is_one_card(learner: User) -> None:
    lesson_read(learner)
    keep(learner, "Coffee", "I like coffee.", "something hot")
    keep(learner, "umbrella", "Take an umbrella with you.")
    words = [one for one in refresh(learner) if one.kind == "word"]
    assert sorted(one.back for one in words) == ["coffee", "price", "umbrella"]
    umbrella = next(one for one in words if one.back == "umbrella")
    assert "umbrella" not in umbrella.front + umbrella.data.get("clue", "")


def test_a_sentence_follows_its_mistake_and_goes_with_it(learner: User) -> None:
    entry = mistake(learner)
    (made,) = refresh(learner)
    assert (made.kind, made.front, made.back) == (
        "sentence",
        entry.sentence,
        entry.corrected,
    )
    after = answered(made, 4)
    ErrorLedgerEntry.objects.update(
        sentence="He go home.", corrected="He goes home.", said="go", better="goes"
    )
    (changed,) = refresh(learner)
    assert changed.back == "He goes home."
    assert changed.due_at == after.due_at
    ErrorLedgerEntry.objects.all().delete()
    assert refresh(learner) == []


def test_what_was_reviewed_stays_when_its_lesson_goes(learner: User) -> None:
    lesson = lesson_read(learner)
    answered(next(one for one in refresh(learner) if one.back == "coffee"), 3)
    lesson.delete()
    assert [one.back for one in refresh(learner)] == ["coffee"]


def test_a_word_no_longer_kept_is_not_asked_until_it_is_kept_again(
    learner: User,
) -> None:
    keep(learner, "umbrella", "Take an umbrella.", "against rain")
    (made,) = refresh(learner)
    after = answered(made, 4)
    remove_kept_word(learner_id=learner.pk, l2="en", text="umbrella")
    (aside,) = refresh(learner)
    assert aside.suspended_at is not None
    keep(learner, "umbrella", "Take an umbrella.", "against rain")
    (back,) = refresh(learner)
    assert (back.suspended_at, back.due_at) == (None, after.due_at)


def test_forgetting_everything_forgets_the_cards(learner: User) -> None:
    mistake(learner)
    assert refresh(learner)
    forget_memory(learner_id=learner.pk)
    assert not ReviewCard.objects.exists()


def test_reading_a_lesson_and_ending_a_talk_make_cards(
    learner: User, django_capture_on_commit_callbacks: Any
) -> None:
    lesson = LessonFactory.create(words=WORDS)
    with django_capture_on_commit_callbacks(execute=True):
        mark_read(learner_id=learner.pk, lesson=lesson, now=NOW)
    assert ReviewCard.objects.filter(kind="word").count() == 2
    mistake(learner)
    session = start_session(learner_id=learner.pk, lesson_uuid=None, now=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        end_session(session_uuid=session.uuid, reason="LEARNER", now=NOW)
    assert ReviewCard.objects.filter(kind="sentence").count() == 1


def test_a_weak_sound_gives_words_to_tell_apart(learner: User) -> None:
    PhonemeMastery.objects.create(
        learner=learner,
        language="en",
        phoneme="ɪ",
        right=2,
        wrong=28,
        attempts=30,
        as_of=NOW,
    )
    refresh_cards(learner_id=learner.pk, l2="en", now=NOW)
    contrasts = ReviewCard.objects.filter(kind="contrast")
    assert "ɪ" in {one.data["sounds"][0] for one in contrasts}
    for one in contrasts:
        assert one.back == one.data["words"][0] != one.data["words"][1]
