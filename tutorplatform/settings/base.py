"""Settings shared by every situation, read from the environment."""

from pathlib import Path
from typing import Any

import django_stubs_ext
import environ

from .accounts import *
from .backup import BACKUP as BACKUP
from .care import CARE as CARE
from .connect import CONNECT as CONNECT
from .exercises import EXERCISES as EXERCISES
from .help import HELP as HELP
from .inference import INFERENCE as INFERENCE
from .live import LIVE as LIVE
from .observing import OBSERVING as OBSERVING
from .observing import logging_config
from .privacy import PRIVACY as PRIVACY
from .queued import QUEUED as QUEUED
from .queued import exchange_storage
from .quotas import QUOTAS as QUOTAS
from .reviews import REVIEWS as REVIEWS
from .security import *
from .tasks import *
from .teaching import TEACHING as TEACHING
from .webrtc import WEBRTC as WEBRTC

# Lets admin and form classes be written with their type argument, ModelAdmin[Lesson].
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = environ.Env()

DATA_DIR = Path(env("TUTOR_DATA_DIR", default=str(BASE_DIR / "var")))

SECRET_KEY = env("DJANGO_SECRET_KEY", default="")
DEBUG = env.bool("DJANGO_DEBUG", default=False)
ALLOWED_HOSTS: list[str] = env.list("DJANGO_ALLOWED_HOSTS", default=[])

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "servestatic",
    "django.forms",
    "channels",
    "csp",
    "allauth",
    "allauth.account",
    "lti_tool",
    "inference",
    "lessons",
    "schools",
    "learners",
    "sessions.apps.TutorSessionsConfig",
    "coursework",
    "connect",
    "operations",
    "tutorplatform",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "servestatic.middleware.ServeStaticMiddleware",
    "tutorplatform.request_following.request_following",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "operations.middleware.ImpersonationMiddleware",
    "learners.middleware.ChosenLanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "tutorplatform.urls"
ASGI_APPLICATION = "tutorplatform.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tutorplatform.context_processors.site",
            ]
        },
    }
]

FORM_RENDERER = "tutorplatform.rendering.SiteFormRenderer"

DATABASES = {
    "default": env.db_url(
        "DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'tutor.sqlite3'}"
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # WAL lets pages read while a live turn is being written; IMMEDIATE makes a
    # second writer wait for its turn instead of failing halfway.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
# A connection a thread, kept: opening one costs more than most queries.
DATABASES["default"]["CONN_MAX_AGE"] = env.int("DATABASE_CONN_MAX_AGE", default=60)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Several web processes need Redis between them; one does not.
REDIS_URL = env("TUTOR_REDIS_URL", default="")
CHANNEL_LAYERS: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": [REDIS_URL]},
    }
    if REDIS_URL
    else {"BACKEND": "channels.layers.InMemoryChannelLayer"}
}

# What is counted for a minute: tries to sign in, requests of other systems.
CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "tutorplatform.shared_cache.SharedCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
    }
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

AUTH_USER_MODEL = "learners.User"
AUTHENTICATION_BACKENDS = [
    "learners.account_backends.PasswordBackend",
    "learners.account_backends.AccountBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# For example smtp+tls://user:password@mail.example.org:587; the default prints mails.
vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
DEFAULT_FROM_EMAIL = env("DJANGO_FROM_EMAIL", default="Tutor <noreply@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_TIMEOUT = 20

LOGGING = logging_config(env("TUTOR_LOG_FORMAT", default="plain") or "plain")

# The name people see; the descriptive name of the project stands beside it.
SITE_NAME = env("TUTOR_SITE_NAME", default="Tutor")

LANGUAGE_CODE = "en"
# Each named as it names itself. Only what is translated in full, else pages would mix
# languages: ``make test-fast`` looks. scripts/translations/files.py lists the folders.
LANGUAGES = [
    ("en", "English"),
    ("es", "Español"),
    ("fr", "Français"),
    ("de", "Deutsch"),
    ("zh-hans", "简体中文"),
    ("ja", "日本語"),
]
FORMAT_MODULE_PATH = "tutorplatform.formats"
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # What is collected lies there compressed as well; browsers get the smaller one.
    "staticfiles": {"BACKEND": "servestatic.storage.CompressedStaticFilesStorage"},
    # Sound between web processes and workers.
    "exchange": exchange_storage(DATA_DIR),
}
# Pictures and sound are compressed by themselves, heads are not.
SERVESTATIC_USE_ZSTD = False

# What a page uploads is a voice: up to this size it stays in memory, not in a temporary
# file. It holds the longest sound that is accepted.
FILE_UPLOAD_MAX_MEMORY_SIZE = 7_000_000

# Recordings are voices, often children's: never below a public URL.
PRIVATE_ROOT = DATA_DIR / "private"
