"""Reviews of a learner: counted once, taken back, limited, on days of their own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.management import call_command
from pytest_django import Settings

from learners.models import LearnerProfile, ReviewCard, ReviewLog, ReviewSetting, User
from learners.review_selectors import (
    count_due,
    get_forecast,
    get_review_day,
    last_review,
    list_set_aside,
    memory_of,
)
from learners.services.reviews import (
    ReviewProblem,
    save_setting,
    suspend_card,
    undo_review,
)
from tests.factories.learners import LearnerFactory
from tests.factories.reviews import NOW, answered, card

pytestmark = pytest.mark.django_db
AGAIN, GOOD, EASY = 1, 3, 4
DAY = timedelta(days=1)


@pytest.fixture
def learner() -> User:
    """Somebody in Berlin."""
    user: User = LearnerFactory.create()
    LearnerProfile.objects.filter(user=user).update(time_zone="Europe/Berlin")
    return user


def day(learner: User, now: datetime = NOW) -> list[str]:
    found = get_review_day(learner_id=learner.pk, l2="en", now=now)
    return [one.back for one in found.cards]


def test_an_answer_sent_twice_counts_once(learner: User) -> None:
    first, key = card(learner), uuid4()
    version = memory_of(first).version
    once = answered(first, GOOD, key=key)
    twice = answered(first, EASY, key=key, version=version)
    assert twice.due_at == once.due_at
    assert ReviewLog.objects.count() == 1


def test_a_card_that_was_answered_elsewhere_keeps_that_answer(learner: User) -> None:
    first = card(learner)
    version = memory_of(first).version
    answered(first, GOOD)
    with pytest.raises(ReviewProblem) as refused:
        answered(first, AGAIN, version=version)
    assert refused.value.code == "review.changed"
    assert ReviewLog.objects.get().rating == GOOD


def test_undo_brings_back_what_was_and_keeps_the_log(learner: User) -> None:
    first, key = card(learner), uuid4()
    before = memory_of(first)
    answered(first, EASY, key=key)
    for _ in range(2):
        undone = undo_review(
            learner_id=learner.pk, card_uuid=first.uuid, client_key=key, now=NOW
        )
        assert memory_of(undone) == before
    assert ReviewLog.objects.get().undone_at == NOW
    assert day(learner) == ["coffee"]
    # What was taken back can be answered again, by its version of before.
    assert answered(undone, AGAIN, version=before.version).state == 1


def test_only_the_latest_answer_is_taken_back(learner: User) -> None:
    first, key = card(learner), uuid4()
    after = answered(first, GOOD, key=key)
    answered(after, GOOD, now=NOW + timedelta(minutes=10))
    with pytest.raises(ReviewProblem, match=r"review\.changed"):
        undo_review(
            learner_id=learner.pk, card_uuid=first.uuid, client_key=key, now=NOW
        )


def test_nobody_reviews_or_takes_back_for_others(learner: User) -> None:
    others = card(LearnerFactory.create())
    with pytest.raises(ReviewProblem, match=r"review\.gone"):
        undo_review(
            learner_id=learner.pk, card_uuid=others.uuid, client_key=uuid4(), now=NOW
        )
    with pytest.raises(ReviewProblem, match=r"review\.gone"):
        suspend_card(learner_id=learner.pk, card_uuid=others.uuid, aside=True, now=NOW)


def test_what_is_set_aside_is_not_asked_and_comes_back_as_it_was(learner: User) -> None:
    first = card(learner)
    suspend_card(learner_id=learner.pk, card_uuid=first.uuid, aside=True, now=NOW)
    assert day(learner) == []
    assert list_set_aside(learner_id=learner.pk, l2="en").get() == first
    with pytest.raises(ReviewProblem, match=r"review\.aside"):
        answered(first, GOOD)
    suspend_card(learner_id=learner.pk, card_uuid=first.uuid, aside=False, now=NOW)
    assert day(learner) == ["coffee"]


@pytest.mark.parametrize(
    ("ago", "at"),
    [
        (timedelta(hours=2), NOW - timedelta(hours=2)),
        (timedelta(hours=-5), NOW),
        (timedelta(days=400), NOW),
    ],
)
def test_what_waited_for_a_connection_counts_when_it_was_answered(
    learner: User, ago: timedelta, at: datetime
) -> None:
    first = card(learner, created_at=NOW - 30 * DAY)
    answered(first, GOOD, ago=ago)
    assert ReviewLog.objects.get().reviewed_at == at


def test_new_cards_are_few_a_day_and_the_cap_holds(learner: User) -> None:
    for n in range(8):
        card(learner, f"new {n}")
    save_setting(learner_id=learner.pk, retention=0.9, daily_cap=5, new_a_day=3)
    assert day(learner) == ["new 0", "new 1", "new 2"]
    answered(ReviewCard.objects.get(back="new 0"), EASY)
    assert day(learner) == ["new 1", "new 2"]
    for n in range(6):
        due = card(learner, f"due {n}", created_at=NOW - 61 * DAY)
        answered(due, EASY, now=NOW - 60 * DAY)
    found = get_review_day(learner_id=learner.pk, l2="en", now=NOW)
    # One of five is done, four are left: those that are due go before new ones.
    assert [one.back for one in found.cards] == ["due 0", "due 1", "due 2", "due 3"]
    assert (found.done, found.held_back) == (1, 2)
    assert len(day(learner, NOW + DAY)) == 5


def test_a_day_begins_at_the_learners_midnight(learner: User) -> None:
    save_setting(learner_id=learner.pk, retention=0.9, daily_cap=9, new_a_day=1)
    card(learner, "one")
    card(learner, "two")
    late = datetime(2026, 6, 1, 21, 30, tzinfo=UTC)
    answered(ReviewCard.objects.get(back="one"), EASY, now=late)
    assert day(learner, late) == []
    # Half past ten UTC is after midnight in Berlin.
    assert day(learner, late + timedelta(hours=1)) == ["two"]


def test_cards_on_their_way_come_again_whatever_the_cap(learner: User) -> None:
    save_setting(learner_id=learner.pk, retention=0.9, daily_cap=1, new_a_day=1)
    answered(card(learner), AGAIN)
    found = get_review_day(learner_id=learner.pk, l2="en", now=NOW)
    assert (len(found.cards), found.later) == (0, 1)
    assert day(learner, NOW + timedelta(minutes=2)) == ["coffee"]


def test_the_forecast_counts_days_of_the_calendar(learner: User) -> None:
    for n, days in enumerate((1, 1, 3, 6, 7, 30)):
        one = card(learner, f"card {n}")
        ReviewCard.objects.filter(pk=one.pk).update(
            state=2,
            stability=5.0,
            difficulty=5.0,
            last_review_at=NOW,
            due_at=NOW + days * DAY,
        )
    found = get_forecast(learner_id=learner.pk, l2="en", now=NOW, left=2)
    assert (found.today, found.tomorrow, found.week) == (2, 2, 6)
    assert count_due(learner_id=learner.pk, l2="en", now=NOW + DAY) == 2


def test_the_latest_review_of_today_can_be_taken_back(learner: User) -> None:
    answered(card(learner), GOOD)
    found = last_review(learner_id=learner.pk, l2="en", now=NOW + timedelta(hours=1))
    assert found is not None
    assert last_review(learner_id=learner.pk, l2="en", now=NOW + DAY) is None


def test_the_command_fits_who_has_enough_and_nobody_else(
    learner: User, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.REVIEWS = {**settings.REVIEWS, "FIT_FROM": 30}
    answered(card(LearnerFactory.create()), GOOD)
    for n in range(30):
        one = card(learner, f"card {n}")
        # Forgotten each time: nobody is like FSRS's average learner.
        for step in range(4):
            now = NOW + (n % 5 + 3 * step) * DAY
            one = answered(one, AGAIN if step % 2 else GOOD, now=now)
    call_command("fit_reviews")
    assert "Fitted: 1." in capsys.readouterr().out
    fitted = ReviewSetting.objects.get()
    assert fitted.learner == learner
    assert len(fitted.parameters) == 21
    assert fitted.fitted_at is not None
