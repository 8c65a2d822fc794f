"""App configuration."""

from django.apps import AppConfig


class InferenceConfig(AppConfig):
    """The engines and the stages that use them."""

    name = "inference"
