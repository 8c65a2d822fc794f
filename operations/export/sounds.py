"""The recordings of an export: which there are, and each as a WAV file."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from coursework.models import Assignment, Comment
from sessions.models import Recording
from sessions.recordings import read_clip
from sessions.wav_sound import write_wav


@dataclass(frozen=True, slots=True)
class Sound:
    """A recording: whose row it belongs to (``model:id``), its file, its name there."""

    row: str
    path: str
    name: str


def sounds_of(*, user_id: int) -> list[Sound]:
    """Return the person's own voice, and what was said to them about their work.

    The tutor's voice is synthetic and stays out.
    """
    talked = Q(utterance__speaker="LEARNER", utterance__turn__session__learner=user_id)
    recordings = Recording.objects.filter(talked | Q(reading__learner=user_id))
    found = [
        Sound(
            f"tutor_sessions.Utterance:{row['utterance']}"
            if row["utterance"]
            else f"tutor_sessions.ReadAloudAttempt:{row['reading']}",
            row["path"],
            f"audio/talk-{row['utterance__turn__session__uuid']}"
            f"-{row['utterance__turn__index']:05d}-{row['utterance__attempt']}.wav"
            if row["utterance"]
            else f"audio/reading-{row['reading__uuid']}.wav",
        )
        for row in recordings.order_by("pk").values(
            "utterance",
            "utterance__attempt",
            "utterance__turn__index",
            "utterance__turn__session__uuid",
            "reading",
            "reading__uuid",
            "path",
        )
    ]
    spoken = Comment.objects.filter(submission__learner=user_id).exclude(path="")
    found += [
        Sound(f"coursework.Comment:{pk}", path, f"audio/comment-{uuid}.wav")
        for pk, uuid, path in spoken.values_list("pk", "uuid", "path")
    ]
    told = Assignment.objects.filter(created_by=user_id).exclude(instructions_path="")
    found += [
        Sound(f"coursework.Assignment:{pk}", path, f"audio/instructions-{uuid}.wav")
        for pk, uuid, path in told.values_list("pk", "uuid", "instructions_path")
    ]
    return found


def as_wav(sound: Sound) -> bytes | None:
    """Return the sound, None where its file is gone or broken."""
    try:
        return write_wav(read_clip(sound.path))
    except OSError:
        return None
