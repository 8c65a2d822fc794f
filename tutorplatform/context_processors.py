"""What every page knows."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from learners.permissions import AnyUser
from operations.views.site import DISMISSED_COOKIE
from schools import site_settings
from schools.announcements import Reader, text_of, visible_notices
from schools.permissions import is_site_admin, manageable_schools
from schools.selectors import school_ids_of_learner
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
        "site_name": site_settings.site_name(),
        "support_email": site_settings.get("support_email"),
        "notices": cache(lambda: _notices(request, user)),
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


def _notices(request: HttpRequest, user: AnyUser) -> list[dict[str, Any]]:
    """Return the announcements of a page, in its language."""
    role = getattr(user, "role", "")
    reader = Reader(
        is_signed_in=bool(user.is_authenticated),
        is_staff=role not in ("", "LEARNER"),
        school_ids=lambda: set(school_ids_of_learner(learner_id=user.pk or 0)),
    )
    dismissed = request.COOKIES.get(DISMISSED_COOKIE, "").split(".")
    found = visible_notices(reader, now=timezone.now(), dismissed=dismissed)
    language = get_language() or ""
    return [{"notice": one, "text": text_of(one, language)} for one in found]
