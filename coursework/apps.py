"""App configuration."""

from django.apps import AppConfig


class CourseworkConfig(AppConfig):
    """What teachers set, what learners hand in, and what teachers say of it."""

    name = "coursework"

    def ready(self) -> None:
        """Connect what follows when talks end and people go."""
        from . import (  # noqa: PLC0415 models are ready only now
            erasing,  # noqa: F401
            receivers,  # noqa: F401
            review_receivers,  # noqa: F401
        )
