"""Mastery counts each stretch of speech once, in any order, and forgets with time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from learners.mastery import HALF_LIFE_DAYS, Attempts, SoundMastery
from learners.models import PhonemeMastery, PracticeEvidence, User
from learners.selectors import get_learner_id, list_phoneme_mastery
from learners.services.mastery import forget_attempts, record_attempts
from tests.factories.learners import LearnerFactory

NOW = datetime(2026, 5, 4, 10, 30, tzinfo=UTC)
RIGHT = Attempts(1.0, 0.0, 1)
WRONG = Attempts(0.0, 1.0, 1)


def record(
    learner: User,
    source: str,
    at: datetime = NOW,
    language: str = "en",
    **made: Attempts,
) -> None:
    """Count the attempts of a stretch of speech."""
    record_attempts(
        learner_id=learner.pk,
        language=language,
        source=source,
        attempts=made,
        spoken_at=at,
    )


def sounds(learner: User, at: datetime = NOW) -> dict[str, SoundMastery]:
    """Return what is believed of each phoneme."""
    listed = list_phoneme_mastery(learner_id=learner.pk, language="en", now=at)
    return {sound.phoneme: sound for sound in listed}


@pytest.fixture
def learner(db: None) -> User:
    """Somebody who practises."""
    user: User = LearnerFactory.create()
    return user


def test_the_weakest_sound_comes_first(learner: User) -> None:
    record(learner, "one", s=Attempts(9.0, 1.0, 10), r=Attempts(2.0, 8.0, 10))
    listed = list_phoneme_mastery(learner_id=learner.pk, language="en", now=NOW)
    assert [sound.phoneme for sound in listed] == ["r", "s"]
    assert (listed[0].alpha, listed[0].beta) == (3.0, 9.0)
    assert listed[0].attempts == 10


def test_the_same_speech_counts_once(learner: User) -> None:
    for _ in range(3):
        record(learner, "one", s=RIGHT)
    assert (sounds(learner)["s"].alpha, sounds(learner)["s"].attempts) == (2.0, 1)


def test_speech_judged_anew_replaces_what_it_counted(learner: User) -> None:
    record(learner, "one", s=RIGHT, r=WRONG)
    record(learner, "two", s=RIGHT)
    record(learner, "one", s=WRONG)
    found = sounds(learner)
    assert set(found) == {"s"}
    assert (found["s"].alpha, found["s"].beta) == (2.0, 2.0)


def test_speech_that_tells_nothing_takes_back_what_it_counted(learner: User) -> None:
    record(learner, "one", s=RIGHT)
    record(learner, "one")
    assert sounds(learner) == {}
    assert not PracticeEvidence.objects.exists()


def test_languages_and_learners_do_not_mix(learner: User) -> None:
    other: User = LearnerFactory.create()
    record(learner, "one", s=RIGHT)
    record(learner, "two", language="es", s=WRONG)
    record(other, "one", s=WRONG)
    forget_attempts(learner_id=other.pk, source="one")
    assert sounds(learner)["s"].beta == 1.0
    assert sounds(other) == {}


def test_old_evidence_counts_less_today(learner: User) -> None:
    record(learner, "one", s=Attempts(8.0, 0.0, 8))
    later = NOW + timedelta(days=HALF_LIFE_DAYS)
    assert sounds(learner, later)["s"].alpha == pytest.approx(5.0)
    width = [
        s.high - s.low for s in (sounds(learner)["s"], sounds(learner, later)["s"])
    ]
    assert width[0] < width[1]


def test_a_clock_that_went_back_is_survived(learner: User) -> None:
    record(learner, "one", s=RIGHT)
    assert sounds(learner, NOW - timedelta(days=400))["s"].alpha == 2.0


def test_mastery_goes_with_the_account(learner: User) -> None:
    record(learner, "one", s=RIGHT)
    learner.delete()
    assert not PhonemeMastery.objects.exists()
    assert not PracticeEvidence.objects.exists()


def test_a_learner_is_found_by_address(learner: User) -> None:
    assert get_learner_id(email=learner.email.upper()) == learner.pk
    with pytest.raises(LookupError):
        get_learner_id(email="nobody@example.org")


class AnyOrder(TestCase):
    """Attempts may be added and taken back in any order."""

    @settings(max_examples=20, deadline=None)
    @given(
        made=st.lists(
            st.tuples(
                st.floats(0, 5), st.floats(0, 5), st.integers(0, 300), st.booleans()
            ),
            min_size=1,
            max_size=6,
        ),
        order=st.randoms(use_true_random=False),
    )
    def test_only_what_is_left_counts(self, made, order):  # type: ignore[no-untyped-def]
        learner = LearnerFactory.create()
        steps = list(enumerate(made))
        order.shuffle(steps)
        for i, (right, wrong, day, _) in steps:
            at = NOW + timedelta(days=day)
            record(learner, str(i), at, s=Attempts(right, wrong, 1))
        order.shuffle(steps)
        for i, (_, _, _, stays) in steps:
            if not stays:
                forget_attempts(learner_id=learner.pk, source=str(i))
        end = NOW + timedelta(days=400)
        found = sounds(learner, end).get("s")
        left = [
            (right, wrong, 0.5 ** ((400 - day) / HALF_LIFE_DAYS))
            for right, wrong, day, stays in made
            if stays
        ]
        assert (found is None) == (not left)
        if found is not None:
            right = sum(r * kept for r, _, kept in left)
            assert found.alpha - 1 == pytest.approx(right, rel=1e-6, abs=1e-6)
            assert found.attempts == len(left)
