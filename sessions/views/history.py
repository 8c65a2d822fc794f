"""After a session: the list of talks, and the replay of one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from learners.permissions import (
    can_review_session,
    can_take_lesson,
    signed_in_user,
)
from learners.selectors import get_learner_context, list_phoneme_mastery
from learners.services.talk_access import record_talk_access

from ..help.corrections import has_corrections
from ..help.page import help_page
from ..models import TutoringSession
from ..review_page import turn_rows
from ..selectors import get_review, get_session, list_sessions
from ..sounds import SoundsToShow, sounds_to_show

TALKS_PER_PAGE = 20


@login_required
@require_safe
def session_list(request: HttpRequest) -> HttpResponse:
    """Show one's own talks, latest first."""
    user = signed_in_user(request)
    talks = list_sessions(learner_id=user.pk)
    page = Paginator(talks, TALKS_PER_PAGE).get_page(request.GET.get("page"))
    # Who has no profile has no language to have sounds of.
    sounds = _sounds(user.pk) if can_take_lesson(user) else None
    context = {"page": page, "sounds": sounds}
    return render(request, "sessions/session_list.html", context)


def _sounds(learner_id: int) -> SoundsToShow:
    language = get_learner_context(user_id=learner_id).l2.split("-")[0]
    return sounds_to_show(
        list_phoneme_mastery(
            learner_id=learner_id, language=language, now=timezone.now()
        )
    )


@login_required
@require_safe
def session_review(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Replay a session: what was said, heard and played, and how long it took."""
    try:
        review = get_review(session_uuid=uuid)
    except TutoringSession.DoesNotExist:
        raise Http404 from None
    user = signed_in_user(request)
    if not can_review_session(user, review.learner_id):
        raise Http404
    if request.method == "GET":
        record_talk_access(
            reader_id=user.pk,
            learner_id=review.learner_id,
            session=review.uuid,
            session_started_at=review.started_at,
            page="REPLAY",
            now=timezone.now(),
        )
    rows = turn_rows(review)
    is_own = review.learner_id == user.pk
    context: dict[str, Any] = {
        "review": review,
        "turns": rows,
        "pronunciations": {
            row["index"]: said["pronunciation"]
            for row in rows
            for said in row["utterances"]
            if said["pronunciation"]
        },
        # Help is for those who said it: it speaks their first language.
        "help": help_page(
            get_session(uuid=uuid), corrects=has_corrections(session_uuid=uuid)
        )
        if is_own and rows
        else None,
        "timings": {row["index"]: row["timing"] for row in rows if row["timing"]},
        "has_sound": any(
            said["audio_url"] for row in rows for said in row["utterances"]
        ),
        "is_own": is_own,
        "is_active": review.status == TutoringSession.Status.ACTIVE,
    }
    return render(request, "sessions/session_review.html", context)
