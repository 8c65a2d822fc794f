"""What every page knows."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

_THEME_ATTRIBUTE = {"LIGHT": "light", "DARK": "dark"}


def site(request: HttpRequest) -> dict[str, str]:
    """Return the site's name and the theme the person chose (empty: as the device)."""
    user = getattr(request, "user", None)
    profile = getattr(user, "profile", None) if user and user.is_authenticated else None
    theme = _THEME_ATTRIBUTE.get(profile.theme, "") if profile else ""
    return {"site_name": settings.SITE_NAME, "theme": theme}
