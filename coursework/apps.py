"""App configuration."""

from django.apps import AppConfig


class CourseworkConfig(AppConfig):
    """What teachers set, what learners hand in, and what teachers say of it."""

    name = "coursework"

    def ready(self) -> None:
        """Connect what follows when talks end."""
        from . import receivers  # noqa: F401, PLC0415 models are ready only now
