"""App configuration."""

from django.apps import AppConfig


class SchoolsConfig(AppConfig):
    """Schools, their classes and who belongs to them."""

    name = "schools"
