"""How many requests a token may make."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext as _

from ..models import ApiToken
from .problems import ApiProblem

WINDOW_S: Final = 60


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left of the minute, as headers tell it."""

    limit: int
    remaining: int
    resets_in_s: int

    def headers(self) -> dict[str, str]:
        """Return the headers of the IETF's draft of RateLimit."""
        return {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(self.remaining),
            "RateLimit-Reset": str(self.resets_in_s),
        }


def count_request(token: ApiToken, *, now: datetime) -> Allowance:
    """Count a request. Raises ApiProblem (429) when there were too many this minute."""
    limit: int = settings.CONNECT["API_RATE"]
    second = int(now.timestamp())
    window, passed_s = divmod(second, WINDOW_S)
    key = f"api-requests:{token.uuid}:{window}"
    cache.add(key, 0, timeout=2 * WINDOW_S)
    try:
        counted = cache.incr(key)
    except ValueError:  # thrown out of the cache in between
        counted = 1
    allowance = Allowance(limit, max(0, limit - counted), WINDOW_S - passed_s)
    if counted > limit:
        raise ApiProblem(
            429,
            "rate.limited",
            _("Too many requests. Wait a moment, then go on."),
            headers={
                **allowance.headers(),
                "Retry-After": str(allowance.resets_in_s),
            },
        )
    return allowance
