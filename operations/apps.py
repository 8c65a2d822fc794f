"""App configuration."""

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """What administrators and operators see and decide, and what anybody may take along."""

    name = "operations"
