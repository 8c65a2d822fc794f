"""App configuration."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from .append_only import protect_after_migrating


class SchoolsConfig(AppConfig):
    """Schools, their classes and who belongs to them."""

    name = "schools"

    def ready(self) -> None:
        """Have the audit log protected whenever its table was made or altered."""
        post_migrate.connect(
            protect_after_migrating, sender=self, dispatch_uid="schools.append_only"
        )
