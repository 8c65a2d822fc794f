"""A talk that is taken up: who may write, and what is not heard twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from schools import site_settings
from sessions.generations import generations_of, take_up
from sessions.models import TalkStretch, Turn, TutoringSession
from sessions.quota_places import Gate, admit, beat, count_open, end_stretch
from sessions.repository import DatabaseTurnRepository
from sessions.turns.context import LearnerWords
from sessions.turns.events import Outcome, Source
from sessions.turns.repository import TalkTaken, TurnRecord

NOW = datetime(2026, 5, 4, 10, 30, tzinfo=UTC)
TEA = TurnRecord(
    index=1,
    attempt=0,
    started_at=NOW,
    learner=LearnerWords("I drink tea", Source.TEXT),
    learner_clip=None,
    mic_end_frame=250,
    client_id="one",
)


def repository(talk: TutoringSession) -> DatabaseTurnRepository:
    """Return the storage of the latest live session of a talk."""
    generation = take_up(session_uuid=talk.uuid)
    return DatabaseTurnRepository(session_uuid=talk.uuid, generation=generation)


def test_only_the_latest_live_session_writes(tutoring: TutoringSession) -> None:
    earlier = repository(tutoring)
    earlier.save_now(TEA)
    latest = repository(tutoring)
    cake = replace(TEA, index=2, learner=LearnerWords("I eat cake", Source.TEXT))
    with pytest.raises(TalkTaken):
        earlier.save_now(cake)
    with pytest.raises(TalkTaken):
        earlier._end("LEARNER", NOW)
    latest.save_now(cake)
    assert [turn.index for turn in latest.load_now()] == [1, 2]
    tutoring.refresh_from_db()
    assert tutoring.status == TutoringSession.Status.ACTIVE
    assert generations_of([tutoring.uuid, UUID(int=1)]) == {tutoring.uuid: 2}


def test_what_a_page_sends_again_is_known_by_its_turn(
    tutoring: TutoringSession,
) -> None:
    first = repository(tutoring)
    first.save_now(TEA)
    worded = replace(TEA, reply_text="I like tea, too.")
    first.save_now(worded)
    (stored,) = repository(tutoring).load_now()
    assert (stored.mic_end_frame, stored.client_id) == (250, "one")
    assert (stored.tutor_text, stored.outcome) == ("I like tea, too.", None)
    # Answered again: nothing new was spoken, so what is known of the sound stands.
    again = replace(
        worded, attempt=1, outcome=Outcome.COMPLETED, mic_end_frame=None, client_id=""
    )
    repository(tutoring).save_now(again)
    turn = Turn.objects.get()
    assert (turn.mic_end_frame, turn.client_id) == (250, "one")
    assert turn.state == Turn.State.COMPLETED


def test_a_talk_that_moves_keeps_its_place_in_a_full_site(
    tutoring: TutoringSession,
) -> None:
    site_settings.change(values={"concurrent_sessions": 1}, by=None, now=timezone.now())
    now = timezone.now()
    look, first = admit(session_uuid=tutoring.uuid, now=now)
    assert look.gate is Gate.OPEN
    assert first is not None
    waiting = TutoringSession.objects.create(
        learner_id=tutoring.learner_id, l1="es", l2="en", level="B1",
        started_at=now, last_seen_at=now,
    )  # fmt: skip
    assert admit(session_uuid=waiting.uuid, now=now)[0].gate is Gate.FULL
    # Its server was killed; another one takes it up.
    later = now + timedelta(seconds=5)
    look, second = admit(session_uuid=tutoring.uuid, now=later)
    assert look.gate is Gate.OPEN
    assert second is not None
    with pytest.raises(TalkTaken):
        beat(stretch_id=first.pk, now=later)
    assert beat(stretch_id=second.pk, now=later) is None
    assert count_open(now=later) == 1
    end_stretch(stretch_id=second.pk, at=later)
    assert TalkStretch.objects.filter(ended_at=None).count() == 0
