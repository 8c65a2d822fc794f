"""App configuration."""

from django.apps import AppConfig


class ConnectConfig(AppConfig):
    """Other systems: the REST API, webhooks, xAPI and LTI."""

    name = "connect"
