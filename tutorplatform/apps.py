"""App configuration: the project's own command and pages that join the apps."""

from django.apps import AppConfig


class TutorplatformConfig(AppConfig):
    """The project package, installed for its management commands."""

    name = "tutorplatform"
