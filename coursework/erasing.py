"""Voices in set work: gone with their account, and after the time their school allows."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Coalesce, Greatest
from django.dispatch import receiver
from django.utils.translation import gettext as _

from learners.models import User
from learners.signals import erasing, purging

from .comment_sound import delete_voice
from .models import Assignment, Comment
from .services.instructions import delete_instructions

# Where a school says nothing.
KEPT_DAYS = 365


@receiver(erasing, dispatch_uid="coursework.erase_voices")
def erase_voices(user: User, **kwargs: Any) -> None:
    """Delete the person's voice from what stays for others; written words stay there.

    What belongs to the person's own work goes with it.
    """
    said = Comment.objects.filter(author=user).exclude(submission__learner=user)
    _silence_comments(said, _("The voice of this comment went with its account."))
    _silence_instructions(Assignment.objects.filter(created_by=user))


@receiver(purging, dispatch_uid="coursework.purge_voices")
def purge_voices(now: datetime, **kwargs: Any) -> int:
    """Delete voices whose time is over; return how many.

    A comment's counts from when it was made, that of instructions from the end of the work.
    """
    days = Coalesce(
        "submission__assignment__classroom__school__retention_days", KEPT_DAYS
    )
    purged = 0
    spoken = Comment.objects.exclude(path="").annotate(days=days)
    for limit in spoken.order_by().values_list("days", flat=True).distinct():
        old = spoken.filter(days=limit, created_at__lt=now - timedelta(days=limit))
        purged += _silence_comments(old, _("The voice of this comment is deleted."))
    told = Assignment.objects.exclude(instructions_path="").annotate(
        days=Coalesce("classroom__school__retention_days", KEPT_DAYS),
        over_at=Greatest(
            "edited_at",
            Coalesce("closes_at", "due_at", "archived_at", "edited_at"),
        ),
    )
    for limit in told.order_by().values_list("days", flat=True).distinct():
        old_work = told.filter(days=limit, over_at__lt=now - timedelta(days=limit))
        purged += _silence_instructions(old_work)
    return purged


def _silence_comments(comments: QuerySet[Comment], words: str) -> int:
    """Delete voices; a comment that has nothing else gets these words instead."""
    silenced = 0
    for comment in comments.exclude(path=""):
        path = comment.path
        changed = Comment.objects.filter(pk=comment.pk, path=path).update(
            path="", duration_ms=0, text=comment.text or words
        )
        if changed:
            transaction.on_commit(partial(delete_voice, path))
            silenced += 1
    return silenced


def _silence_instructions(assignments: QuerySet[Assignment]) -> int:
    paths = set(
        assignments.exclude(instructions_path="").values_list(
            "instructions_path", flat=True
        )
    )
    for path in paths:
        Assignment.objects.filter(instructions_path=path).update(
            instructions_path="", instructions_ms=0
        )
        transaction.on_commit(partial(delete_instructions, path))
    return len(paths)
