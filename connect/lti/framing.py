"""Answers that a registered platform may show inside of its own pages, and nobody else.

A cookie set there is seen only below that platform's page (Partitioned), and this site's
sign-in never is: what needs it opens in a window of its own. So does the microphone, which
browsers give to a page in a page only if the outer one lets them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from http.cookies import Morsel
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from lti_tool.models import LtiRegistration

from .roles import CLAIM

# Browsers know the attribute, Python's standard library only since 3.14.
Morsel._reserved.setdefault("partitioned", "Partitioned")  # type: ignore[attr-defined]
Morsel._flags.add("partitioned")  # type: ignore[attr-defined]

COOKIE_S = 600


def is_in_frame(request: HttpRequest) -> bool:
    """Whether a browser says that it shows this inside of another page."""
    return request.headers.get("Sec-Fetch-Dest") in {
        "iframe",
        "frame",
        "embed",
        "object",
    }


def origins(
    registration: LtiRegistration, claims: Mapping[str, Any] | None = None
) -> list[str]:
    """Return the origins of a platform: as registered, and as it signed itself."""
    addresses = [registration.issuer, registration.auth_url]
    for part, name in (
        (f"{CLAIM}launch_presentation", "return_url"),
        ("deep_linking", "deep_link_return_url"),
        ("presentation", "return_url"),
    ):
        found = (claims or {}).get(part)
        if isinstance(found, dict):
            addresses.append(str(found.get(name, "")))
    return sorted({origin for url in addresses if (origin := _origin(url))})


def framable(
    response: HttpResponse, allowed: Iterable[str], *, posts_to: str = ""
) -> HttpResponse:
    """Let the platform show an answer, and with ``posts_to`` a form in it go back there."""
    ancestors = list(allowed)
    if ancestors:
        response.xframe_options_exempt = True
        replaced = {"frame-ancestors": ancestors}
        if target := _origin(posts_to):
            replaced["form-action"] = ["'self'", target]
        response._csp_replace = replaced  # type: ignore[attr-defined]
    return response


def set_cookie(
    response: HttpResponse, request: HttpRequest, name: str, value: str
) -> None:
    """Set a cookie that comes back when the platform's page posts to this site."""
    secure = request.is_secure()
    response.set_cookie(
        name,
        value,
        max_age=COOKIE_S,
        httponly=True,
        secure=secure,
        # Without https browsers refuse None; on one machine they send it all the same.
        samesite="None" if secure else None,
    )
    if secure:
        response.cookies[name]["partitioned"] = True


def _origin(url: str) -> str:
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    host = parts.hostname or ""
    plain = all(c.isalnum() or c in "-.:[]" for c in host)
    if parts.scheme not in {"http", "https"} or not host or not plain:
        return ""
    return f"{parts.scheme}://{host}{port}"
