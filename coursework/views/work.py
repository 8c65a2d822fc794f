"""The learner's side of set work: the list, one assignment, beginning it, handing it in."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from learners.models import User
from learners.permissions import can_take_lesson, signed_in_user
from learners.selectors import get_learner_context
from lessons.levels import language_name
from lessons.sounds.contrasts import contrast_named
from sessions.live.registry import live_sessions
from sessions.ranged_file import ranged_file_response
from sessions.recordings import absolute_path

from ..assignment_selectors import get_assignment
from ..doing import exercises_of
from ..learner_work import WorkItem, get_work
from ..models import Assignment
from ..permissions import can_hear_instructions
from ..problem import WorkProblem
from ..services.submissions import begin, begin_talk, hand_in
from ..work_pages import work_context, work_list_context

# How an assignment is begun: its talk, or its exercises.
TALK = "talk"
EXERCISES = "exercises"
DRILL = "drill"


@login_required
@never_cache
@require_safe
def work_list(request: HttpRequest) -> HttpResponse:
    """Show all that teachers set the learner: to do, handed in, marked."""
    user = signed_in_user(request)
    if not can_take_lesson(user):
        return redirect("learners:onboarding")
    context = work_list_context(learner_id=user.pk, now=timezone.now())
    return render(request, "coursework/work_list.html", context)


@login_required
@never_cache
@require_safe
def work_detail(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show what is to be done, by when, and how far the learner is."""
    user = signed_in_user(request)
    item = _own_work(user, uuid)
    context = work_context(item, learner_id=user.pk, now=timezone.now())
    return render(request, "coursework/work_detail.html", context)


@login_required
@require_POST
def work_begin(request: HttpRequest, uuid: UUID, part: str) -> HttpResponse:
    """Begin an attempt or go on with it, and lead to what is to be done."""
    user = signed_in_user(request)
    assignment = _own_work(user, uuid).assignment
    again = request.POST.get("again") == "1"
    now = timezone.now()
    try:
        if part == TALK:
            session = begin_talk(
                assignment=assignment, learner_id=user.pk, again=again, now=now
            )
            return redirect("sessions:session-live", session)
        if part == DRILL:
            _refuse_other_language(assignment, user)
        begin(assignment=assignment, learner_id=user.pk, again=again, now=now)
    except WorkProblem as problem:
        messages.error(request, str(problem))
        return redirect("coursework:work-detail", uuid)
    except ObjectDoesNotExist:
        raise Http404 from None
    return redirect(_place(assignment, part))


@login_required
@require_POST
def work_hand_in(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Hand in the attempt that is open; sent twice is once."""
    user = signed_in_user(request)
    assignment = _own_work(user, uuid).assignment
    try:
        submission, is_new = hand_in(
            assignment=assignment, learner_id=user.pk, now=timezone.now()
        )
    except WorkProblem as problem:
        messages.error(request, str(problem))
    else:
        if is_new:
            messages.success(request, _("Handed in. Your teacher will look at it."))
            if submission.session is not None:
                live_sessions.end_soon(submission.session, "learner")
    return redirect("coursework:work-detail", uuid)


@login_required
@require_safe
def work_instructions(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Play the teacher's spoken instructions to who has or teaches this work."""
    try:
        assignment = get_assignment(uuid=uuid)
        user = signed_in_user(request)
        if not can_hear_instructions(user, assignment, now=timezone.now()):
            raise Http404
        if not assignment.instructions_path:
            raise Http404
        path = absolute_path(assignment.instructions_path)
        return ranged_file_response(request, path, content_type="audio/flac")
    except (Assignment.DoesNotExist, FileNotFoundError):
        raise Http404 from None


def _own_work(user: User, uuid: UUID) -> WorkItem:
    """Return work that is the learner's. Raises Http404."""
    try:
        return get_work(learner_id=user.pk, uuid=uuid, now=timezone.now())
    except Assignment.DoesNotExist:
        raise Http404 from None


def _place(assignment: Assignment, part: str) -> str:
    """Return where exercises or a drill are done. Raises Http404."""
    if part == DRILL and assignment.contrast:
        return reverse("sessions:drill-of", args=(assignment.contrast,))
    if part != EXERCISES or assignment.lesson is None:
        raise Http404
    url = reverse("sessions:lesson-exercises", args=(assignment.lesson.uuid,))
    chosen = exercises_of(assignment)
    if assignment.exercises and chosen:
        url += "?" + urlencode({"only": ",".join(str(row.uuid) for row in chosen)})
    return url


class OtherLanguage(WorkProblem):
    """A drill is of the language that the learner's profile names."""

    message = gettext_lazy(
        "This drill is for %(language)s. Choose that language in your profile."
    )


def _refuse_other_language(assignment: Assignment, user: User) -> None:
    learner = get_learner_context(user_id=user.pk)
    if contrast_named(learner.l1, learner.l2, assignment.contrast) is None:
        raise OtherLanguage(language=language_name(assignment.classroom.l2))
