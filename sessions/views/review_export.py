"""A learner's cards as a file for Anki: asked for, made in the background, fetched."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
)
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from kombu.exceptions import OperationalError

from learners.permissions import can_take_lesson, signed_in_user

from ..anki.files import export_path
from ..anki.orders import export_of, order_export
from ..models import CardExport
from ..review_cards_page import review_language


@login_required
@require_POST
def export_make(request: HttpRequest) -> HttpResponse:
    """Have the file made; the page shows how far it is."""
    user = signed_in_user(request)
    if not can_take_lesson(user):
        return redirect("learners:profile-edit")
    l2 = review_language(learner_id=user.pk)
    try:
        order_export(learner_id=user.pk, l2=l2, now=timezone.now())
    except OperationalError:
        messages.error(request, _("Files cannot be made right now. Try again later."))
    return redirect("sessions:review-settings")


@login_required
@require_safe
@never_cache
def export_state(request: HttpRequest) -> JsonResponse:
    """Return how far the file is, as JSON."""
    export = _own(request)
    return JsonResponse(
        {"state": export.state, "done": export.done, "total": export.total}
    )


@login_required
@require_safe
@never_cache
def export_file(request: HttpRequest) -> HttpResponseBase:
    """Return the file."""
    export = _own(request)
    path = export_path(export.pk)
    if export.state != CardExport.State.READY or not path.is_file():
        raise Http404
    return FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename=f"tutor-{export.l2}.apkg",
        content_type="application/octet-stream",
    )


def _own(request: HttpRequest) -> CardExport:
    user = signed_in_user(request)
    if not can_take_lesson(user):
        raise Http404
    export = export_of(learner_id=user.pk, l2=review_language(learner_id=user.pk))
    if export is None:
        raise Http404
    return export
