"""Reminders: to choose them, and to end them from a mail."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from ..models import ReminderChoice
from ..permissions import signed_in_user
from ..reminder_forms import ReminderForm
from ..services.reminders import set_reminders, unsubscribe


@login_required
@require_POST
def edit_reminders(request: HttpRequest) -> HttpResponse:
    """Take the choice of the profile page."""
    user = signed_in_user(request)
    form = ReminderForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("That did not work. Nothing was changed."))
        return redirect("learners:profile-edit")
    set_reminders(learner_id=user.pk, **form.cleaned_data)
    messages.success(request, _("Saved."))
    return redirect("learners:profile-edit")


# Mail programs end mails with one click, without a cookie (RFC 8058); the token is secret.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def reminders_off(request: HttpRequest, token: UUID) -> HttpResponse:
    """Ask, and on POST end the reminders of whoever has this link. Nobody signs in."""
    if request.method == "POST":
        known = unsubscribe(token=token)
    else:
        known = ReminderChoice.objects.filter(token=token).exists()
    context = {"known": known, "done": known and request.method == "POST"}
    return render(
        request, "learners/reminders_off.html", context, status=200 if known else 404
    )
