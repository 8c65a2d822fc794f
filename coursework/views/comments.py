"""Comments on a submission: of teachers, and of the learner once it is back."""

from __future__ import annotations

import logging
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from inference.types.audio import AudioClip
from learners.models import User
from learners.permissions import signed_in_user
from sessions.api_errors import RequestRefused
from sessions.live.rate_limit import BucketPerUser
from sessions.views.posted_sound import posted_clip

from ..models import Comment, Submission
from ..permissions import can_read_comments
from ..problem import WorkProblem
from ..review_forms import CommentForm
from ..review_page import comment_row
from ..services.comments import NewComment, add_comment, delete_comment

logger = logging.getLogger(__name__)
_comments = BucketPerUser(rate_per_s=1, burst=20)


@login_required
@require_POST
def comment_add(request: HttpRequest, submission: UUID) -> HttpResponse:
    """Keep a comment. A script gets it as a piece of the page, a form its page again."""
    user, found = _commented(request, submission)
    form = CommentForm(request.POST)
    try:
        if not _comments.take(user.pk):
            raise RequestRefused(
                "request.too_fast",
                _("That was quick. Wait a few seconds, then try again."),
                status=429,
            )
        if not form.is_valid():
            raise RequestRefused(
                "comment.unreadable",
                _("That comment could not be read. Try again, and keep it shorter."),
                status=400,
            )
        comment = add_comment(
            submission=found,
            new=_new(form.cleaned_data, found, _clip(request)),
            author=user,
            now=timezone.now(),
        )
    except WorkProblem as problem:
        return _refused(request, found, user, str(problem), status=400)
    except RequestRefused as refused:
        return _refused(request, found, user, refused.message, status=refused.status)
    except OSError:
        logger.error("the voice of a comment could not be kept")
        words = _("The recording could not be kept. Try again, or write instead.")
        return _refused(request, found, user, words, status=503)
    if not _is_script(request):
        return _back(found, user)
    return render(
        request,
        "coursework/_comment.html",
        {
            "comment": comment_row(comment, reader_id=user.pk),
            "submission": found,
            "is_reply": comment.parent_id is not None,
        },
    )


@login_required
@require_POST
def comment_delete(
    request: HttpRequest, submission: UUID, comment: UUID
) -> HttpResponse:
    """Delete one's own comment; one that is gone already is fine."""
    user, found = _commented(request, submission)
    row = Comment.objects.filter(uuid=comment, submission=found).first()
    if row is not None:
        row.submission = found
        try:
            delete_comment(comment=row, author=user, now=timezone.now())
        except WorkProblem as problem:
            return _refused(request, found, user, str(problem), status=403)
    if _is_script(request):
        return JsonResponse({"deleted": True})
    return _back(found, user)


def _commented(request: HttpRequest, uuid: UUID) -> tuple[User, Submission]:
    user = signed_in_user(request)
    found = (
        Submission.objects.select_related("assignment__classroom__school", "learner")
        .filter(uuid=uuid)
        .first()
    )
    if found is None or not can_read_comments(user, found):
        raise Http404
    return user, found


def _new(
    cleaned: dict[str, Any], submission: Submission, clip: AudioClip | None
) -> NewComment:
    parent = None
    if cleaned["parent"] is not None:
        parent = (
            submission.comments.select_related("parent")
            .filter(uuid=cleaned["parent"])
            .first()
        )
        if parent is None:
            raise RequestRefused(
                "comment.gone",
                _("The comment that you answer was deleted meanwhile."),
                status=409,
            )
    return NewComment(
        text=cleaned["text"],
        clip=clip,
        at_ms=cleaned["at_ms"],
        turn=cleaned["turn"],
        parent=parent,
    )


def _clip(request: HttpRequest) -> AudioClip | None:
    return posted_clip(request) if "audio" in request.FILES else None


def _is_script(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == "fetch"


def _refused(
    request: HttpRequest, submission: Submission, user: User, words: str, *, status: int
) -> HttpResponse:
    if _is_script(request):
        return JsonResponse({"message": words}, status=status)
    messages.error(request, words)
    return _back(submission, user)


def _back(submission: Submission, user: User) -> HttpResponse:
    if submission.learner_id == user.pk:
        return redirect("coursework:returned", submission=submission.uuid)
    return redirect(
        "coursework:review-detail",
        uuid=submission.assignment.classroom.uuid,
        submission=submission.uuid,
    )
