"""Tests: quick hashing, mail kept in memory, database from DATABASE_URL."""

import tempfile
from pathlib import Path

from .base import *
from .base import LIVE, OBSERVING, REVIEWS, TEACHING

SECRET_KEY = "tests-only"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Each test gets a folder of its own in its place: tests/conftest.py.
PRIVATE_ROOT = Path(tempfile.gettempdir()) / "tutor-tests-private"
# Tests of teaching say so; the others see what a scripted model says, as it says it.
TEACHING = {**TEACHING, "ENABLED": False}
# Tests of taking turns say so; in the others a silence ends a turn, always as long.
LIVE = {**LIVE, "TURN_TAKING": "pause"}
# Days on which cards are due can be foretold.
REVIEWS = {**REVIEWS, "FUZZ": False}
# Static files are found where they lie; nothing has to be collected first.
SERVESTATIC_AUTOREFRESH = True
# What one test counts is not there for the next.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
# Tests ask from this machine.
OBSERVING = {**OBSERVING, "METRICS_FROM": ["127.0.0.1"]}
