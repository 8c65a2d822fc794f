"""``manage.py prepare_avatars``: makes avatars ready to speak in talks that are not yet."""

from __future__ import annotations

from threading import Event
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from inference.conf import get_engine, shutdown
from inference.errors import StageError
from inference.protocols import FaceRenderer
from inference.stages.stage import EngineKind
from inference.tasks import prepare_avatar
from learners.avatar_selectors import list_portraits
from sessions.models import PortraitPreparation
from sessions.portraits.orders import order_preparation
from sessions.portraits.preparing import prepare_portrait
from sessions.portraits.readiness import portrait_renderer, ready_portraits


class Command(BaseCommand):
    """Prepares here and now, or hands over to workers; what is there is found."""

    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare whose."""
        parser.add_argument("--avatar", default="", help="key of a tutor")
        parser.add_argument(
            "--queue", action="store_true", help="leave the work to Celery's workers"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare portraits first, then all others. Fails if one could not be prepared."""
        queued = options["queue"]
        if queued and not settings.CELERY_BROKER_URL:
            raise CommandError("There are no workers: see TUTOR_CELERY_BROKER_URL.")
        portraits = _portraits()
        avatars = [*portraits, *sorted(_known() - portraits.keys())]
        if options["avatar"]:
            avatars = [key for key in avatars if key == options["avatar"]]
        if not avatars:
            raise CommandError("There is nobody to prepare: see TUTOR_FACE_RENDERER.")
        failed = 0
        for key in avatars:
            waits = key in portraits and not portraits[key]
            state = _portrait(key, queued) if waits else _avatar(key, queued)
            failed += state.startswith(PortraitPreparation.State.FAILED)
            self.stdout.write(f"{key}: {state}")
        if not queued:
            shutdown()
        if failed:
            raise CommandError(f"{failed} avatars could not be prepared.")


def _portraits() -> dict[str, bool]:
    """Return the portraits that are offered, and whether each is ready."""
    if portrait_renderer() is None:
        return {}
    ready = ready_portraits()
    offered = list_portraits().filter(is_active=True)
    return {portrait.key: portrait.key in ready for portrait in offered}


def _known() -> frozenset[str]:
    """Return whom the renderer knows, but for portraits that are switched off."""
    try:
        renderer: FaceRenderer = get_engine(EngineKind.FACE_RENDERER)
        known = renderer.capabilities.avatars
    except StageError as error:
        raise CommandError(error.message) from error
    switched_off = list_portraits().filter(is_active=False)
    return known - set(switched_off.values_list("key", flat=True))


def _portrait(key: str, queued: bool) -> str:
    """Prepare a portrait that is not ready; return how far it is."""
    put = None if queued else _nobody
    preparation = order_preparation(key=key, now=timezone.now(), put=put)
    if preparation is None:
        raise CommandError(f"{key} is gone.")
    if not queued:
        prepare_portrait(key, cancelled=Event())
        preparation.refresh_from_db()
    return f"{preparation.state} {preparation.error_code}".strip()


def _avatar(key: str, queued: bool) -> str:
    """Prepare somebody who needs no state; what is there is found."""
    if queued:
        prepare_avatar.apply_async(kwargs={"avatar": key})
        return PortraitPreparation.State.QUEUED
    try:
        prepare_avatar(avatar=key)
    except StageError as error:
        return f"{PortraitPreparation.State.FAILED} {error.code}"
    return PortraitPreparation.State.READY


def _nobody(key: str) -> None:
    """Take it nowhere: it is prepared right here."""
