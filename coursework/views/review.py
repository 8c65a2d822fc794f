"""The review of one submission: reading, hearing, marking, giving back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from learners.models import User
from learners.permissions import signed_in_user
from sessions.learners_talks import name_of

from ..drafts.trouble import Trouble
from ..models import Submission
from ..problem import WorkProblem
from ..review_forms import MarkForm
from ..review_page import (
    comment_threads,
    criteria_rows,
    history_rows,
    plain_draft_rows,
    read_talk,
    talk_rows,
    timeline_data,
)
from ..review_selectors import (
    get_submission,
    list_mark_changes,
    next_after,
    waiting,
)
from ..review_words import number, trouble_words
from ..services.marks import (
    MarkedMeanwhile,
    SubmissionGone,
    clear_mark,
    mark_submission,
)
from ..services.openings import record_opening
from ..services.return_mails import return_mail_state
from ..services.returning import return_submission
from ..talk_peaks import talk_peaks


def reviewed(
    request: HttpRequest, classroom: UUID, uuid: UUID
) -> tuple[User, Submission]:
    """Return who asks and what they may review. Raises Http404."""
    user = signed_in_user(request)
    try:
        return user, get_submission(user=user, classroom=classroom, uuid=uuid)
    except Submission.DoesNotExist:
        raise Http404 from None


@login_required
@require_safe
@never_cache
def review_detail(request: HttpRequest, uuid: UUID, submission: UUID) -> HttpResponse:
    """Show a submission; the opening is written down."""
    user, found = reviewed(request, uuid, submission)
    return _page(request, user, found)


@login_required
@require_POST
def review_mark(request: HttpRequest, uuid: UUID, submission: UUID) -> HttpResponse:
    """Give the mark; ``action`` says whether it goes back to its learner, and what follows."""
    user, found = reviewed(request, uuid, submission)
    form = MarkForm(request.POST)
    action = request.POST.get("action", "mark")
    now = timezone.now()
    if not form.is_valid():
        words = [str(e) for errors in form.errors.values() for e in errors]
        return _page(
            request, user, found, form=form, problem=" ".join(words), status=422
        )
    try:
        if action == "clear":
            clear_mark(
                submission_id=found.pk,
                version=form.cleaned_data["version"],
                reason=form.cleaned_data["reason"],
                teacher=user,
                now=now,
            )
            messages.success(
                request, _("The mark was taken back. The history keeps it.")
            )
            return _to(found)
        mark_submission(
            submission_id=found.pk, given=form.given(), teacher=user, now=now
        )
        if action in ("return", "return_next"):
            return_submission(submission_id=found.pk, teacher=user, now=now)
    except SubmissionGone as problem:
        messages.warning(request, str(problem))
        return redirect("coursework:review-queue", uuid=uuid)
    except MarkedMeanwhile as problem:
        _user, fresh = reviewed(request, uuid, submission)
        return _page(
            request, user, fresh, form=form, problem=str(problem), conflict=True,
            status=409,
        )  # fmt: skip
    except WorkProblem as problem:
        return _page(request, user, found, form=form, problem=str(problem), status=422)
    if action == "mark":
        messages.success(request, _("Saved."))
        return _to(found)
    messages.success(
        request,
        _("Given back to %(name)s.") % {"name": name_of(found.learner)},
    )
    return _after(user, found) if action == "return_next" else _to(found)


def _to(submission: Submission) -> HttpResponse:
    return redirect(
        "coursework:review-detail",
        uuid=submission.assignment.classroom.uuid,
        submission=submission.uuid,
    )


def _after(user: User, submission: Submission) -> HttpResponse:
    """Go to what comes next, or to the queue once nothing waits."""
    classroom = submission.assignment.classroom
    following = next_after(waiting(user=user, classroom_id=classroom.pk), submission)
    if following is None:
        return redirect("coursework:review-queue", uuid=classroom.uuid)
    return redirect(
        "coursework:review-detail", uuid=classroom.uuid, submission=following.uuid
    )


def _page(
    request: HttpRequest,
    user: User,
    submission: Submission,
    *,
    form: MarkForm | None = None,
    problem: str = "",
    conflict: bool = False,
    status: int = 200,
) -> HttpResponse:
    talk = read_talk(submission)
    if request.method == "GET":
        record_opening(
            submission=submission,
            session=talk.session if talk else None,
            reader=user,
            now=timezone.now(),
        )
    classroom = submission.assignment.classroom
    queue = waiting(user=user, classroom_id=classroom.pk)
    rows = talk_rows(talk, submission) if talk else []
    peaks = talk_peaks(session=talk.session.uuid) if talk and talk.has_sound else {}
    chosen = form.levels() if form else {}
    context: dict[str, Any] = {
        "submission": submission,
        "assignment": submission.assignment,
        "classroom": classroom,
        "learner": name_of(submission.learner),
        "language": talk.session.l2.split("-")[0] if talk else "",
        "talk": talk,
        "turns": rows,
        "pronunciations": {
            row["index"]: said["pronunciation"]
            for row in rows
            for said in row["utterances"]
            if said["pronunciation"]
        },
        "timeline": timeline_data(talk, submission, peaks) if talk else None,
        "trouble": trouble_words(submission.trouble),
        "care_is_open": Trouble.CARE_OPEN in submission.trouble,
        "criteria": criteria_rows(submission, chosen),
        "plain_draft": plain_draft_rows(submission),
        "draft_points": number(submission.draft_points),
        "draft_uncertainty": number(
            None
            if submission.draft_uncertainty is None
            else round(submission.draft_uncertainty, 1)
        ),
        "points": number(submission.points),
        "points_sent": form.data.get("points", "")
        if form
        else number(submission.points),
        "reason_sent": form.data.get("reason", "") if form else "",
        "marked_by": name_of(submission.marked_by) if submission.marked_by else "",
        # What was never marked has no history to be asked for.
        "history": history_rows(list(list_mark_changes(submission=submission)))
        if submission.version
        else [],
        "comments": comment_threads(submission, reader_id=user.pk),
        "problem": problem,
        "conflict": conflict,
        "is_back": submission.state == Submission.State.RETURNED,
        "return_mail": return_mail_state(submission=submission)
        if submission.state == Submission.State.RETURNED
        else "",
        "next": next_after(queue, submission),
        "n_left": sum(item.submission.pk != submission.pk for item in queue),
    }
    return render(request, "coursework/review_detail.html", context, status=status)
