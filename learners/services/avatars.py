"""The tutors to choose from: built-in ones, portraits that come and go, and the choice."""

from __future__ import annotations

import tomllib
import uuid
from datetime import date, datetime
from functools import cache
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from ..models import Avatar, LearnerProfile
from ..portrait_files import delete_portrait, portrait_path, write_portrait
from ..portrait_picture import PortraitPicture, PortraitRefused

_HEADS = Path(__file__).resolve().parent.parent / "heads.toml"


@cache
def built_in_heads() -> tuple[dict[str, str], ...]:
    """Return key, name and description of each tutor that comes with the product."""
    return tuple(tomllib.loads(_HEADS.read_text(encoding="utf-8"))["heads"])


def ensure_heads(*, now: datetime, model: type[Avatar] = Avatar) -> None:
    """Bring the built-in tutors into the database, in the words of today.

    One that is no longer built in is offered no more; one that was switched off stays off.
    """
    heads = built_in_heads()
    for head in heads:
        model.objects.update_or_create(
            key=head["key"],
            defaults={"name": head["name"], "description": head["description"]},
            create_defaults={**head, "kind": Avatar.Kind.HEAD, "created_at": now},
        )
    gone = model.objects.filter(kind=Avatar.Kind.HEAD)
    gone.exclude(key__in=[head["key"] for head in heads]).update(is_active=False)


def add_portrait(
    *,
    picture: PortraitPicture,
    face_checked: bool,
    name: str,
    description: str,
    origin: str,
    licence: str,
    consents: bool,
    consent_name: str,
    consent_on: date | None,
    created_by_id: int,
    now: datetime,
) -> Avatar:
    """Keep a portrait, to be chosen at once.

    Raises PortraitRefused ``portrait.no_consent`` for a real person without their consent,
    name and day; OSError if it cannot be written.
    """
    is_photograph = Avatar.Origin(origin) is Avatar.Origin.PHOTOGRAPH
    if is_photograph and not (consents and consent_name.strip() and consent_on):
        raise PortraitRefused(
            "portrait.no_consent",
            _(
                "A real person has to agree first. Tick the box, and say who agreed and "
                "when."
            ),
        )
    key = uuid.uuid4().hex
    avatar = Avatar(
        key=key,
        kind=Avatar.Kind.PORTRAIT,
        origin=origin,
        name=name,
        description=description,
        path=portrait_path(key),
        sha256=picture.sha256,
        face_checked=face_checked,
        licence=licence,
        consent_name=consent_name.strip() if is_photograph else "",
        consent_on=consent_on if is_photograph else None,
        created_at=now,
        created_by_id=created_by_id,
    )
    write_portrait(avatar.path, picture.png)
    try:
        avatar.save()
    except Exception:
        delete_portrait(avatar.path)
        raise
    return avatar


def set_avatar_active(*, avatar_id: int, is_active: bool) -> None:
    """Offer an avatar, or offer it no more. Whoever chose it keeps the choice."""
    Avatar.objects.filter(pk=avatar_id).update(is_active=is_active)


@transaction.atomic
def delete_portrait_avatar(*, avatar_id: int) -> None:
    """Delete a portrait with its file and all that was made of it.

    What other apps made follows their receivers. Raises Avatar.DoesNotExist, also for a
    built-in head: that can only be switched off.
    """
    avatar = Avatar.objects.get(pk=avatar_id, kind=Avatar.Kind.PORTRAIT)
    path = avatar.path
    avatar.delete()
    transaction.on_commit(lambda: delete_portrait(path))


def choose_avatar(*, user_id: int, key: str) -> None:
    """Let a tutor be the learner's own; ``""`` leaves it to the site.

    Raises Avatar.DoesNotExist for one that is not offered, LearnerProfile.DoesNotExist.
    """
    chosen = Avatar.objects.get(key=key, is_active=True) if key else None
    profile = LearnerProfile.objects.get(user_id=user_id)
    profile.avatar = chosen
    profile.save(update_fields=["avatar"])
