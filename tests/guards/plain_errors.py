"""The site's addresses with errors as bare words: most answers of the walk are such."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseForbidden

from tutorplatform.urls import urlpatterns

__all__ = ["handler403", "handler404", "urlpatterns"]


def handler404(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is no such thing."""
    return HttpResponse("not found", status=404)


def handler403(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """Say no."""
    return HttpResponseForbidden("no")
