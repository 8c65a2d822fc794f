"""A learner's progress, and what its numbers were made from."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from learners.permissions import can_take_lesson, signed_in_user
from learners.progress.spans import Span

from ..progress.page import (
    NoSuchNumber,
    evidence_context,
    progress_context,
    sound_context,
)


@login_required
@require_safe
@never_cache
def progress(request: HttpRequest) -> HttpResponse:
    """Show the plots of ``?period=``: 4w, 3m or all."""
    user = signed_in_user(request)
    if not can_take_lesson(user):
        return redirect("learners:profile-edit")
    asked = request.GET.get("period", Span.MONTH)
    span = Span(asked) if asked in list(Span) else Span.MONTH
    context = progress_context(learner_id=user.pk, span=span, now=timezone.now())
    return render(request, "learners/progress.html", context)


@login_required
@require_safe
@never_cache
def progress_evidence(request: HttpRequest, part: str, key: str) -> HttpResponse:
    """List what a number of a plot was made from."""
    user = signed_in_user(request)
    if not can_take_lesson(user):
        return redirect("learners:profile-edit")
    try:
        context = evidence_context(learner_id=user.pk, part=part, key=key)
    except NoSuchNumber:
        raise Http404 from None
    return render(request, "learners/progress_evidence.html", context)


@login_required
@require_safe
@never_cache
def progress_sound(request: HttpRequest, ipa: str) -> HttpResponse:
    """List the words in which a sound was judged."""
    user = signed_in_user(request)
    if not can_take_lesson(user):
        return redirect("learners:profile-edit")
    try:
        context = sound_context(learner_id=user.pk, ipa=ipa)
    except NoSuchNumber:
        raise Http404 from None
    return render(request, "learners/progress_evidence.html", context)
