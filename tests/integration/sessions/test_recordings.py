"""Files of voices: whole or not at all, private, and gone with their rows."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import numpy as np
import pytest
import soundfile
from asgiref.sync import async_to_sync
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from inference.types.audio import AudioClip
from learners.models import User
from learners.services.profiles import set_recording_consent
from sessions.models import Recording, TutoringSession, Utterance
from sessions.recordings import (
    absolute_path,
    delete_file,
    recording_path,
    write_clip,
)
from sessions.repository import DatabaseTurnRepository
from sessions.services import delete_recordings, start_session
from sessions.turns.context import LearnerWords
from sessions.turns.events import Outcome, Source
from sessions.turns.repository import TurnRecord
from tests.factories.learners import AdminFactory

from .conftest import make_learner

SAMPLES = (9000 * np.sin(np.arange(16_000) / 12)).astype("<i2")
CLIP = AudioClip(SAMPLES.tobytes(), 16_000)


def talk(learner: User, *, index: int = 1) -> TutoringSession:
    """Return a session of a learner whose voice was recorded in one turn."""
    set_recording_consent(
        user=learner, stores_recordings=True, retention_days=30, now=timezone.now()
    )
    session = start_session(learner_id=learner.pk, lesson_uuid=None, now=timezone.now())
    save = async_to_sync(DatabaseTurnRepository(session_uuid=session.uuid).save)
    save(
        TurnRecord(
            index=index,
            attempt=0,
            started_at=timezone.now(),
            learner=LearnerWords("Hello", Source.SPEECH),
            learner_clip=CLIP,
            outcome=Outcome.COMPLETED,
            reply_text="Hi!",
            reply_clip=CLIP,
        )
    )
    return session


def audio(session: TutoringSession, turn: int = 1, speaker: str = "learner") -> str:
    """Return where a recording is played."""
    return reverse("sessions:utterance-audio", args=[session.uuid, turn, speaker])


def files(root: Path) -> list[Path]:
    """Return everything below the private folder."""
    return sorted(root.rglob("*")) if root.exists() else []


def test_a_clip_comes_back_sample_by_sample(private_root: Path) -> None:
    path = recording_path(session_uuid=uuid4(), turn=3, speaker="LEARNER", attempt=0)
    n_bytes = write_clip(CLIP, path)
    samples, rate_hz = soundfile.read(absolute_path(path), dtype="int16")
    assert rate_hz == 16_000
    assert np.array_equal(samples, SAMPLES)
    assert n_bytes == absolute_path(path).stat().st_size < len(CLIP.pcm)
    assert all(found.stat().st_mode & 0o077 == 0 for found in files(private_root)[-2:])


def test_a_clip_that_cannot_be_written_leaves_nothing(private_root: Path) -> None:
    path = "recordings/x/00001-learner-0.flac"
    write_clip(CLIP, path)
    before = absolute_path(path).read_bytes()
    with pytest.raises(ValueError, match="buffer size"):
        write_clip(AudioClip(b"odd", 16_000), path)
    assert absolute_path(path).read_bytes() == before
    assert [found.name for found in files(private_root) if found.is_file()] == [
        "00001-learner-0.flac"
    ]


@pytest.mark.parametrize("path", ["../outside.flac", "/etc/passwd", "a/../../b"])
def test_no_path_leaves_the_private_folder(path: str) -> None:
    for touch in (absolute_path, delete_file, lambda p: write_clip(CLIP, p)):
        with pytest.raises(ValueError, match="outside"):
            touch(path)


def test_the_last_file_takes_its_folder_along() -> None:
    first, second = ("recordings/x/a.flac", "recordings/x/b.flac")
    write_clip(CLIP, first)
    write_clip(CLIP, second)
    delete_file(first)
    assert absolute_path(second).exists()
    for _ in range(2):
        delete_file(second)
    assert not absolute_path(second).parent.exists()
    assert absolute_path("recordings").exists()


@pytest.mark.parametrize("what", ["session", "learner", "utterance", "queryset"])
def test_files_go_with_their_rows(learner: User, private_root: Path, what: str) -> None:
    session = talk(learner)
    other = talk(make_learner())
    assert len([path for path in files(private_root) if path.is_file()]) == 4
    if what == "session":
        session.delete()
    elif what == "learner":
        learner.delete()
    elif what == "utterance":
        for utterance in Utterance.objects.filter(turn__session=session):
            utterance.delete()
    else:
        TutoringSession.objects.filter(pk=session.pk).delete()
    left = [path for path in files(private_root) if path.is_file()]
    assert len(left) == 2
    assert all(str(other.uuid) in str(path) for path in left)
    assert Recording.objects.count() == 2


def test_a_deletion_that_is_taken_back_deletes_no_file(learner: User) -> None:
    talk(learner)
    path = absolute_path(Recording.objects.filter(utterance__speaker="LEARNER")[0].path)
    with transaction.atomic():
        delete_recordings(learner_id=learner.pk)
        transaction.set_rollback(True)
    assert path.exists()
    assert Recording.objects.count() == 2


def test_nobody_hears_anothers_voice(client: Client, learner: User) -> None:
    theirs = talk(make_learner())
    mine = talk(learner, index=2)
    client.force_login(learner)
    for speaker in ("learner", "tutor"):
        assert client.get(audio(theirs, 1, speaker)).status_code == 404
    assert client.get(audio(mine, 1)).status_code == 404
    assert b"".join(client.get(audio(mine, 2))).startswith(b"fLaC")


def test_who_is_not_signed_in_is_sent_to_do_so(client: Client, learner: User) -> None:
    response = client.get(audio(talk(learner)))
    assert response.status_code == 302
    assert "login" in response["Location"]


def test_an_administrator_may_listen(client: Client, learner: User) -> None:
    client.force_login(AdminFactory.create())
    assert b"".join(client.get(audio(talk(learner)))).startswith(b"fLaC")


@pytest.mark.parametrize("speaker", ["nobody", "LEARNER", ".."])
def test_a_speaker_nobody_knows_is_not_found(
    client: Client, learner: User, speaker: str
) -> None:
    client.force_login(learner)
    assert client.get(audio(talk(learner), speaker=speaker)).status_code == 404


def test_a_row_whose_file_is_missing_is_not_found(
    client: Client, learner: User, private_root: Path
) -> None:
    session = talk(learner)
    for path in files(private_root):
        if path.is_file():
            path.unlink()
    client.force_login(learner)
    assert client.get(audio(session)).status_code == 404
    session.delete()
