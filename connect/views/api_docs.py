"""What the REST API can do, for people."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from ..api_docs import sections
from ..models import Scope


@require_safe
def api_docs(request: HttpRequest) -> HttpResponse:
    """Show each address with what it takes and gives; it holds no data."""
    context = {
        "sections": sections(),
        "scopes": Scope.choices,
        "rate": settings.CONNECT["API_RATE"],
        "base": request.build_absolute_uri("/api/v1/"),
        "openapi": reverse("connect:api:openapi-json"),
    }
    return render(request, "connect/api_docs.html", context)
