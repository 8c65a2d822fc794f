"""Teachers see what a learner's level was said to be, and overrule it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lessons.levels import language_name

from ..models import LearnerProfile
from ..onboarding_forms import LevelForm
from ..permissions import reviewable_learners, signed_in_user
from ..placement_selectors import find_last_placement, list_level_estimates
from ..placement_words import level_sentence, said_by
from ..services.placement import overrule_level

SHOWN = 20


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def learner_level(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show a learner's level over time; a teacher's word for it counts from now on."""
    user = signed_in_user(request)
    learner = reviewable_learners(user).exclude(pk=user.pk).filter(uuid=uuid).first()
    profile = LearnerProfile.objects.filter(user=learner).first() if learner else None
    if learner is None or profile is None:
        raise Http404
    form = LevelForm(request.POST or None, initial={"level": profile.level})
    if request.method == "POST" and form.is_valid():
        level = form.cleaned_data["level"]
        overrule_level(
            learner_id=learner.pk, level=level, said_by=user, now=timezone.now()
        )
        messages.success(
            request,
            _("%(name)s is at %(level)s now.")
            % {"name": profile.display_name, "level": level},
        )
        return redirect("learners:learner-level", uuid)
    last = find_last_placement(learner_id=learner.pk, l2=profile.l2)
    estimates = list_level_estimates(learner_id=learner.pk, l2=profile.l2)[:SHOWN]
    return render(
        request,
        "learners/learner_level.html",
        {
            "profile": profile,
            "language": language_name(profile.l2),
            "form": form,
            "placement": last,
            "sentence": level_sentence(last) if last else "",
            "estimates": [(one, said_by(one)) for one in estimates],
        },
        status=422 if form.errors else 200,
    )
