"""App configuration."""

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """What administrators and operators see and decide, and what anybody may take along."""

    name = "operations"

    def ready(self) -> None:
        """Connect what follows deletions and what the daily clean-up does."""
        from . import (  # noqa: PLC0415 models are ready only now
            audit_receivers,  # noqa: F401
            figure_receivers,  # noqa: F401
            receivers,  # noqa: F401
        )
