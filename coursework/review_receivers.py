"""What reviewing does when work is handed in or given back, and when things are deleted."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver

from sessions.models import Recording
from sessions.recordings import session_of

from .comment_sound import delete_voice
from .mail_queue import send_soon
from .models import Comment
from .services.draft_marks import draft_when_handed_in
from .signals import submission_handed_in, submission_returned
from .talk_peaks import delete_peaks


@receiver(submission_handed_in, dispatch_uid="coursework.draft_mark")
def draft_the_mark(submission_id: int, **kwargs: Any) -> None:
    """Compute the tutor's draft."""
    draft_when_handed_in(submission_id=submission_id)


@receiver(submission_returned, dispatch_uid="coursework.tell_returned")
def tell_the_learner(submission_id: int, **kwargs: Any) -> None:
    """Have the mail sent that was noted with it."""
    send_soon("returned")


@receiver(post_delete, sender=Comment, dispatch_uid="coursework.delete_voice")
def delete_comments_voice(instance: Comment, **kwargs: Any) -> None:
    """Delete a comment's sound; it also goes with its submission and its learner."""
    path = instance.path
    transaction.on_commit(lambda: delete_voice(path))


@receiver(post_delete, sender=Recording, dispatch_uid="coursework.delete_peaks")
def delete_drawn_sound(instance: Recording, **kwargs: Any) -> None:
    """Delete the waveform that was made of a recording."""
    session = session_of(instance.path)
    if session is not None:
        transaction.on_commit(lambda: delete_peaks(session=session))
