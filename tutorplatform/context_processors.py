"""What every page knows."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.translation import get_language

from schools.permissions import is_site_admin, manageable_schools
from sessions.care import tells_teachers
from sessions.learners_talks import open_care_flags

from .interface_texts import texts_address

_THEME_ATTRIBUTE = {"LIGHT": "light", "DARK": "dark"}


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the site's name, the theme the person chose (empty: as the device), and care.

    ``texts_address`` is where scripts find their words in the language of the page.
    ``n_care_flags`` asks the database once a page, where a page shows it.
    """
    user = getattr(request, "user", AnonymousUser())
    profile = getattr(user, "profile", None) if user.is_authenticated else None
    theme = _THEME_ATTRIBUTE.get(profile.theme, "") if profile else ""
    return {
        "site_name": settings.SITE_NAME,
        "theme": theme,
        "interface_languages": settings.LANGUAGES,
        "texts_address": texts_address(get_language()),
        "tells_teachers": tells_teachers(),
        # A query only for who may manage one: learners' pages show no such entry.
        "manages_schools": cache(
            lambda: is_site_admin(user) or manageable_schools(user).exists()
        ),
        "n_care_flags": cache(lambda: open_care_flags(user=user).count()),
    }
