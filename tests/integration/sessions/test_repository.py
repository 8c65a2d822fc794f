"""One contract for every TurnRepository, and what only the database has to keep."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from channels.db import database_sync_to_async
from django.utils import timezone

from inference.types.audio import AudioClip
from inference.types.speech import Word
from learners.models import User
from learners.services.profiles import set_recording_consent
from sessions.models import Recording, Turn, TutoringSession, Utterance
from sessions.recordings import absolute_path
from sessions.repository import DatabaseTurnRepository
from sessions.turns.context import LearnerWords
from sessions.turns.events import Outcome, Source
from sessions.turns.repository import StoredTurn, TalkTaken, TurnRecord, TurnRepository
from tests.fakes.turn_repository import MemoryTurnRepository

NOW = datetime(2026, 5, 4, 10, 30, tzinfo=UTC)
CLIP = AudioClip(bytes(range(200)) * 160, 16_000)
REPLY_CLIP = AudioClip(bytes(4410), 22_050)
SPOKEN = LearnerWords(
    "I buyed it",
    Source.SPEECH,
    words=(Word("I", 0, 90, 0.9), Word("buyed", 90, 400, 0.4)),
    language="en",
    confidence=0.7,
)
HEARD = TurnRecord(
    index=1, attempt=0, started_at=NOW, learner=SPOKEN, learner_clip=CLIP
)
ANSWERED = replace(
    HEARD,
    outcome=Outcome.COMPLETED,
    reply_text="You bought it? Where?",
    reply_clip=REPLY_CLIP,
    cues=(("sil", 0.0, 40.0), ("PP", 40.0, 100.0)),
    timing={"zero": "last_voiced_sample", "stages": [], "marks": {}},
    engines={"transcriber": "scripted"},
    ended_at=NOW + timedelta(seconds=6),
)
OPENING = TurnRecord(
    index=0,
    attempt=0,
    started_at=NOW,
    learner=None,
    learner_clip=None,
    outcome=Outcome.COMPLETED,
    opening=True,
    reply_text="Hi.",
    ended_at=NOW,
)


@pytest.fixture(params=["memory", "database"])
def repository(
    request: pytest.FixtureRequest, transactional_db: None
) -> TurnRepository:
    """Each kind of repository, with consent to keep the voice."""
    if request.param == "memory":
        return MemoryTurnRepository()
    return request.getfixturevalue("database")  # type: ignore[no-any-return]


@pytest.fixture
def database(learner: User, tutoring: TutoringSession) -> DatabaseTurnRepository:
    """The database, of a learner who lets the voice be kept."""
    consent(learner, True)
    return DatabaseTurnRepository(session_uuid=tutoring.uuid)


def stored(private_root: Path) -> list[str]:
    """Return the names of all files of recordings."""
    return sorted(path.name for path in private_root.rglob("*.*"))


def consent(learner: User, given: bool) -> None:
    """Give or take back consent."""
    set_recording_consent(
        user=learner, stores_recordings=given, retention_days=30, now=timezone.now()
    )


def kept(*fields: Any) -> StoredTurn:
    """Return a turn that began at ``NOW``."""
    return replace(StoredTurn(*fields), started_at=NOW)


async def test_a_new_session_has_no_turns(repository: TurnRepository) -> None:
    assert await repository.load() == []
    assert await repository.may_keep_voice()


async def test_words_are_kept_before_the_reply_is_there(
    repository: TurnRepository,
) -> None:
    await repository.save(HEARD)
    assert await repository.load() == [kept(1, SPOKEN, None, None, 0, None)]


async def test_a_turn_is_written_again_when_it_is_over(
    repository: TurnRepository,
) -> None:
    for record in (HEARD, ANSWERED, ANSWERED):
        await repository.save(record)
    assert await repository.load() == [
        kept(1, SPOKEN, "You bought it? Where?", None, 0, Outcome.COMPLETED)
    ]


async def test_turns_come_in_order_however_late_one_was_written(
    repository: TurnRepository,
) -> None:
    for record in (replace(ANSWERED, index=2), HEARD, OPENING):
        await repository.save(record)
    assert [turn.index for turn in await repository.load()] == [0, 1, 2]


@pytest.mark.parametrize("outcome", Outcome)
async def test_every_outcome_comes_back(
    repository: TurnRepository, outcome: Outcome
) -> None:
    await repository.save(replace(ANSWERED, outcome=outcome))
    assert [turn.outcome for turn in await repository.load()] == [outcome]


async def test_a_correction_keeps_what_was_heard(repository: TurnRepository) -> None:
    await repository.save(ANSWERED)
    words = LearnerWords("I bought it", Source.CORRECTED, heard_as="I buyed it")
    again = replace(
        ANSWERED, attempt=1, learner=words, learner_clip=None, reply_text="Great!"
    )
    await repository.save(again)
    assert await repository.load() == [
        kept(1, words, "Great!", None, 1, Outcome.COMPLETED)
    ]


@pytest.mark.parametrize("heard", ["You bought it?", ""])
async def test_of_an_interrupted_reply_the_heard_part_is_kept(
    repository: TurnRepository, heard: str
) -> None:
    await repository.save(
        replace(ANSWERED, outcome=Outcome.INTERRUPTED, reply_heard=heard)
    )
    (turn,) = await repository.load()
    assert (turn.tutor_text, turn.tutor_heard) == ("You bought it? Where?", heard)


async def test_what_was_not_understood_has_no_words(
    repository: TurnRepository,
) -> None:
    record = replace(HEARD, learner=None, outcome=Outcome.NOT_UNDERSTOOD)
    await repository.save(record)
    assert await repository.load() == [
        kept(1, None, None, None, 0, Outcome.NOT_UNDERSTOOD)
    ]


async def test_any_script_and_markup_comes_back_as_it_was(
    repository: TurnRepository,
) -> None:
    text = "<b>\u0645\u0631\u062d\u0628\u0627</b> \U0001f375 ' \" \\"
    await repository.save(replace(HEARD, learner=replace(SPOKEN, text=text)))
    (turn,) = await repository.load()
    assert turn.learner is not None
    assert turn.learner.text == text


async def test_saving_twice_makes_one_of_everything(
    database: DatabaseTurnRepository, private_root: Path
) -> None:
    for _ in range(2):
        await database.save(HEARD)
        await database.save(ANSWERED)
    counts = [await m.objects.acount() for m in (Turn, Utterance, Recording)]
    assert counts == [1, 2, 2]
    assert stored(private_root) == [
        "00001-learner-0.flac",
        "00001-tutor-0.flac",
    ]


async def test_all_of_a_turn_is_in_its_rows(
    database: DatabaseTurnRepository, tutoring: TutoringSession
) -> None:
    ended_at = timezone.now() + timedelta(seconds=6)
    await database.save(OPENING)
    await database.save(replace(ANSWERED, errors=("face.failed",), ended_at=ended_at))
    await database.save(replace(OPENING, reply_heard="Hi."))
    turn = await Turn.objects.aget(index=1)
    assert turn.errors == ["face.failed"]
    assert turn.engines == {"transcriber": "scripted"}
    assert turn.timings["zero"] == "last_voiced_sample"
    assert turn.started_at == NOW
    said = await Utterance.objects.aget(turn=turn, speaker="LEARNER")
    assert said.words[1]["text"] == "buyed"
    assert said.duration_ms == CLIP.duration_ms
    spoken = await Utterance.objects.aget(turn=turn, speaker="TUTOR")
    assert spoken.cues == [["sil", 0.0, 40.0], ["PP", 40.0, 100.0]]
    opening = await Utterance.objects.aget(turn__index=0)
    assert opening.source == "OPENING"
    await tutoring.arefresh_from_db()
    assert tutoring.last_seen_at == ended_at


async def test_the_voice_is_stored_for_the_time_agreed(
    database: DatabaseTurnRepository,
) -> None:
    await database.save(ANSWERED)
    recordings: dict[str, Any] = {
        str(r.utterance and r.utterance.speaker): r
        async for r in Recording.objects.select_related("utterance")
    }
    assert recordings["LEARNER"].delete_after == NOW + timedelta(days=30, seconds=6)
    assert recordings["TUTOR"].delete_after is None
    path = absolute_path(recordings["LEARNER"].path)
    assert path.stat().st_size == recordings["LEARNER"].n_bytes
    assert path.stat().st_mode & 0o077 == 0


async def test_without_consent_the_words_stay_and_the_voice_does_not(
    database: DatabaseTurnRepository, learner: User
) -> None:
    await database_sync_to_async(consent)(learner, False)
    assert not await database.may_keep_voice()
    await database.save(ANSWERED)
    assert not await Recording.objects.filter(utterance__speaker="LEARNER").aexists()
    assert (await Utterance.objects.aget(speaker="LEARNER")).text == "I buyed it"


async def test_ending_closes_the_session_once(
    database: DatabaseTurnRepository, tutoring: TutoringSession
) -> None:
    await database.end(reason="LEARNER", now=NOW)
    await database.end(reason="EXPIRED", now=NOW + timedelta(hours=1))
    await tutoring.arefresh_from_db()
    assert (tutoring.end_reason, tutoring.ended_at) == ("LEARNER", NOW)


@pytest.mark.parametrize("known", [False, True])
async def test_a_session_that_was_deleted_is_an_error_and_leaves_no_file(
    database: DatabaseTurnRepository,
    tutoring: TutoringSession,
    private_root: Path,
    known: bool,
) -> None:
    if known:
        await database.save(HEARD)
    await tutoring.adelete()
    with pytest.raises(TalkTaken):
        await database.save(ANSWERED)
    assert stored(private_root) == []


@pytest.mark.django_db
def test_how_long_somebody_spoke_is_kept_without_their_voice(
    database: DatabaseTurnRepository,
) -> None:
    database.save_now(replace(HEARD, learner_clip=None, learner_ms=1200))
    assert Utterance.objects.get().duration_ms == 1200
    assert not Recording.objects.exists()
