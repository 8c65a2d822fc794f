"""The texts of browser modules in the language of a page, as one script.

English pages load none: their texts are in the modules. The address carries a digest of what
it holds, so that browsers keep it until it changes.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe
from django.views.i18n import JavaScriptCatalog

KEPT_S = 365 * 24 * 3600


class _Catalog(JavaScriptCatalog):
    """Only what this project's own modules say."""

    packages = ["tutorplatform"]

    def render_to_response(
        self, context: dict[str, Any], **_kwargs: Any
    ) -> HttpResponse:
        """Return the script that ``i18n.js`` reads."""
        texts = json.dumps(
            context["catalog"],
            ensure_ascii=False,
            separators=(",", ":"),
            sort_keys=True,
        )
        form = context["plural"] or "n != 1"
        script = f"globalThis.interfaceTexts={{texts:{texts},form:n=>Number({form})}};"
        return HttpResponse(script, content_type="text/javascript; charset=utf-8")


def texts_address(language: str | None) -> str:
    """Return where a page in this language finds its texts, ``""`` for English."""
    if not language or language == settings.LANGUAGE_CODE:
        return ""
    version = hashlib.sha256(_script(language)).hexdigest()[:12]
    return reverse("interface-texts", args=(language, version))


@cache
def _script(language: str) -> bytes:
    """Return the script; catalogues change only together with the program."""
    with translation.override(language):
        content: bytes = _Catalog().get(HttpRequest()).content
    return content


@gzip_page
@require_safe
def interface_texts(request: HttpRequest, language: str, version: str) -> HttpResponse:
    """Send the texts of one language. An old ``version`` gets today's."""
    if language not in dict(settings.LANGUAGES) or language == settings.LANGUAGE_CODE:
        raise Http404
    response = HttpResponse(
        _script(language), content_type="text/javascript; charset=utf-8"
    )
    patch_cache_control(response, public=True, max_age=KEPT_S, immutable=True)
    return response
