"""Pages for a guardian, who has a secret link and no account."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)
from kombu.exceptions import OperationalError

from learners.models import Consent, Guardian
from learners.services.consents import record_guardians_consent
from learners.services.guardians import get_guardian_by_token
from schools.audit import record
from sessions.selectors import count_recordings
from sessions.services import delete_recordings

from ..erasure.requests import (
    erasure_of,
    may_take_back,
    request_erasure,
    take_back_erasure,
)
from ..export.orders import data_export_of, order_data_export
from ..export.showing import export_file_response, export_state_response
from ..guardian_page import guardian_context, guardian_form
from ..models import ErasureRequest
from ..privacy_forms import EraseForm, posted
from ..privacy_permissions import can_act_for
from ..request_limits import is_too_often

_SIDE = ErasureRequest.Side.GUARDIAN
_VOICE, _RESEARCH = Consent.Purpose.STORE_VOICE, Consent.Purpose.RESEARCH


def for_guardian(
    view: Callable[[HttpRequest, str, Guardian], HttpResponseBase],
) -> Callable[[HttpRequest, str], HttpResponseBase]:
    """Give the view whose link it is; say in words what is wrong with another one."""

    @wraps(view)
    @never_cache
    def answered(request: HttpRequest, token: str) -> HttpResponseBase:
        try:
            guardian = get_guardian_by_token(token)
        except Guardian.DoesNotExist:
            who = request.META.get("REMOTE_ADDR", "")
            often = is_too_often("guardian", who, most=30, within_s=600)
            return _refusal(request, "unknown", status=429 if often else 404)
        if not can_act_for(guardian):
            return _refusal(request, "of-age", status=404)
        if request.method == "POST" and is_too_often(
            "guardian-post", str(guardian.uuid), most=60, within_s=3600
        ):
            return _refusal(request, "too-fast", status=429)
        return view(request, token, guardian)

    return answered


@require_http_methods(["GET", "HEAD", "POST"])
@for_guardian
def guardian(request: HttpRequest, token: str, guardian: Guardian) -> HttpResponse:
    """Say what is asked; on POST take the answers."""
    form = guardian_form(guardian, posted(request))
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        voice, research = form.answer("store_voice"), form.answer("research")
        changed = record_guardians_consent(
            guardian=guardian, purpose=_VOICE, is_given=voice, now=now
        )
        record_guardians_consent(
            guardian=guardian, purpose=_RESEARCH, is_given=research, now=now
        )
        messages.success(request, _("Thank you. Your answer is kept."))
        if changed and not voice and count_recordings(learner_id=guardian.learner_id):
            return redirect("privacy:guardian-recordings", token)
        return redirect("privacy:guardian", token)
    context = guardian_context(guardian, token) | {"form": form}
    status = 422 if form.errors else 200
    return render(request, "operations/guardian.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@for_guardian
def guardian_recordings(
    request: HttpRequest, token: str, guardian: Guardian
) -> HttpResponse:
    """Ask once, then delete every recording of the learner's voice."""
    _refuse_unconfirmed(guardian)
    learner = guardian.learner
    if request.method != "POST":
        context = guardian_context(guardian, token)
        return render(request, "operations/guardian_recordings.html", context)
    deleted = delete_recordings(learner_id=learner.pk)
    record(
        action="recordings.deleted",
        now=timezone.now(),
        actor=guardian.uuid,
        subject=learner.uuid,
        target="guardian",
        target_uuid=guardian.uuid,
        detail={"recordings": deleted},
    )
    messages.success(
        request,
        ngettext(
            "%(n)d recording was deleted.", "%(n)d recordings were deleted.", deleted
        )
        % {"n": deleted}
        if deleted
        else _("There was nothing to delete."),
    )
    return redirect("privacy:guardian", token)


@require_POST
@for_guardian
def guardian_export(
    request: HttpRequest, token: str, guardian: Guardian
) -> HttpResponse:
    """Have the archive of the learner's data made."""
    _refuse_unconfirmed(guardian)
    try:
        order_data_export(
            learner=guardian.learner,
            asked_by=guardian.uuid,
            language=translation.get_language() or "",
            now=timezone.now(),
        )
    except OperationalError:
        messages.error(request, _("Files cannot be made right now. Try again later."))
    return redirect("privacy:guardian", token)


@require_safe
@for_guardian
def guardian_export_state(
    request: HttpRequest, token: str, guardian: Guardian
) -> HttpResponseBase:
    """Return how far the guardian's archive is, as JSON."""
    export = data_export_of(learner=guardian.learner, asked_by=guardian.uuid)
    return export_state_response(export)


@require_safe
@for_guardian
def guardian_export_file(
    request: HttpRequest, token: str, guardian: Guardian
) -> HttpResponseBase:
    """Return the guardian's archive."""
    _refuse_unconfirmed(guardian)
    export = data_export_of(learner=guardian.learner, asked_by=guardian.uuid)
    return export_file_response(export)


@require_http_methods(["GET", "HEAD", "POST"])
@for_guardian
def guardian_erase(
    request: HttpRequest, token: str, guardian: Guardian
) -> HttpResponse:
    """Have the learner's account deleted after the days of grace."""
    _refuse_unconfirmed(guardian)
    form = EraseForm(posted(request))
    if request.method == "POST" and form.is_valid():
        request_erasure(
            user=guardian.learner,
            side=_SIDE,
            asked_by=guardian.uuid,
            now=timezone.now(),
        )
        return redirect("privacy:guardian", token)
    context = guardian_context(guardian, token) | {"form": form}
    status = 422 if form.errors else 200
    return render(request, "operations/guardian_erase.html", context, status=status)


@require_POST
@for_guardian
def guardian_keep(request: HttpRequest, token: str, guardian: Guardian) -> HttpResponse:
    """Keep the learner's account after all."""
    _refuse_unconfirmed(guardian)
    erasure = erasure_of(user=guardian.learner)
    if erasure is not None:
        if not may_take_back(erasure, side=_SIDE):
            raise Http404
        take_back_erasure(request=erasure, by=guardian.uuid, now=timezone.now())
    messages.success(request, _("The account stays."))
    return redirect("privacy:guardian", token)


def _refuse_unconfirmed(guardian: Guardian) -> None:
    """Nobody takes or deletes anything before they said who they are."""
    if guardian.confirmed_at is None:
        raise Http404


def _refusal(request: HttpRequest, why: str, *, status: int) -> HttpResponse:
    return render(
        request, "operations/guardian_refused.html", {"why": why}, status=status
    )
