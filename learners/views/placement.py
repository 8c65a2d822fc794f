"""Finding a level: start, one item a page, result, and choosing for oneself."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from lessons.levels import language_name

from ..course_selectors import next_lesson
from ..models import LearnerProfile, PlacementTest
from ..onboarding_forms import LevelForm
from ..permissions import signed_in_user
from ..placement_selectors import (
    can_be_placed,
    find_last_placement,
    find_placement_under_way,
    get_placement,
    is_estimated,
)
from ..placement_state import current_question
from ..placement_words import can_do, level_scale, level_sentence
from ..services.placement import (
    AnswerOutcome,
    PlacementProblem,
    answer_item,
    begin_placement,
    choose_level,
)


@login_required
@never_cache
@require_safe
def placement(request: HttpRequest) -> HttpResponse:
    """Offer to find the level, to begin at the beginning, or to say the level."""
    profile = _profile(request)
    if profile is None:
        return redirect("learners:onboarding")
    running = find_placement_under_way(learner_id=profile.user_id, l2=profile.l2)
    return render(
        request,
        "learners/placement_start.html",
        {
            "profile": profile,
            "language": language_name(profile.l2),
            "can_be_placed": can_be_placed(profile.l2),
            "running": running,
            "n_answered": running.answers.count() if running else 0,
            "last": find_last_placement(learner_id=profile.user_id, l2=profile.l2),
            "form": LevelForm(initial={"level": profile.level}),
        },
    )


@login_required
@require_POST
def placement_start(request: HttpRequest) -> HttpResponse:
    """Begin, or go on where one stopped."""
    profile = _profile(request)
    if profile is None:
        return redirect("learners:onboarding")
    try:
        test = begin_placement(learner_id=profile.user_id, now=timezone.now())
    except PlacementProblem as problem:
        messages.error(request, str(problem))
        return redirect("learners:placement")
    return redirect("learners:placement-item", test.uuid)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def placement_item(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show the item that is asked now, and take its answer."""
    test = _own_placement(request, uuid)
    if request.method == "POST":
        return _answered(request, test)
    if test.state == PlacementTest.State.FINISHED:
        return redirect("learners:placement-result", uuid)
    if test.state == PlacementTest.State.SKIPPED:
        messages.info(request, _("That one was ended. You can begin a new one."))
        return redirect("learners:placement")
    question = current_question(test)
    return render(
        request,
        "learners/placement_item.html",
        {
            "test": test,
            "question": question,
            "dots": range(1, (question.most if question else 0) + 1),
        },
    )


def _answered(request: HttpRequest, test: PlacementTest) -> HttpResponse:
    try:
        outcome = answer_item(
            learner_id=test.learner_id,
            test_uuid=test.uuid,
            item=request.POST.get("item", ""),
            choice=request.POST.get("choice", ""),
            now=timezone.now(),
        )
    except PlacementProblem as problem:
        messages.error(request, str(problem))
        return redirect("learners:placement-item", test.uuid)
    if outcome is AnswerOutcome.FINISHED:
        return redirect(reverse("sessions:placement-reading", args=(test.uuid,)))
    if outcome is AnswerOutcome.STALE:
        messages.info(
            request, _("That one was answered before. Here is where you are.")
        )
    return redirect("learners:placement-item", test.uuid)


@login_required
@never_cache
@require_safe
def placement_result(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Say the level, how sure that is, what it means and what to do next."""
    test = _own_placement(request, uuid)
    if test.state != PlacementTest.State.FINISHED:
        return redirect("learners:placement-item", uuid)
    profile = _profile(request)
    chosen = profile.level if profile else test.level
    return render(
        request,
        "learners/placement_result.html",
        {
            "test": test,
            "sentence": level_sentence(test),
            "scale": level_scale(test),
            "can_do": can_do(test.level),
            "estimated": is_estimated(test.l2),
            "n_items": test.answers.count(),
            "chosen": chosen,
            "form": LevelForm(initial={"level": chosen}),
            "lesson": next_lesson(
                learner_id=test.learner_id,
                l2=profile.l2 if profile else test.l2,
                level=chosen,
            ),
        },
    )


@login_required
@require_POST
def level_choose(request: HttpRequest) -> HttpResponse:
    """Take the person's own word for their level."""
    profile = _profile(request)
    if profile is None:
        return redirect("learners:onboarding")
    form = LevelForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose one of the six levels."))
        return redirect("learners:placement")
    level = form.cleaned_data["level"]
    choose_level(learner_id=profile.user_id, level=level, now=timezone.now())
    messages.success(
        request,
        _("Your level is %(level)s now. You can change it whenever you like.")
        % {"level": level},
    )
    return redirect("today")


def _profile(request: HttpRequest) -> LearnerProfile | None:
    return LearnerProfile.objects.filter(user=signed_in_user(request)).first()


def _own_placement(request: HttpRequest, uuid: UUID) -> PlacementTest:
    """Return the placement; another person's is as unknown as one that never was."""
    try:
        return get_placement(learner_id=signed_in_user(request).pk, uuid=uuid)
    except PlacementTest.DoesNotExist:
        raise Http404 from None
