"""Pronunciation is kept once a model, counts once, and goes with the speech."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime

import pytest
from channels.db import database_sync_to_async
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from inference.types.assessment import (
    AssessmentOutcome,
    PromptSource,
    Verdict,
)
from inference.types.assessment import (
    PronunciationAssessment as Value,
)
from learners.models import PhonemeMastery, PracticeEvidence, User
from learners.selectors import list_phoneme_mastery
from sessions.assessments import (
    attempts_in,
    keep_assessment,
    withdraw_assessments,
)
from sessions.models import PronunciationAssessment, TutoringSession, Utterance
from sessions.models.pronunciation import latest_value
from sessions.repository import DatabaseTurnRepository
from sessions.selectors import get_review
from sessions.turns.context import LearnerWords
from sessions.turns.events import Outcome, Source
from sessions.turns.repository import TurnRecord
from tests.factories.pronunciation import judged, phoneme, word

NOW = datetime(2026, 5, 4, 10, 30, tzinfo=UTC)
THETA = "\u03b8"


@pytest.fixture
def said(tutoring: TutoringSession) -> Utterance:
    """What the learner said in a turn."""
    turn = tutoring.turns.create(index=1, started_at=NOW)
    return Utterance.objects.create(
        turn=turn, speaker="LEARNER", source="SPEECH", text="think so"
    )


def keep(said: Utterance, value: Value) -> PronunciationAssessment:
    """Keep an assessment of it."""
    return keep_assessment(
        speech=said,
        learner_id=said.turn.session.learner_id,
        value=value,
        spoken_at=NOW,
        now=timezone.now(),
    )


def mastery(learner: User) -> dict[str, tuple[float, float, int]]:
    """Return alpha, beta and attempts of each phoneme."""
    found = list_phoneme_mastery(learner_id=learner.pk, language="en", now=NOW)
    return {s.phoneme: (s.alpha, s.beta, s.attempts) for s in found}


def test_what_comes_back_is_what_was_kept_but_for_the_voice(said: Utterance) -> None:
    keep(said, judged())
    row = PronunciationAssessment.objects.get()
    assert row.value() == replace(judged(), voice=None)
    assert row.text == "think so"
    assert row.total == 70.5


def test_no_voice_print_and_no_features_have_a_place() -> None:
    columns = {field.name for field in PronunciationAssessment._meta.get_fields()}
    kept = {field.name for field in fields(Value)} | {
        *("accuracy", "fluency", "prosody", "total", "margin"),
        *("id", "uuid", "learner", "utterance", "reading", "spoken_at", "created_at"),
    }
    assert columns == kept - {"voice", "scores"}


def test_every_outcome_and_source_can_be_stored(said: Utterance) -> None:
    for outcome in AssessmentOutcome:
        for source in PromptSource:
            keep(said, replace(judged(), outcome=outcome, source=source))
            row = PronunciationAssessment.objects.get()
            assert row.outcome in PronunciationAssessment.Outcome.values
            assert row.value().outcome is outcome
            assert row.value().source is source
    assert len(PronunciationAssessment.Outcome.values) == len(AssessmentOutcome)


def test_what_was_not_judged_keeps_no_scores_even_if_it_has_some(
    said: Utterance,
) -> None:
    keep(said, replace(judged(), outcome=AssessmentOutcome.NOISE))
    row = PronunciationAssessment.objects.get()
    assert (row.words, row.total) == ([], None)
    assert not PhonemeMastery.objects.exists()


@pytest.mark.parametrize(
    "changed",
    [
        {"outcome": "NOISE", "words": []},
        {"outcome": "NOISE", "words": [{}], **dict.fromkeys(
            ("accuracy", "fluency", "prosody", "total", "margin")
        )},
        {"total": 101.0},
        {"total": -1.0},
        {"total": None},
        {"utterance": None},
    ],
    ids=["scores", "words", "too good", "below nothing", "half", "of nothing"],
)  # fmt: skip
def test_the_database_refuses_what_cannot_be(
    said: Utterance, changed: dict[str, object]
) -> None:
    row = keep(said, judged())
    with pytest.raises(IntegrityError), transaction.atomic():
        PronunciationAssessment.objects.filter(pk=row.pk).update(**changed)


def test_a_row_that_was_altered_by_hand_is_left_out(said: Utterance) -> None:
    row = keep(said, judged())
    PronunciationAssessment.objects.filter(pk=row.pk).update(words=[{"text": "x"}])
    assert latest_value(PronunciationAssessment.objects.all()) is None


def test_keeping_twice_keeps_one_and_counts_once(
    said: Utterance, learner: User
) -> None:
    first = keep(said, judged())
    again = keep(said, judged())
    assert (again.pk, again.uuid) == (first.pk, first.uuid)
    assert mastery(learner)[THETA] == pytest.approx((1.2, 1.8, 1))


def test_the_same_model_again_replaces_another_model_stands_beside(
    said: Utterance, learner: User
) -> None:
    keep(said, judged())
    better = replace(judged(), words=(word(0, "think", phoneme(THETA, 0.1)),))
    keep(said, better)
    assert PronunciationAssessment.objects.count() == 1
    assert set(mastery(learner)) == {THETA}
    keep(said, judged(model="frames-2"))
    assert PronunciationAssessment.objects.count() == 2
    latest = latest_value(said.assessments.all())
    assert latest is not None
    assert latest.model == "frames-2"
    assert mastery(learner)[THETA][2] == 1


def test_only_confident_judgements_count() -> None:
    value = replace(
        judged(),
        words=(
            word(0, "as", phoneme("z"), weak=True),
            word(1, "missed", verdict=Verdict.MISSED),
            word(2, "what", phoneme("w"), verdict=Verdict.UNSURE),
            word(3, "so", phoneme("s"), phoneme("t", verdict=Verdict.UNSURE)),
            word(4, "so", phoneme("s", 0.4)),
        ),
    )
    (found,) = attempts_in(value).items()
    assert found[0] == "s"
    assert (found[1].right, found[1].n) == pytest.approx((1.58, 2))
    assert attempts_in(replace(value, outcome=AssessmentOutcome.UNSURE)) == {}


def test_without_probabilities_the_verdict_counts() -> None:
    value = replace(
        judged(),
        words=(
            word(
                0,
                "hola",
                phoneme("o", None),
                phoneme("l", None, verdict=Verdict.CLOSE),
                phoneme("a", None, verdict=Verdict.WORK),
            ),
        ),
    )
    counted = {ipa: made.wrong for ipa, made in attempts_in(value).items()}
    assert counted == {"o": 0.0, "l": 0.5, "a": 1.0}


def test_withdrawing_takes_everything_back(said: Utterance, learner: User) -> None:
    keep(said, judged())
    keep(said, judged(model="frames-2"))
    withdraw_assessments(speech=said)
    assert not PronunciationAssessment.objects.exists()
    assert mastery(learner) == {}


def test_one_model_less_leaves_what_the_other_counted(
    said: Utterance, learner: User
) -> None:
    keep(said, judged()).delete()
    assert mastery(learner) == {}
    first = keep(said, judged())
    keep(said, judged(model="frames-2"))
    first.delete()
    assert THETA in mastery(learner)


def test_assessments_go_with_their_session(
    said: Utterance, tutoring: TutoringSession, learner: User
) -> None:
    keep(said, judged())
    tutoring.delete()
    assert not PronunciationAssessment.objects.exists()
    assert mastery(learner) == {}


def test_assessments_go_with_the_account(said: Utterance, learner: User) -> None:
    keep(said, judged())
    learner.delete()
    for model in (PronunciationAssessment, PhonemeMastery, PracticeEvidence):
        assert not model.objects.exists()


def test_they_stay_with_the_words_when_the_sound_is_purged(said: Utterance) -> None:
    keep(said, judged())
    call_command("purge_sessions")
    assert PronunciationAssessment.objects.exists()


def test_the_review_has_the_latest(said: Utterance, tutoring: TutoringSession) -> None:
    keep(said, judged())
    keep(said, judged(model="frames-2"))
    (turn,) = get_review(session_uuid=tutoring.uuid).turns
    found = turn.utterances[0].assessment
    assert found is not None
    assert found.model == "frames-2"


SPOKEN = LearnerWords("think so", Source.SPEECH, language="en", assessment=judged())
RECORD = TurnRecord(
    index=1,
    attempt=0,
    started_at=NOW,
    learner=SPOKEN,
    learner_clip=None,
    outcome=Outcome.COMPLETED,
    ended_at=NOW,
)


async def test_a_turn_keeps_and_brings_back_how_it_was_said(
    tutoring: TutoringSession, learner: User
) -> None:
    repository = DatabaseTurnRepository(session_uuid=tutoring.uuid)
    unheard = replace(RECORD, learner=replace(SPOKEN, assessment=None), outcome=None)
    for record in (unheard, RECORD, RECORD):
        await repository.save(record)
    (turn,) = await repository.load()
    assert turn.learner is not None
    assert turn.learner.assessment == replace(judged(), voice=None)
    found = await database_sync_to_async(mastery)(learner)
    assert found["s"][2] == 1


async def test_words_that_were_changed_lose_their_scores(
    tutoring: TutoringSession, learner: User
) -> None:
    repository = DatabaseTurnRepository(session_uuid=tutoring.uuid)
    await repository.save(RECORD)
    corrected = LearnerWords("I sink so", Source.CORRECTED, heard_as="think so")
    await repository.save(replace(RECORD, attempt=1, learner=corrected))
    (turn,) = await repository.load()
    assert turn.learner == corrected
    assert await database_sync_to_async(mastery)(learner) == {}
