"""A person's data in the hands of staff: exported or erased, with a reason, in the log."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
)
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)
from kombu.exceptions import OperationalError

from learners.models import User
from learners.permissions import signed_in_user

from ..erasure.erasing import LastAdministrator
from ..erasure.requests import erasure_of, request_erasure, take_back_erasure
from ..export.orders import data_export_of, order_data_export
from ..export.showing import export_file_response, export_state_response
from ..models import ErasureRequest
from ..privacy_forms import EraseWithReasonForm, ReasonForm, posted
from ..privacy_permissions import can_handle_data_of

_SIDE = ErasureRequest.Side.STAFF


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def person_data(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show what can be done with a person's data; on POST have the archive made."""
    user, person = _person(request, uuid)
    form = ReasonForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            order_data_export(
                learner=person,
                asked_by=user.uuid,
                reason=form.cleaned_data["reason"],
                language=translation.get_language() or "",
                now=timezone.now(),
            )
        except OperationalError:
            messages.error(
                request, _("Files cannot be made right now. Try again later.")
            )
        return redirect("privacy:person-data", uuid)
    return _page(request, user, person, export_form=form)


@login_required
@require_POST
def person_erase(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Have a person's account deleted after the days of grace."""
    user, person = _person(request, uuid)
    form = EraseWithReasonForm(request.POST)
    if form.is_valid():
        try:
            request_erasure(
                user=person,
                side=_SIDE,
                asked_by=user.uuid,
                reason=form.cleaned_data["reason"],
                now=timezone.now(),
            )
        except LastAdministrator:
            form.add_error(None, _("This is the only administrator of the site."))
        else:
            messages.success(request, _("The account waits to be deleted."))
            return redirect("privacy:person-data", uuid)
    return _page(request, user, person, erase_form=form)


@login_required
@require_POST
def person_keep(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Keep a person's account after all."""
    user, person = _person(request, uuid)
    erasure = erasure_of(user=person)
    if erasure is not None:
        take_back_erasure(request=erasure, by=user.uuid, now=timezone.now())
    messages.success(request, _("The account stays."))
    return redirect("privacy:person-data", uuid)


@login_required
@require_safe
@never_cache
def person_export_state(request: HttpRequest, uuid: UUID) -> JsonResponse:
    """Return how far the archive is that this member of staff asked for."""
    user, person = _person(request, uuid)
    return export_state_response(data_export_of(learner=person, asked_by=user.uuid))


@login_required
@require_safe
@never_cache
def person_export_file(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Return the archive that this member of staff asked for."""
    user, person = _person(request, uuid)
    return export_file_response(data_export_of(learner=person, asked_by=user.uuid))


def _page(
    request: HttpRequest,
    user: User,
    person: User,
    *,
    export_form: ReasonForm | None = None,
    erase_form: EraseWithReasonForm | None = None,
) -> HttpResponse:
    forms = (export_form, erase_form)
    return render(
        request,
        "operations/person_data.html",
        {
            "person": person,
            "name": person.profile.display_name
            if hasattr(person, "profile")
            else person.email,
            "export": data_export_of(learner=person, asked_by=user.uuid),
            "erasure": erasure_of(user=person),
            "export_form": export_form or ReasonForm(auto_id="export_%s"),
            "erase_form": erase_form or EraseWithReasonForm(auto_id="erase_%s"),
        },
        status=422 if any(form and form.errors for form in forms) else 200,
    )


def _person(request: HttpRequest, uuid: UUID) -> tuple[User, User]:
    user = signed_in_user(request)
    person = User.objects.select_related("profile").filter(uuid=uuid).first()
    if person is None or not can_handle_data_of(user, person):
        raise Http404
    return user, person
