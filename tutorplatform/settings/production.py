"""Production: everything from the environment, hardened, passes ``check --deploy``."""

from .base import *
from .base import env
from .observing import logging_config

SECRET_KEY = env("DJANGO_SECRET_KEY")
ALLOWED_HOSTS = env.list("DJANGO_ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = env.list("DJANGO_CSRF_TRUSTED_ORIGINS", default=[])
SECURE_SSL_REDIRECT = env.bool("DJANGO_SSL_REDIRECT", default=True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
# Read by Prometheus on the inside, which speaks plain HTTP.
SECURE_REDIRECT_EXEMPT = [r"^metrics$"]
LOGGING = logging_config(env("TUTOR_LOG_FORMAT", default="json") or "json")
ACCOUNT_EMAIL_VERIFICATION = env("TUTOR_EMAIL_VERIFICATION", default="mandatory")
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
LANGUAGE_COOKIE_SECURE = True
