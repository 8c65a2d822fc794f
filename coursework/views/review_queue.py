"""What waits for a teacher of a class, and accepting what needs no look."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from learners.models import User
from learners.permissions import signed_in_user
from schools.models import Classroom
from schools.permissions import teachable_classrooms
from sessions.learners_talks import name_of

from ..accepting import criteria_to_decide, decided_words
from ..models import Assignment
from ..problem import WorkProblem
from ..review_forms import AcceptForm
from ..review_selectors import QueueItem, waiting
from ..review_words import number, trouble_words
from ..services.mark_points import draft_shown
from ..services.marks import accept_draft
from ..services.returning import return_submission


def taught_class(request: HttpRequest, uuid: UUID) -> tuple[User, Classroom]:
    """Return who asks and the class that they teach. Raises Http404."""
    user = signed_in_user(request)
    found = (
        teachable_classrooms(user).select_related("school", "term").filter(uuid=uuid)
    )
    classroom = found.first()
    if classroom is None:
        raise Http404
    return user, classroom


@login_required
@require_safe
@never_cache
def review_queue(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show what waits, what needs a look first; with ``accept`` what can be accepted."""
    user, classroom = taught_class(request, uuid)
    chosen = _chosen(request, classroom)
    everything = waiting(user=user, classroom_id=classroom.pk)
    items = [
        item
        for item in everything
        if chosen is None or item.submission.assignment_id == chosen.pk
    ]
    to_accept = [item for item in items if item.can_be_accepted]
    others = [item for item in items if not item.can_be_accepted]
    assignments = {
        i.submission.assignment_id: i.submission.assignment for i in everything
    }
    context: dict[str, Any] = {
        "classroom": classroom,
        "tab": "review",
        "rows": [_row(item) for item in others],
        "to_accept": [_row(item) for item in to_accept],
        "chosen": chosen,
        "assignments": [
            {
                "assignment": one,
                "n": sum(i.submission.assignment_id == pk for i in everything),
            }
            for pk, one in sorted(assignments.items(), key=lambda item: item[1].title)
        ],
        "n": len(items),
        "n_all": len(everything),
        "n_look": len(others),
        "minutes": max(1, round(sum(item.seconds for item in items) / 60)),
        "first": next((item.submission for item in (*others, *to_accept)), None),
        "to_decide": criteria_to_decide(to_accept),
        "is_confirming": "accept" in request.GET,
    }
    return render(request, "coursework/review_queue.html", context)


@login_required
@require_POST
def review_accept(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Accept the drafts that were shown and chosen, and give them back if asked.

    What was marked or drafted anew meanwhile, or is in doubt by now, is left alone.
    """
    user, classroom = taught_class(request, uuid)
    form = AcceptForm(request.POST)
    chosen = form.chosen()
    now = timezone.now()
    accepted = 0
    for item in waiting(user=user, classroom_id=classroom.pk):
        one = item.submission
        seen = chosen.get(str(one.uuid))
        if seen is None or not item.can_be_accepted:
            continue
        decided = form.decided(one.assignment.rubric_id)
        if accept_draft(
            submission_id=one.pk,
            version=seen[0],
            shown=seen[1],
            decided=decided,
            reason=decided_words(item, decided),
            teacher=user,
            now=now,
        ):
            accepted += 1
            if request.POST.get("and_return") == "yes":
                # Where somebody took the mark back in this moment it stays here.
                with suppress(WorkProblem):
                    return_submission(submission_id=one.pk, teacher=user, now=now)
    left = len(chosen) - accepted
    if accepted:
        words = ngettext(
            "%(n)d draft is now your mark.",
            "%(n)d drafts are now your marks.",
            accepted,
        )
        messages.success(request, words % {"n": accepted})
    if left > 0:
        words = ngettext(
            "%(n)d is left for you: it was changed meanwhile, or a level is missing.",
            "%(n)d are left for you: they were changed meanwhile, or a level is missing.",
            left,
        )
        messages.warning(request, words % {"n": left})
    if not chosen:
        messages.info(request, _("Nothing was chosen."))
    return redirect("coursework:review-queue", uuid=classroom.uuid)


@login_required
@require_POST
def review_return_all(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Give back all that has a mark."""
    user, classroom = taught_class(request, uuid)
    now = timezone.now()
    n = 0
    for item in waiting(user=user, classroom_id=classroom.pk):
        if item.submission.points is None:
            continue
        try:
            return_submission(submission_id=item.submission.pk, teacher=user, now=now)
        except WorkProblem:
            # Its mark was taken back in this moment.
            continue
        n += 1
    words = ngettext(
        "%(n)d piece of work went back.", "%(n)d pieces of work went back.", n
    )
    messages.success(request, words % {"n": n})
    return redirect("coursework:review-queue", uuid=classroom.uuid)


def _chosen(request: HttpRequest, classroom: Classroom) -> Assignment | None:
    try:
        uuid = UUID(request.GET.get("assignment", ""))
    except ValueError:
        return None
    return Assignment.objects.filter(classroom=classroom, uuid=uuid).first()


def _row(item: QueueItem) -> dict[str, Any]:
    one = item.submission
    uncertainty = one.draft_uncertainty
    return {
        "submission": one,
        "learner": name_of(one.learner),
        "trouble": trouble_words(one.trouble),
        "care": "care_open" in one.trouble,
        "draft": number(
            None if one.draft_points is None else round(one.draft_points, 1)
        ),
        "shown": f"{one.uuid}:{one.version}:{draft_shown(one)}",
        "uncertainty": number(None if uncertainty is None else round(uncertainty, 1)),
        "points": number(one.points),
        "minutes": f"{one.spoken_s / 60:.1f}" if one.spoken_s else "",
        "late_days": -(-one.late_s // 86_400),
        "in_doubt": one.points is None and not item.trouble_or_accepted,
    }
