"""The profile page: who I am, what I learn, what is kept of my voice."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from schools.selectors import classrooms_of_learner

from ..access_selectors import list_talks_opened
from ..consent_page import consents_context
from ..consent_selectors import may_store_voice
from ..forms import ProfileForm, RecordingConsentForm
from ..models import Consent, LearnerProfile
from ..permissions import signed_in_user
from ..placement_selectors import list_level_estimates
from ..placement_words import said_by
from ..reminder_forms import ReminderForm
from ..services.consents import record_own_consent
from ..services.placement import choose_level
from ..services.profiles import save_profile, set_recording_consent

OPENINGS_SHOWN = 10


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_profile(request: HttpRequest) -> HttpResponse:
    """Show the profile and take changes; a person without one fills it in here."""
    user = signed_in_user(request)
    profile = LearnerProfile.objects.filter(user=user).first()
    form = ProfileForm(request.POST or None, instance=profile)
    if request.method == "POST" and form.is_valid():
        save_profile(user=user, **form.cleaned_data)
        if "level" in form.changed_data:
            level = form.cleaned_data["level"]
            choose_level(learner_id=user.pk, level=level, now=timezone.now())
        messages.success(request, _("Saved."))
        return redirect("learners:profile-edit" if profile else "today")
    consent_form = RecordingConsentForm.for_profile(profile) if profile else None
    return render(
        request,
        "learners/profile_form.html",
        {
            "form": form,
            "consent_form": consent_form,
            **(consents_context(profile) if profile else {}),
            "reminder_form": ReminderForm.for_learner(user.pk),
            "profile": profile,
            **(_level_said(profile) if profile else {}),
            "classes": list(classrooms_of_learner(learner_id=user.pk)),
            "talks_opened": list_talks_opened(learner_id=user.pk, limit=OPENINGS_SHOWN),
        },
        status=422 if form.errors else 200,
    )


def _level_said(profile: LearnerProfile) -> dict[str, object]:
    estimates = list_level_estimates(learner_id=profile.user_id, l2=profile.l2)
    latest = estimates.first()
    return {
        "level_said": latest,
        "level_said_by": said_by(latest) if latest else "",
    }


@login_required
@require_POST
def edit_recording_consent(request: HttpRequest) -> HttpResponse:
    """Give or withdraw consent to keep recordings."""
    user = signed_in_user(request)
    profile = get_object_or_404(LearnerProfile, user=user)
    form = RecordingConsentForm.for_profile(profile, request.POST)
    if not form.is_valid():
        messages.error(request, _("That did not work. Nothing was changed."))
        return redirect("learners:profile-edit")
    changed = set_recording_consent(user=user, now=timezone.now(), **form.cleaned_data)
    if not changed:
        messages.success(request, _("Saved."))
    elif form.cleaned_data["stores_recordings"]:
        if may_store_voice(user.pk):
            messages.success(request, _("From now on your recordings are kept."))
        else:
            messages.success(
                request,
                _(
                    "Saved. Recordings are kept once your parent or guardian agrees, too."
                ),
            )
    else:
        return redirect("learners:consent-withdrawn")
    return redirect("learners:profile-edit")


@login_required
def consent_withdrawn(request: HttpRequest) -> HttpResponse:
    """Say that nothing new is kept, and offer to delete what is stored."""
    return render(request, "learners/consent_withdrawn.html")


@login_required
@require_POST
def edit_research_consent(request: HttpRequest) -> HttpResponse:
    """Give or withdraw consent to research."""
    user = signed_in_user(request)
    get_object_or_404(LearnerProfile, user=user)
    choice = request.POST.get("is_given")
    if choice not in {"yes", "no"}:
        messages.error(request, _("That did not work. Nothing was changed."))
    else:
        record_own_consent(
            user=user,
            purpose=Consent.Purpose.RESEARCH,
            is_given=choice == "yes",
            now=timezone.now(),
        )
        messages.success(request, _("Saved."))
    return redirect("learners:profile-edit")
