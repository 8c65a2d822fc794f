"""Erases an account with all that is kept of its person."""

from __future__ import annotations

import logging
import shutil
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import IntegrityError, OperationalError, transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from learners.languages import is_interface_language
from learners.models import LearnerProfile, PhonemeMastery, PracticeEvidence, User
from learners.signals import erasing
from schools.audit import record
from schools.site_settings import site_name
from sessions.models import TutoringSession
from sessions.recordings import absolute_path

from ..models import DataExport
from . import ledger
from .steps import delete_admin_notes, delete_sign_ins

logger = logging.getLogger(__name__)
TRIES = 4


class LastAdministrator(Exception):
    """Nobody could run the site any more."""


@dataclass(frozen=True, slots=True)
class Erased:
    """What went, in numbers."""

    uuid: UUID
    rows: int
    sign_ins: int


def erase_account(
    *, user: User, by: UUID | None, reason: str = "", tells: bool = True, now: datetime
) -> Erased:
    """Delete the account and everything kept of its person; files go after commit.

    What stays is in ``operations.personal_data.KEPT`` and in docs/privacy.md. ``tells``:
    the person gets a last mail. Raises LastAdministrator, or User.DoesNotExist where
    somebody was faster.
    """
    for _try in range(TRIES - 1):
        try:
            return _erase(user, by, reason, tells, now)
        except (IntegrityError, OperationalError) as error:
            # Something was written about the person while it was being looked for, such as
            # a mark; nothing is erased yet, and the next look finds it.
            logger.warning("account %s: %s, again", user.uuid, type(error).__name__)
    return _erase(user, by, reason, tells, now)


def _erase(
    user: User, by: UUID | None, reason: str, tells: bool, now: datetime
) -> Erased:
    with transaction.atomic():
        person = User.objects.select_for_update().get(pk=user.pk)
        refuse_last_administrator(person)
        mail = _mail(person) if tells else None
        record(
            action="account.erased",
            now=now,
            actor=by,
            subject=person.uuid,
            reason=reason,
        )
        folders = _folders(person)
        erasing.send(sender=User, user=person)
        sign_ins = delete_sign_ins(person)
        rows = delete_admin_notes(person)
        for export in DataExport.objects.filter(asked_by=person.uuid):
            export.delete()
        # First, so that no recording takes the trouble to correct what goes anyway.
        PracticeEvidence.objects.filter(learner=person).delete()
        PhonemeMastery.objects.filter(learner=person).delete()
        rows += person.delete()[0]
        transaction.on_commit(lambda: ledger.note(person.uuid))
        transaction.on_commit(lambda: _delete_folders(folders))
        if mail is not None:
            transaction.on_commit(lambda: _send(mail))
    return Erased(person.uuid, rows, sign_ins)


def refuse_last_administrator(user: User) -> None:
    """Raise LastAdministrator if nobody else runs the site."""
    if user.role != User.Role.ADMIN:
        return
    others = User.objects.filter(role=User.Role.ADMIN, is_active=True)
    if not others.exclude(pk=user.pk).exists():
        raise LastAdministrator


def _folders(user: User) -> list[str]:
    """Return where sound of the person's talks lies, also without a row after a crash."""
    talks = TutoringSession.objects.filter(learner=user).values_list("uuid", flat=True)
    return [f"recordings/{uuid}" for uuid in talks]


def _delete_folders(folders: list[str]) -> None:
    for folder in folders:
        shutil.rmtree(absolute_path(folder), ignore_errors=True)


def _mail(user: User) -> EmailMessage:
    profile = LearnerProfile.objects.filter(user=user).first()
    language = profile.interface_language if profile else ""
    known = is_interface_language(language)
    with translation.override(language if known else settings.LANGUAGE_CODE):
        return EmailMessage(
            subject=_("Your account is deleted"),
            body=render_to_string(
                "operations/email/erased.txt", {"site_name": site_name()}
            ),
            to=[user.email],
        )


def _send(mail: EmailMessage) -> None:
    try:
        mail.send()
    except Exception as error:  # noqa: BLE001 whatever a mail server does
        # No traceback: it would show the address.
        logger.error("the mail after an erasure was not sent: %s", type(error).__name__)
