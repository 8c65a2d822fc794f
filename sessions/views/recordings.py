"""Recordings: playing one, deleting all of one's own."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from learners.permissions import can_review_session, signed_in_user

from ..models import Recording, TutoringSession
from ..ranged_file import ranged_file_response
from ..recordings import absolute_path
from ..selectors import count_recordings, get_recording, get_session
from ..services import delete_recordings

SPEAKERS = {"learner": "LEARNER", "tutor": "TUTOR"}


@login_required
@require_safe
def utterance_audio(
    request: HttpRequest, uuid: UUID, turn: int, speaker: str
) -> HttpResponseBase:
    """Play a recording to those who may review its session."""
    try:
        session = get_session(uuid=uuid)
        if not can_review_session(request.user, session.learner_id):
            raise Http404
        recording = get_recording(
            session_uuid=uuid, turn=turn, speaker=SPEAKERS[speaker]
        )
        path = absolute_path(recording.path)
        return ranged_file_response(request, path, content_type="audio/flac")
    except (
        TutoringSession.DoesNotExist,
        Recording.DoesNotExist,
        KeyError,
        FileNotFoundError,
    ):
        raise Http404 from None


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def recordings_delete(request: HttpRequest) -> HttpResponse:
    """Ask once, then delete every recording of one's own voice."""
    learner_id = signed_in_user(request).pk
    if request.method != "POST":
        count = count_recordings(learner_id=learner_id)
        return render(request, "sessions/recordings_delete.html", {"count": count})
    deleted = delete_recordings(learner_id=learner_id)
    messages.success(
        request,
        ngettext(
            "%(n)d recording was deleted.", "%(n)d recordings were deleted.", deleted
        )
        % {"n": deleted}
        if deleted
        else _("There was nothing to delete."),
    )
    return redirect("learners:profile-edit")
