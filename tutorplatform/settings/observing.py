"""What the site tells of itself: log lines, figures for Prometheus, traces."""

from typing import Any

import environ

env = environ.Env()

OBSERVING: dict[str, Any] = {
    # Unset: nobody keeps spans, and OpenTelemetry is not imported.
    "OTLP_ENDPOINT": env("OTEL_EXPORTER_OTLP_ENDPOINT", default=""),
    "SERVICE": env("OTEL_SERVICE_NAME", default=""),
    # Each process answers /metrics on a port of its own; 0: on none.
    "METRICS_PORT": env.int("TUTOR_METRICS_PORT", default=0),
    "METRICS_HOST": env("TUTOR_METRICS_HOST", default="127.0.0.1"),
    # Who may also read them at the site's own address /metrics, never through a proxy.
    "METRICS_FROM": env.list("TUTOR_METRICS_FROM", default=[]),
}

# Those that log with ids and fixed words.
_OWN = (
    "inference", "sessions", "learners", "lessons", "schools", "coursework", "connect",
    "operations", "telemetry", "tutorplatform",
)  # fmt: skip


def logging_config(form: str) -> dict[str, Any]:
    """Return ``LOGGING``. ``form`` is ``json``, or ``plain`` for people at a terminal.

    Raises ValueError.
    """
    if form not in ("plain", "json"):
        raise ValueError(f"TUTOR_LOG_FORMAT {form!r} is not one of: plain, json")
    level = env("TUTOR_LOG_LEVEL", default="INFO")
    config: dict[str, Any] = {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "plain": {"()": "telemetry.logs.plain_formatter"},
            "json": {"()": "telemetry.logs.json_formatter"},
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": form}},
        "loggers": {
            **{name: {"handlers": ["console"], "level": level} for name in _OWN},
            # What workers say of themselves; not a line for each stage of each turn.
            "celery": {"handlers": ["console"], "level": "INFO"},
            "celery.app.trace": {"level": "WARNING"},
            "celery.worker.strategy": {"level": "WARNING"},
        },
    }
    if form == "json":
        # All lines go the same way, also those of programs that bring their own handlers.
        config["root"] = {"handlers": ["console"], "level": "WARNING"}
        config["loggers"] = {
            **{name: {"level": level} for name in _OWN},
            "django": {"handlers": [], "level": "INFO"},
            # What was not found is an address that somebody typed, or a link with a token.
            "django.request": {"level": "ERROR"},
            "uvicorn": {"handlers": [], "level": "INFO", "propagate": True},
            "uvicorn.access": {"handlers": [], "level": "WARNING"},
            "celery": {"level": "INFO"},
            # A line for each stage of each turn: figures count them.
            "celery.app.trace": {"level": "WARNING"},
            "celery.worker.strategy": {"level": "WARNING"},
        }
    return config
