"""App configuration."""

from django.apps import AppConfig


class ConnectConfig(AppConfig):
    """Other systems: the REST API, webhooks, xAPI and LTI."""

    name = "connect"

    def ready(self) -> None:
        """Connect what is told to other systems and what follows when people go."""
        from . import (  # noqa: PLC0415 models are ready only now
            erasing,  # noqa: F401
            receivers,  # noqa: F401
        )
