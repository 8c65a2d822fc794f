"""App configuration."""

from django.apps import AppConfig


class LearnersConfig(AppConfig):
    """The learners app."""

    name = "learners"
