"""The choice of the language of pages, for everybody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from ..languages import is_interface_language
from ..models import User
from ..services.profiles import choose_language


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keep the posted language: in a cookie, and with the profile of who is signed in.

    An unknown language changes nothing. ``next`` is where the person was.
    """
    language = request.POST.get("language", "")
    if is_interface_language(language) and isinstance(request.user, User):
        choose_language(user=request.user, language=language)
    response: HttpResponse = set_language(request)
    return response
