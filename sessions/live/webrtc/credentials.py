"""Names and passwords for a TURN server. Plain Python."""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a client says to a TURN server (the long-term kind of RFC 8489, 9.2)."""

    username: str
    password: str


def time_limited(secret: str, name: str, *, now: float, ttl_s: int) -> Credentials:
    """Return credentials that end ``ttl_s`` seconds after ``now`` (Unix time).

    The server shares only the secret: it computes the same password from the name that it
    is told, and looks at the time in it. The convention is that of
    draft-uberti-behave-turn-rest, which coturn calls ``use-auth-secret``.
    """
    username = f"{int(now) + ttl_s}:{name}"
    digest = hmac.new(secret.encode(), username.encode(), hashlib.sha1).digest()
    return Credentials(username, base64.b64encode(digest).decode("ascii"))
