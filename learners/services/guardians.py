"""Guardians of learners who are minors: invited by a mail with a secret link, no account."""

from __future__ import annotations

import hashlib
import logging
import secrets
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from schools.audit import record
from schools.site_settings import site_name

from ..models import Guardian, User

logger = logging.getLogger(__name__)


def invite_guardian(
    *,
    learner: User,
    email: str,
    name: str = "",
    link: Callable[[str], str],
    now: datetime,
    by: UUID | None = None,
    school: UUID | None = None,
    send: Callable[[EmailMessage], None] | None = None,
) -> Guardian:
    """Send a grown-up the link to say yes or no for a learner; a new one replaces the old.

    ``link`` makes the address of the page from the secret. The mail leaves after commit by
    ``send``, where that is said, in the language of whoever asks for it. Somebody who was invited before keeps what they
    answered; somebody who was removed begins anew.
    """
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        guardian, created = Guardian.objects.select_for_update().get_or_create(
            learner=learner,
            email=email.strip().lower(),
            defaults={"name": name, "token_digest": digest(token), "invited_at": now},
        )
        if not created:
            guardian.name = name or guardian.name
            guardian.token_digest = digest(token)
            guardian.invited_at = now
            if guardian.removed_at is not None:
                guardian.removed_at = guardian.confirmed_at = None
            guardian.save()
        record(
            action="guardian.invited",
            now=now,
            actor=by,
            school=school,
            subject=learner.uuid,
            target="guardian",
            target_uuid=guardian.uuid,
        )
        mail = _mail(guardian, link(token))
        if send is None:
            transaction.on_commit(lambda: _send(mail, guardian.uuid))
    if send is not None:
        send(mail)
    return guardian


def remove_guardian(
    *,
    guardian: Guardian,
    now: datetime,
    by: UUID | None = None,
    school: UUID | None = None,
) -> None:
    """End what a guardian may do; their link stops working, what they agreed to as well."""
    with transaction.atomic():
        changed = Guardian.objects.filter(pk=guardian.pk, removed_at=None).update(
            removed_at=now
        )
        if changed:
            record(
                action="guardian.removed",
                now=now,
                actor=by,
                school=school,
                subject=guardian.learner.uuid,
                target="guardian",
                target_uuid=guardian.uuid,
            )


def confirm_guardian(*, guardian: Guardian, now: datetime) -> None:
    """Note that they said they are this learner's guardian; the first time counts."""
    with transaction.atomic():
        changed = Guardian.objects.filter(
            pk=guardian.pk, confirmed_at=None, removed_at=None
        ).update(confirmed_at=now)
        if changed:
            record(
                action="guardian.confirmed",
                now=now,
                actor=guardian.uuid,
                subject=guardian.learner.uuid,
                target="guardian",
                target_uuid=guardian.uuid,
            )


def get_guardian_by_token(token: str) -> Guardian:
    """Return whose link this is, with the learner. Raises Guardian.DoesNotExist."""
    return Guardian.objects.select_related("learner", "learner__profile").get(
        token_digest=digest(token), removed_at=None, learner__is_active=True
    )


def digest(token: str) -> str:
    """Return what is stored of a secret."""
    return hashlib.sha256(token.encode()).hexdigest()


def _mail(guardian: Guardian, link: str) -> EmailMessage:
    profile = getattr(guardian.learner, "profile", None)
    return EmailMessage(
        subject=_("May the voice of a learner be kept? Please answer"),
        body=render_to_string(
            "learners/email/guardian.txt",
            {
                "guardian": guardian,
                "learner": profile.display_name if profile else "",
                "link": link,
                "site_name": site_name(),
            },
        ),
        to=[guardian.email],
    )


def _send(mail: EmailMessage, guardian: UUID) -> None:
    try:
        mail.send()
    except Exception as error:  # noqa: BLE001 whatever a mail server does
        # No traceback: it would show the address. Inviting again sends it again.
        logger.error(
            "a guardian's mail was not sent (%s): %s", guardian, type(error).__name__
        )
