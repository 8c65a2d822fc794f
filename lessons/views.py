"""The sounds of a language, for scripts."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from .sounds.as_json import sounds_json

SOUNDS_KEPT_S = 3600


@login_required
@require_safe
def sounds(request: HttpRequest, language: str) -> HttpResponse:
    """Give a language's sounds to scripts, with what is hard for ``?l1=``."""
    found = sounds_json(language, first_language=request.GET.get("l1", ""))
    if not found["sounds"]:
        raise Http404
    response = JsonResponse(found)
    patch_cache_control(response, private=True, max_age=SOUNDS_KEPT_S)
    return response
