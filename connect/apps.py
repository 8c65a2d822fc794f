"""App configuration."""

from django.apps import AppConfig


class ConnectConfig(AppConfig):
    """Other systems: the REST API, webhooks, xAPI and LTI."""

    name = "connect"

    def ready(self) -> None:
        """Connect what follows when people go."""
        from . import erasing  # noqa: F401, PLC0415 models are ready only now
