"""Pages in the language a person chose."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from .languages import is_interface_language

GetResponse = Callable[[HttpRequest], HttpResponse]


class ChosenLanguageMiddleware:
    """The choice in the profile goes before the browser's, which LocaleMiddleware has set.

    Stands after the sign-in. It asks the database only for who has a session, and for the
    same profile that the page asks for.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the chosen language."""
        language = _chosen(request)
        if language:
            translation.activate(language)
            request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)


def _chosen(request: HttpRequest) -> str:
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return ""
    user = getattr(request, "user", AnonymousUser())
    profile = getattr(user, "profile", None) if user.is_authenticated else None
    language: str = profile.interface_language if profile else ""
    return language if is_interface_language(language) else ""
