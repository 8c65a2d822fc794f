"""After a session: the list of talks, and the replay of one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from learners.permissions import can_review_session, signed_in_user

from ..models import TutoringSession
from ..review_page import turn_rows
from ..selectors import get_review, list_sessions

TALKS_PER_PAGE = 20


@login_required
@require_safe
def session_list(request: HttpRequest) -> HttpResponse:
    """Show one's own talks, latest first."""
    talks = list_sessions(learner_id=signed_in_user(request).pk)
    page = Paginator(talks, TALKS_PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "sessions/session_list.html", {"page": page})


@login_required
@require_safe
def session_review(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Replay a session: what was said, heard and played, and how long it took."""
    try:
        review = get_review(session_uuid=uuid)
    except TutoringSession.DoesNotExist:
        raise Http404 from None
    if not can_review_session(request.user, review.learner_id):
        raise Http404
    rows = turn_rows(review)
    context: dict[str, Any] = {
        "review": review,
        "turns": rows,
        "timings": {row["index"]: row["timing"] for row in rows if row["timing"]},
        "has_sound": any(
            said["audio_url"] for row in rows for said in row["utterances"]
        ),
        "is_own": review.learner_id == signed_in_user(request).pk,
        "is_active": review.status == TutoringSession.Status.ACTIVE,
    }
    return render(request, "sessions/session_review.html", context)
