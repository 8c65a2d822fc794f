"""The wish that an account be erased: it waits some days, and can be taken back."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import DatabaseError, transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from learners.languages import receivers_language
from learners.models import LearnerProfile, User
from schools.audit import record
from schools.site_settings import site_name

from ..models import ErasureRequest
from .erasing import LastAdministrator, erase_account, refuse_last_administrator

logger = logging.getLogger(__name__)


def request_erasure(
    *, user: User, side: str, asked_by: UUID, reason: str = "", now: datetime
) -> ErasureRequest:
    """Have an account erased after the days of grace; one that waits already stays.

    The person is told by mail, whoever asked. ``side`` is an ErasureRequest.Side.
    Raises LastAdministrator.
    """
    days: int = settings.PRIVACY["ERASURE_GRACE_DAYS"]
    with transaction.atomic():
        person = User.objects.select_for_update().get(pk=user.pk)
        refuse_last_administrator(person)
        request, created = ErasureRequest.objects.get_or_create(
            user=person,
            defaults={
                "side": ErasureRequest.Side(side),
                "asked_by": asked_by,
                "reason": reason,
                "asked_at": now,
                "due_at": now + timedelta(days=days),
            },
        )
        if created:
            record(
                action="erasure.requested",
                now=now,
                actor=asked_by,
                subject=person.uuid,
                reason=reason,
                detail={"side": request.side, "days": days},
            )
            mail = _mail(request)
            transaction.on_commit(lambda: _send(mail))
    return request


def take_back_erasure(*, request: ErasureRequest, by: UUID, now: datetime) -> bool:
    """Keep the account after all; return False where there was nothing to take back."""
    with transaction.atomic():
        deleted, _rows = ErasureRequest.objects.filter(pk=request.pk).delete()
        if deleted:
            record(
                action="erasure.taken_back",
                now=now,
                actor=by,
                subject=request.user.uuid,
                detail={"side": request.side},
            )
    return bool(deleted)


def erasure_of(*, user: User) -> ErasureRequest | None:
    """Return the wish that waits for an account, None where there is none."""
    return ErasureRequest.objects.filter(user=user).select_related("user").first()


def may_take_back(request: ErasureRequest, *, side: str) -> bool:
    """Whether this side may keep the account: a guardian's wish is not a learner's to undo."""
    sides = ErasureRequest.Side
    if side == sides.LEARNER:
        return request.side != sides.GUARDIAN
    return side == sides.STAFF or request.side == side


def erase_due(*, now: datetime) -> int:
    """Erase the accounts whose time is over; return how many. One that fails waits."""
    erased = 0
    due = ErasureRequest.objects.filter(due_at__lte=now).select_related("user")
    for request in list(due):
        try:
            erase_account(
                user=request.user, by=request.asked_by, reason=request.reason, now=now
            )
            erased += 1
        except (LastAdministrator, User.DoesNotExist, DatabaseError) as error:
            logger.error(
                "account %s was not erased: %s", request.user.uuid, type(error).__name__
            )
    return erased


def _mail(request: ErasureRequest) -> EmailMessage:
    profile = LearnerProfile.objects.filter(user=request.user).first()
    with receivers_language(profile or LearnerProfile()):
        return EmailMessage(
            subject=_("Your account will be deleted"),
            body=render_to_string(
                "operations/email/erasure.txt",
                {
                    "site_name": site_name(),
                    "request": request,
                    "site_url": settings.CARE["SITE_URL"],
                },
            ),
            to=[request.user.email],
        )


def _send(mail: EmailMessage) -> None:
    try:
        mail.send()
    except Exception as error:  # noqa: BLE001 whatever a mail server does
        # No traceback: it would show the address.
        logger.error("the mail about an erasure was not sent: %s", type(error).__name__)
