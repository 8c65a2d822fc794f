"""The sound of what was handed in, and of comments: played to those who may hear it."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from learners.permissions import signed_in_user
from sessions.models import Recording
from sessions.ranged_file import ranged_file_response
from sessions.recordings import absolute_path
from sessions.selectors import get_recording

from ..comment_sound import voice_file
from ..models import Comment, Submission
from ..permissions import can_hear_submission, can_read_comments
from ..services.openings import record_hearing

SPEAKERS = {"learner": "LEARNER", "tutor": "TUTOR"}


@login_required
@require_safe
def submission_sound(
    request: HttpRequest, uuid: UUID, submission: UUID, turn: int, speaker: str
) -> HttpResponseBase:
    """Play a stretch of a talk that was handed in; hearing it is written down."""
    user = signed_in_user(request)
    try:
        found = Submission.objects.select_related(
            "assignment__classroom__school", "learner"
        ).get(uuid=submission, assignment__classroom__uuid=uuid)
        if not can_hear_submission(user, found) or found.session is None:
            raise Http404
        recording = get_recording(
            session_uuid=found.session, turn=turn, speaker=SPEAKERS[speaker]
        )
        path = absolute_path(recording.path)
        response = ranged_file_response(request, path, content_type="audio/flac")
    except (
        Submission.DoesNotExist,
        Recording.DoesNotExist,
        KeyError,
        FileNotFoundError,
    ):
        raise Http404 from None
    record_hearing(submission=found, reader=user, now=timezone.now())
    return response


@login_required
@require_safe
def comment_sound(
    request: HttpRequest, submission: UUID, comment: UUID
) -> HttpResponseBase:
    """Play a comment that was said."""
    user = signed_in_user(request)
    try:
        found = Comment.objects.select_related("submission").get(
            uuid=comment, submission__uuid=submission
        )
        if not found.path or not can_read_comments(user, found.submission):
            raise Http404
        return ranged_file_response(
            request, voice_file(found.path), content_type="audio/flac"
        )
    except (Comment.DoesNotExist, FileNotFoundError):
        raise Http404 from None
