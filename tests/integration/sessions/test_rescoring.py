"""Stored recordings are judged anew: what is chosen, what is replaced, what is said."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from inference import conf
from inference.types.audio import AudioClip
from learners.models import PhonemeMastery, User
from learners.services.profiles import set_recording_consent
from sessions.models import (
    PronunciationAssessment,
    ReadAloudAttempt,
    Recording,
    TutoringSession,
)
from sessions.readings import keep_reading
from sessions.recordings import absolute_path, recording_path, write_clip
from tests.factories.learners import LearnerFactory
from tests.factories.pronunciation import judged

NOW = datetime(2026, 5, 4, 10, 30, tzinfo=UTC)
HUM = AudioClip.from_float32(
    (0.3 * np.sin(np.arange(16_000) / 8)).astype(np.float32), 16_000
)


@pytest.fixture
def recorded(tutoring: TutoringSession) -> Recording:
    """A recorded utterance of a talk, never judged, and the tutor's answer."""
    turn = tutoring.turns.create(index=1, started_at=NOW)
    made = []
    for speaker, text in (("TUTOR", "Tea?"), ("LEARNER", "three cups")):
        said = turn.utterances.create(speaker=speaker, source="SPEECH", text=text)
        path = recording_path(
            session_uuid=tutoring.uuid, turn=1, speaker=speaker, attempt=0
        )
        made.append(
            Recording.objects.create(
                utterance=said,
                path=path,
                sample_rate_hz=16_000,
                duration_ms=1000,
                n_bytes=write_clip(HUM, path),
                created_at=NOW,
            )
        )
    return made[1]


@pytest.fixture
def read(learner: User) -> Recording:
    """A recorded reading, judged by an old model."""
    set_recording_consent(
        user=learner, stores_recordings=True, retention_days=30, now=NOW
    )
    attempt = keep_reading(
        learner_id=learner.pk,
        text="think so",
        language="en",
        heard="sink so",
        assessment=judged(),
        clip=HUM,
        now=NOW + timedelta(days=2),
    )
    return attempt.recording


def rescore(**options: Any) -> str:
    """Run the command; return what it said."""
    out = StringIO()
    call_command("rescore_sessions", stdout=out, **options)
    return " ".join(out.getvalue().split())


def models() -> list[str]:
    """Return the models of all assessments."""
    return sorted(PronunciationAssessment.objects.values_list("model", flat=True))


def test_talks_and_readings_are_judged_and_the_tutor_is_not(
    recorded: Recording, read: Recording
) -> None:
    assert rescore() == "2 judged 2 recordings"
    assert models() == ["frames-1", "scripted-1", "scripted-1"]
    made = PronunciationAssessment.objects.get(utterance=recorded.utterance)
    assert (made.text, made.source, made.spoken_at) == ("three cups", "HEARD", NOW)
    again = PronunciationAssessment.objects.get(
        reading=read.reading, model="scripted-1"
    )
    assert (again.text, again.source) == ("think so", "READ")


def test_running_again_changes_nothing(recorded: Recording, read: Recording) -> None:
    rescore()
    before = list(PhonemeMastery.objects.values("phoneme", "right", "attempts"))
    rescore()
    assert models() == ["frames-1", "scripted-1", "scripted-1"]
    after = list(PhonemeMastery.objects.values("phoneme", "right", "attempts"))
    assert [row["attempts"] for row in after] == [row["attempts"] for row in before]
    assert [row["right"] for row in after] == pytest.approx(
        [row["right"] for row in before]
    )


def test_mastery_follows_the_new_judgement(
    recorded: Recording, read: Recording
) -> None:
    assert PhonemeMastery.objects.filter(phoneme="\u03b8").exists()
    rescore()
    # The scripted scorer knows letters, not this phoneme.
    assert not PhonemeMastery.objects.filter(phoneme="\u03b8").exists()
    assert PhonemeMastery.objects.get(phoneme="h").attempts == 2


@pytest.mark.parametrize(
    ("options", "n"),
    [
        ({"since": "2026-05-05"}, 1),
        ({"since": "2026-05-04T10:30:00+00:00"}, 2),
        ({"since": "2027-01-01"}, 0),
        ({"model_other_than": "frames-1"}, 1),
        ({"model_other_than": "frames-9"}, 2),
    ],
)
def test_it_can_be_narrowed_down(
    recorded: Recording, read: Recording, options: dict[str, str], n: int
) -> None:
    assert rescore(**options).endswith(f"{n} recordings")


def test_one_learner_can_be_chosen(
    recorded: Recording, read: Recording, learner: User
) -> None:
    other: User = LearnerFactory.create()
    assert rescore(learner=other.email) == "0 recordings"
    assert rescore(learner=learner.email).endswith("2 recordings")


@pytest.mark.parametrize(
    "options", [{"learner": "nobody@example.org"}, {"since": "soon"}]
)
@pytest.mark.django_db
def test_a_choice_that_makes_no_sense_is_refused(options: dict[str, str]) -> None:
    with pytest.raises(CommandError):
        rescore(**options)


def test_what_cannot_be_judged_is_counted_and_passed_over(
    recorded: Recording, read: Recording
) -> None:
    absolute_path(recorded.path).unlink()
    ReadAloudAttempt.objects.update(text="")
    assert rescore() == "1 without a file 1 without words 2 recordings"


def test_a_scorer_that_fails_leaves_what_was_there(
    read: Recording, settings: Any
) -> None:
    settings.INFERENCE["ENGINES"]["scorer"]["OPTIONS"] = {"failures": 1}
    conf.shutdown()
    assert rescore() == "1 failed 1 recordings"
    assert models() == ["frames-1"]
