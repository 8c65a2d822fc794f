"""Reviews: the page, and how a learner likes them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from learners.permissions import can_take_lesson, signed_in_user
from learners.review_selectors import get_setting, list_cards, list_set_aside
from learners.services.reviews import ReviewProblem, save_setting, suspend_card

from ..anki.orders import export_of
from ..review_cards_page import review_language, reviews_context
from ..review_forms import ReviewSettingForm

SHOWN_ASIDE = 100


@login_required
@require_safe
@never_cache
def reviews(request: HttpRequest) -> HttpResponse:
    """Show what is to be reviewed now."""
    user = signed_in_user(request)
    if not can_take_lesson(user):
        return redirect("learners:profile-edit")
    context = reviews_context(learner_id=user.pk, now=timezone.now())
    return render(request, "sessions/reviews.html", context)


@login_required
@never_cache
def review_settings(request: HttpRequest) -> HttpResponse:
    """Let a learner choose how much and how well, take cards back in, take all along."""
    user = signed_in_user(request)
    if not can_take_lesson(user):
        return redirect("learners:profile-edit")
    chosen = get_setting(learner_id=user.pk)
    initial = {
        "retention": round(100 * chosen.retention),
        "daily_cap": chosen.daily_cap,
        "new_a_day": chosen.new_a_day,
    }
    form = ReviewSettingForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        save_setting(
            learner_id=user.pk,
            retention=form.cleaned_data["retention"] / 100,
            daily_cap=form.cleaned_data["daily_cap"],
            new_a_day=form.cleaned_data["new_a_day"],
        )
        messages.success(request, _("Saved."))
        return redirect("sessions:review-settings")
    l2 = review_language(learner_id=user.pk)
    context = {
        "form": form,
        "language": l2,
        "fitted_at": chosen.fitted_at,
        "aside": list_set_aside(learner_id=user.pk, l2=l2)[:SHOWN_ASIDE],
        "n_cards": list_cards(learner_id=user.pk, l2=l2).count(),
        "export": export_of(learner_id=user.pk, l2=l2),
    }
    return render(
        request,
        "sessions/review_settings.html",
        context,
        status=422 if form.errors else 200,
    )


@login_required
@require_POST
def review_back(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take a card back in that was set aside."""
    user = signed_in_user(request)
    try:
        suspend_card(
            learner_id=user.pk, card_uuid=uuid, aside=False, now=timezone.now()
        )
    except ReviewProblem:
        raise Http404 from None
    messages.success(request, _("This card is asked again."))
    return redirect("sessions:review-settings")
