"""App configuration."""

from django.apps import AppConfig


class CourseworkConfig(AppConfig):
    """What teachers set, what learners hand in, and what teachers say of it."""

    name = "coursework"
