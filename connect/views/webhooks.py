"""Webhooks: made, switched, deleted, tested; their messages, sent again."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from ..forms import WebhookForm
from ..models import WebhookDelivery, WebhookEndpoint, WebhookEvent
from ..outbound import OutboundProblem
from ..outbound_words import words_of
from ..permissions import (
    connectable_schools,
    manageable_deliveries,
    manageable_endpoints,
)
from ..post import send_soon
from ..selectors import list_endpoints
from ..services import webhooks
from .tokens import manager

A_PAGE = 50


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def webhook_list(request: HttpRequest) -> HttpResponse:
    """Show who is told what; add an address on POST."""
    user = manager(request)
    schools = connectable_schools(user)
    form = WebhookForm(request.POST or None, schools=schools)
    if request.method == "POST" and form.is_valid():
        try:
            endpoint = webhooks.make_endpoint(
                **form.cleaned_data, by=user, now=timezone.now()
            )
        except OutboundProblem as problem:
            form.add_error("url", words_of(problem.code))
        else:
            messages.success(request, _("Added. Send it a test to see that it works."))
            return redirect("connect:webhook-detail", endpoint.uuid)
    rows = [
        {
            "endpoint": endpoint,
            "events": [WebhookEvent(event).label for event in endpoint.events],
        }
        for endpoint in list_endpoints(schools=schools)
    ]
    context = {
        "tab": "webhooks", "form": form, "rows": rows, "several": schools.count() > 1,
    }  # fmt: skip
    return render(
        request,
        "connect/webhook_list.html",
        context,
        status=422 if form.errors else 200,
    )


@login_required
@require_safe
def webhook_detail(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show a webhook with its secret and its latest messages."""
    endpoint = _endpoint(request, uuid)
    deliveries = WebhookDelivery.objects.filter(endpoint=endpoint)
    page = Paginator(deliveries, A_PAGE).get_page(request.GET.get("page"))
    rows = [
        {"delivery": delivery, "problem": words_of(delivery.last_error)}
        for delivery in page
    ]
    context = {
        "tab": "webhooks",
        "endpoint": endpoint,
        "events": [WebhookEvent(event).label for event in endpoint.events],
        "page": page,
        "rows": rows,
    }
    return render(request, "connect/webhook_detail.html", context)


@login_required
@require_POST
def webhook_change(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Do what ``action`` says: test, switch on or off, delete."""
    endpoint = _endpoint(request, uuid)
    user, now = manager(request), timezone.now()
    action = request.POST.get("action")
    if action == "delete":
        webhooks.delete_endpoint(endpoint=endpoint, by=user, now=now)
        messages.success(request, _("Deleted. It is told nothing any more."))
        return redirect("connect:webhook-list")
    if action == "test":
        webhooks.send_test(endpoint=endpoint, by=user, now=now)
        send_soon("test")
        messages.success(request, _("A test is on its way. Load this page again."))
    elif action in {"on", "off"}:
        webhooks.switch_endpoint(
            endpoint=endpoint, is_active=action == "on", by=user, now=now
        )
    return redirect("connect:webhook-detail", endpoint.uuid)


@login_required
@require_POST
def delivery_again(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Send a message again."""
    user = manager(request)
    try:
        delivery = (
            manageable_deliveries(user)
            .select_related("endpoint__school")
            .get(uuid=uuid)
        )
    except WebhookDelivery.DoesNotExist:
        raise Http404 from None
    webhooks.send_again(delivery=delivery, by=user, now=timezone.now())
    send_soon("again")
    messages.success(request, _("It is on its way again."))
    return redirect("connect:webhook-detail", delivery.endpoint.uuid)


def _endpoint(request: HttpRequest, uuid: UUID) -> WebhookEndpoint:
    try:
        return (
            manageable_endpoints(manager(request))
            .select_related("school")
            .get(uuid=uuid)
        )
    except WebhookEndpoint.DoesNotExist:
        raise Http404 from None
