"""App configuration: the project's own command and pages that join the apps."""

from django.apps import AppConfig

# Known before any task is: a task that is sent finds its broker through it.
from .celery import app as celery_app
from .request_following import count_database_errors


class TutorplatformConfig(AppConfig):
    """The project package, installed for its management commands."""

    name = "tutorplatform"
    celery = celery_app

    def ready(self) -> None:
        """Watch what goes wrong in the database, in every kind of process."""
        count_database_errors()
