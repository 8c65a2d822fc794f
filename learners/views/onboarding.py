"""The first steps of somebody new. Each can be left and come back to; nothing is lost."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lessons.levels import L2_CHOICES

from ..models import LearnerProfile
from ..onboarding_forms import AimForm, IntroductionForm
from ..permissions import signed_in_user
from ..rosters.names import name_at_school
from ..services.onboarding import introduce, set_aim


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def introduction(request: HttpRequest) -> HttpResponse:
    """Ask who somebody is, and which language they want to speak."""
    user = signed_in_user(request)
    profile = LearnerProfile.objects.filter(user=user).first()
    known = {
        "display_name": profile.display_name if profile else name_at_school(user),
        "l1": profile.l1 if profile else "",
        "l2": profile.l2 if profile else L2_CHOICES[0][0],
    }
    form = IntroductionForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        introduce(
            user=user, interface_language=get_language() or "", **form.cleaned_data
        )
        return redirect("learners:onboarding-aim")
    return render(
        request,
        "learners/onboarding_introduction.html",
        {"form": form},
        status=422 if form.errors else 200,
    )


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def aim(request: HttpRequest) -> HttpResponse:
    """Ask why somebody learns, and how long a day."""
    user = signed_in_user(request)
    profile = LearnerProfile.objects.filter(user=user).first()
    if profile is None:
        return redirect("learners:onboarding")
    form = AimForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        set_aim(
            user=user,
            reasons=form.reason_words(),
            own_words=form.cleaned_data["own_words"],
            daily_minutes=form.cleaned_data["daily_minutes"],
            now=timezone.now(),
        )
        return redirect("learners:onboarding-sound")
    return render(
        request,
        "learners/onboarding_aim.html",
        {"form": form, "profile": profile},
        status=422 if form.errors else 200,
    )


@login_required
def sound(request: HttpRequest) -> HttpResponse:
    """Offer to try microphone and speaker; whoever does not want to goes on."""
    return render(request, "learners/onboarding_sound.html")
