"""App configuration."""

from django.apps import AppConfig


class LessonsConfig(AppConfig):
    """The lessons app."""

    name = "lessons"
