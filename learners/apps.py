"""App configuration."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.apps import apps as all_apps
from django.db.models.signals import post_migrate
from django.utils import timezone


class LearnersConfig(AppConfig):
    """The learners app."""

    name = "learners"

    def ready(self) -> None:
        """Have the built-in tutors in the database whenever its tables are.

        And connect what deletions and the daily clean-up do to lists of learners, and to
        tutors' voices.
        """
        from . import voice_receivers  # noqa: PLC0415, F401 models are ready only now
        from .rosters import receivers  # noqa: PLC0415, F401

        post_migrate.connect(
            _bring_heads, sender=self, dispatch_uid="learners.built_in_heads"
        )


def _bring_heads(apps: Any = all_apps, **kwargs: Any) -> None:
    """Write them with the models as they were migrated, where these know avatars.

    Emptying a database, as tests do, says nothing of models: then they are today's.
    """
    from .services.avatars import ensure_heads  # noqa: PLC0415 models are ready only now

    try:
        model = apps.get_model("learners", "Avatar")
    except LookupError:
        return
    ensure_heads(now=timezone.now(), model=model)
