"""Exercises looked over by teachers: listed, edited, tried out, approved, rejected."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from tutor.exercises import Exercise, mark

from ..exercise_forms import ExerciseForm
from ..exercise_reading import read_exercise
from ..exercise_review_page import edit_context, list_context, review_rows
from ..exercise_selectors import get_reviewed
from ..exercise_tasks import result
from ..models import ExerciseItem, LearnerProfile, User
from ..permissions import can_review_exercises, reviewable_learners, signed_in_user
from ..services.exercise_making import make_exercises
from ..services.exercises import (
    MAX_ANSWER_CHARS,
    ExerciseFaulty,
    ExerciseProblem,
    decide_exercise,
    edit_exercise,
    exercise_faults,
)

SHOWN = ("waiting", "in_use", "rejected")
A_PAGE = 20


@login_required
@require_safe
def exercise_list(request: HttpRequest) -> HttpResponse:
    """Show exercises: ``?show=`` waiting, in_use or rejected; ``?learner=`` of one."""
    user = _teacher(request)
    show = request.GET.get("show", SHOWN[0])
    if show not in SHOWN:
        raise Http404
    learner = _learner(user, request.GET.get("learner", ""))
    context = list_context(
        learners=reviewable_learners(user), show=show, learner=learner
    )
    page = Paginator(context["items"], A_PAGE).get_page(request.GET.get("page"))
    context |= {"page": page, "rows": review_rows(page)}
    return render(request, "learners/exercise_list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def exercise_edit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show one to edit; ``action`` is preview, save or approve (which saves too)."""
    user, item = _reviewed(request, uuid)
    original = read_exercise(item)
    if original is None:
        return render(
            request, "learners/exercise_unreadable.html", {"item": item}, status=422
        )
    form = _form(request, item, original)
    action = request.POST.get("action", "preview")
    if request.method == "POST" and form.is_valid() and action != "preview":
        try:
            _save(user, item, form, approve=action == "approve")
        except ExerciseProblem as problem:
            form.add_error(None, problem.message)
        else:
            messages.success(
                request, _("Approved.") if action == "approve" else _("Saved.")
            )
            return redirect("learners:exercise-edit", item.uuid)
    context = edit_context(item=item, form=form, shown=form.exercise or original)
    return render(
        request,
        "learners/exercise_edit.html",
        context,
        status=422 if form.errors else 200,
    )


@login_required
@require_POST
def exercise_decide(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Approve (``decision`` approve) or reject an exercise as it is."""
    user, item = _reviewed(request, uuid)
    approve = request.POST.get("decision") == "approve"
    try:
        decide_exercise(
            item_id=item.pk, approve=approve, decider_id=user.pk, now=timezone.now()
        )
    except ExerciseFaulty as problem:
        messages.error(request, " ".join([problem.message, *problem.faults]))
        return redirect("learners:exercise-edit", item.uuid)
    messages.success(request, _("Approved.") if approve else _("Rejected."))
    return redirect("learners:exercise-list")


@login_required
@require_POST
def exercise_try(request: HttpRequest, uuid: UUID) -> JsonResponse:
    """Mark an answer to the exercise as the form has it; nothing is kept."""
    _user, item = _reviewed(request, uuid)
    original = read_exercise(item)
    exercise = _form(request, item, original).exercise_to_try() if original else None
    if exercise is None:
        words = _("The fields do not make an exercise yet.")
        return JsonResponse({"code": "exercise.faulty", "message": words}, status=422)
    answer = request.POST.get("answer", "")[:MAX_ANSWER_CHARS]
    return JsonResponse(result(exercise, mark(exercise, answer)))


@login_required
@require_POST
def exercises_make(request: HttpRequest) -> HttpResponse:
    """Make exercises for one learner, by rules, from what is known now."""
    user = _teacher(request)
    learner = _learner(user, request.POST.get("learner", ""))
    if learner is None:
        raise Http404
    try:
        batch = make_exercises(
            learner_id=learner.pk, made_by=user.pk, now=timezone.now()
        )
    except LearnerProfile.DoesNotExist:
        raise Http404 from None
    messages.success(
        request,
        _("%(made)s new, %(dropped)s left out.")
        % {"made": batch.made, "dropped": batch.n_dropped},
    )
    address = redirect("learners:exercise-list")
    address["Location"] += f"?show=in_use&learner={learner.uuid}"
    return address


def _teacher(request: HttpRequest) -> User:
    """Return who asks. Raises Http404 for who looks after nobody."""
    user = signed_in_user(request)
    if not reviewable_learners(user).exists():
        raise Http404
    return user


def _learner(user: User, posted: str) -> User | None:
    """Return the learner that is named, None if none is. Raises Http404."""
    if not posted:
        return None
    try:
        return reviewable_learners(user).get(uuid=UUID(posted))
    except (ValueError, User.DoesNotExist):
        raise Http404 from None


def _reviewed(request: HttpRequest, uuid: UUID) -> tuple[User, ExerciseItem]:
    """Return who asks and the exercise. Raises Http404 where they may not see it."""
    user = signed_in_user(request)
    try:
        item = get_reviewed(uuid=uuid)
    except ExerciseItem.DoesNotExist:
        raise Http404 from None
    if not can_review_exercises(user, item.learner_id):
        raise Http404
    return user, item


def _form(request: HttpRequest, item: ExerciseItem, original: Exercise) -> ExerciseForm:
    return ExerciseForm(
        request.POST if request.method == "POST" else None,
        original=original,
        revision=item.revision,
        find_faults=lambda exercise: exercise_faults(item, exercise),
    )


def _save(user: User, item: ExerciseItem, form: ExerciseForm, *, approve: bool) -> None:
    now, values = timezone.now(), form.cleaned_data
    if form.exercise is not None and form.exercise != form.original:
        edit_exercise(
            item_id=item.pk,
            revision=values["revision"],
            exercise=form.exercise,
            editor_id=user.pk,
            now=now,
        )
    if approve:
        decide_exercise(item_id=item.pk, approve=True, decider_id=user.pk, now=now)
