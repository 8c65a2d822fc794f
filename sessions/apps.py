"""App configuration: Django's own app is already labelled ``sessions``."""

from django.apps import AppConfig


class TutorSessionsConfig(AppConfig):
    """Live tutoring sessions, labelled ``tutor_sessions``; tables ``tutor_sessions_*``."""

    name = "sessions"
    label = "tutor_sessions"
