"""Taking one's own data along."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from kombu.exceptions import OperationalError

from learners.permissions import signed_in_user

from ..erasure.requests import erasure_of
from ..export.orders import data_export_of, order_data_export
from ..export.showing import export_file_response, export_state_response
from ..models import DataExport


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def data_export(request: HttpRequest) -> HttpResponse:
    """Show what an archive holds and how far it is; on POST have it made."""
    user = signed_in_user(request)
    if request.method == "POST":
        try:
            order_data_export(
                learner=user,
                asked_by=user.uuid,
                language=translation.get_language() or "",
                now=timezone.now(),
            )
        except OperationalError:
            messages.error(
                request, _("Files cannot be made right now. Try again later.")
            )
        return redirect("privacy:data-export")
    context = {"export": _own(request), "erasure": erasure_of(user=user)}
    return render(request, "operations/data_export.html", context)


@login_required
@require_safe
@never_cache
def data_export_state(request: HttpRequest) -> JsonResponse:
    """Return how far one's archive is, as JSON."""
    return export_state_response(_own(request))


@login_required
@require_safe
@never_cache
def data_export_file(request: HttpRequest) -> HttpResponseBase:
    """Return one's archive."""
    return export_file_response(_own(request))


def _own(request: HttpRequest) -> DataExport | None:
    user = signed_in_user(request)
    return data_export_of(learner=user, asked_by=user.uuid)
