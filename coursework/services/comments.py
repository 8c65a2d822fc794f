"""Comments on what was handed in, by text or voice, and replies to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from inference.types.audio import AudioClip
from schools.audit import record

from ..comment_sound import delete_voice, keep_voice
from ..models import Comment, Submission
from ..problem import WorkProblem

if TYPE_CHECKING:
    from learners.models import User

MAX_CHARS = 3000
MOST = 200


class SaysNothing(WorkProblem):
    """Neither words nor a voice."""

    message = _("Write something, or say it.")


class TooLong(WorkProblem):
    """More than fits."""

    message = _("Please keep it under %(most)s characters.")


class TooMany(WorkProblem):
    """Enough was said."""

    message = _("There are very many comments on this already. Delete one first.")


class NotYours(WorkProblem):
    """Only who said it takes it back."""

    message = _("Only who wrote a comment can delete it.")


@dataclass(frozen=True, slots=True)
class NewComment:
    """What is said, and where: ``at_ms`` none is about all of it."""

    text: str = ""
    clip: AudioClip | None = None
    at_ms: int | None = None
    turn: int | None = None
    parent: Comment | None = None


def add_comment(
    *, submission: Submission, new: NewComment, author: User, now: datetime
) -> Comment:
    """Keep a comment; a reply to a reply goes to the thread's first comment.

    Raises SaysNothing, TooLong, TooMany, or OSError where the voice cannot be kept.
    """
    text = new.text.strip()
    if not text and new.clip is None:
        raise SaysNothing
    if len(text) > MAX_CHARS:
        raise TooLong(most=MAX_CHARS)
    if submission.comments.count() >= MOST:
        raise TooMany
    parent = new.parent
    if parent is not None and parent.parent is not None:
        parent = parent.parent
    uuid = uuid4()
    path = keep_voice(new.clip, uuid=uuid) if new.clip is not None else ""
    try:
        with transaction.atomic():
            comment = Comment.objects.create(
                uuid=uuid,
                submission=submission,
                parent=parent,
                author=author,
                text=text,
                path=path,
                duration_ms=round(new.clip.duration_ms) if new.clip else 0,
                at_ms=parent.at_ms if parent else new.at_ms,
                turn=parent.turn if parent else new.turn,
                created_at=now,
            )
            _record("comment.added", comment, author, now)
    except BaseException:
        delete_voice(path)
        raise
    return comment


@transaction.atomic
def delete_comment(*, comment: Comment, author: User, now: datetime) -> None:
    """Delete one's own comment, its voice and the replies to it. Raises NotYours."""
    if comment.author_id != author.pk:
        raise NotYours
    _record("comment.deleted", comment, author, now)
    comment.delete()


def mark_seen(*, submission: Submission, reader_id: int, now: datetime) -> None:
    """Note that what others said was seen."""
    submission.comments.filter(seen_at=None).exclude(author_id=reader_id).update(
        seen_at=now
    )


def _record(action: str, comment: Comment, author: User, now: datetime) -> None:
    submission = comment.submission
    record(
        action=action,
        now=now,
        actor=author.uuid,
        school=submission.assignment.classroom.school.uuid,
        subject=submission.learner.uuid,
        target="submission",
        target_uuid=submission.uuid,
        detail={"comment": str(comment.uuid), "voice": bool(comment.path)},
    )
