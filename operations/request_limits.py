"""So many tries within so many seconds, counted in the cache."""

from __future__ import annotations

import hashlib

from django.core.cache import cache


def is_too_often(what: str, who: str, *, most: int, within_s: int) -> bool:
    """Count a try; return whether there were too many lately. ``who`` is kept as a hash."""
    key = f"tries:{what}:{hashlib.sha256(who.encode()).hexdigest()}"
    cache.add(key, 0, timeout=within_s)
    try:
        return cache.incr(key) > most
    except ValueError:  # thrown out of the cache in between
        return False
