"""``make run``: one machine, no services, no account anywhere."""

from .base import *
from .base import DATA_DIR, OBSERVING, env

DEBUG = env.bool("DJANGO_DEBUG", default=True)
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
# Whoever is on this machine reads the figures, unless somebody else is named.
OBSERVING = {
    **OBSERVING,
    "METRICS_FROM": OBSERVING["METRICS_FROM"] or ["127.0.0.1", "::1"],
}


def _local_secret_key() -> str:
    """Return a key made once for this data folder, so that sign-ins survive a restart."""
    from django.core.management.utils import get_random_secret_key  # noqa: PLC0415

    path = DATA_DIR / "secret_key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(get_random_secret_key())
    return path.read_text()


SECRET_KEY = env("DJANGO_SECRET_KEY", default="") or _local_secret_key()
