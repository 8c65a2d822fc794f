"""App configuration: Django's own app is already labelled ``sessions``."""

from django.apps import AppConfig


class TutorSessionsConfig(AppConfig):
    """Live tutoring sessions, labelled ``tutor_sessions``; tables ``tutor_sessions_*``."""

    name = "sessions"
    label = "tutor_sessions"

    def ready(self) -> None:
        """Connect what follows a deletion."""
        from . import receivers  # noqa: F401, PLC0415 models are ready only now
