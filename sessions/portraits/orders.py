"""Having portraits prepared: once for the same picture and renderer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from learners.avatar_selectors import get_avatar, list_portraits

from ..models import PortraitPreparation
from ..models.portrait_preparation import SILENT_FOR
from .queue import portrait_queue
from .readiness import portrait_renderer, renderer_name

if TYPE_CHECKING:
    from learners.models import Avatar

Put = Callable[[str], None]
IsDue = Callable[[PortraitPreparation, datetime], bool]

_State = PortraitPreparation.State
# No other try makes a face appear in a picture.
_LASTING = "video.no_face"


def order_preparation(
    *, key: str, now: datetime, put: Put | None = None
) -> PortraitPreparation | None:
    """Have a portrait prepared if it is not; return how far it is.

    None where this site's face renderer does not make portraits speak. One that waits or is
    being prepared stays as it is, unless whoever did it has died; one that failed is tried
    again. ``put`` takes it to whoever prepares it, else the queue. Raises
    Avatar.DoesNotExist, and kombu's OperationalError if the broker is away.
    """
    avatar = get_avatar(key=key)
    if not avatar.path or portrait_renderer() is None:
        return None
    preparation, _ = _put_if(_is_to_be_done, avatar, now, put or portrait_queue.put)
    return preparation


def take_up_portraits(*, now: datetime) -> int:
    """Have prepared what nobody prepared yet or what was left undone; return how many.

    For the start of a server. Where there are workers, what waits for them goes on waiting.
    Raises kombu's OperationalError if the broker is away.
    """
    if portrait_renderer() is None:
        return 0
    offered = list(list_portraits().filter(is_active=True))
    return sum(_put_if(_was_left, each, now, portrait_queue.put)[1] for each in offered)


def preparation_of(avatar: Avatar) -> PortraitPreparation | None:
    """Return how far a portrait is as it is today, None where nobody began."""
    preparation = PortraitPreparation.objects.filter(avatar=avatar).first()
    if preparation is None or not counts(preparation, avatar):
        return None
    return preparation


def counts(preparation: PortraitPreparation, avatar: Avatar) -> bool:
    """Whether it is about the picture and the renderer of today."""
    today = (avatar.sha256, renderer_name())
    return (preparation.sha256, preparation.engine) == today


def is_silent(preparation: PortraitPreparation, now: datetime) -> bool:
    """Whether nobody has been heard of for too long who would prepare it."""
    return preparation.is_under_way and preparation.touched_at < now - SILENT_FOR


def _is_to_be_done(preparation: PortraitPreparation, now: datetime) -> bool:
    return preparation.state == _State.FAILED or is_silent(preparation, now)


def _was_left(preparation: PortraitPreparation, now: datetime) -> bool:
    """Whether whoever had it is gone, or a failure may have been the site's."""
    if preparation.state == _State.FAILED:
        return preparation.error_code != _LASTING
    if not preparation.is_under_way:
        return False
    return not settings.CELERY_BROKER_URL or is_silent(preparation, now)


def _put_if(
    is_due: IsDue, avatar: Avatar, now: datetime, put: Put
) -> tuple[PortraitPreparation, bool]:
    """Put a portrait in line if it is new or due; return how far it is, and whether."""
    key = avatar.key
    with transaction.atomic():
        preparation, _ = PortraitPreparation.objects.select_for_update().get_or_create(
            avatar=avatar, defaults={"engine": "", "touched_at": now}
        )
        put_in_line = not counts(preparation, avatar) or is_due(preparation, now)
        if put_in_line:
            PortraitPreparation.objects.filter(pk=preparation.pk).update(
                sha256=avatar.sha256,
                engine=renderer_name(),
                state=_State.QUEUED,
                error_code="",
                finished_at=None,
                touched_at=now,
            )
            transaction.on_commit(lambda: put(key))
    preparation.refresh_from_db()
    return preparation, put_in_line
