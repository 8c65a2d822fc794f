"""What else stands in the audit log: sign-ins, roles, the admin, talks that were opened."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import (
    email_changed,
    password_changed,
    password_reset,
    password_set,
)
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.auth.signals import (
    user_logged_in,
    user_logged_out,
    user_login_failed,
)
from django.db.models import Subquery
from django.db.models.signals import post_save, pre_save
from django.dispatch import receiver
from django.utils import timezone

from learners.models import TalkAccess, User
from schools import audit
from schools.acting import current
from schools.shared import shared_school, shared_schools
from sessions.models import CareFlag

_FLAGS = {ADDITION: "added", CHANGE: "changed", DELETION: "deleted"}


@receiver(user_logged_in, dispatch_uid="operations.signed_in")
def signed_in(user: User, **kwargs: Any) -> None:
    """Somebody signed in."""
    _own("account.signed_in", user)


@receiver(user_logged_out, dispatch_uid="operations.signed_out")
def signed_out(user: User | None, **kwargs: Any) -> None:
    """Somebody signed out, unless their session was over before."""
    if isinstance(user, User):
        _own("account.signed_out", user)


@receiver(user_login_failed, dispatch_uid="operations.sign_in_failed")
def sign_in_failed(credentials: dict[str, Any], **kwargs: Any) -> None:
    """A password was wrong; an address that nobody has is not kept."""
    address = credentials.get("email") or credentials.get("username") or ""
    person = User.objects.filter(email=str(address).lower()[:254]).first()
    audit.record(
        action="account.sign_in_failed",
        now=timezone.now(),
        subject=person.uuid if person else None,
        target="account",
    )


@receiver(
    (password_changed, password_set, password_reset),
    dispatch_uid="operations.password_changed",
)
def password_is_new(user: User, **kwargs: Any) -> None:
    """Somebody has a new password."""
    _own("account.password_changed", user)


@receiver(email_changed, dispatch_uid="operations.email_changed")
def address_is_new(user: User, **kwargs: Any) -> None:
    """Somebody has a new address; neither is written down."""
    _own("account.email_changed", user)


@receiver(pre_save, sender=User, dispatch_uid="operations.role_changed")
def role_changed(
    instance: User, update_fields: Any = None, raw: bool = False, **kwargs: Any
) -> None:
    """Somebody may do other things from now on."""
    watched = {"role", "is_active", "is_superuser"}
    if (
        raw
        or instance.pk is None
        or (update_fields and not watched & set(update_fields))
    ):
        return
    before = User.objects.filter(pk=instance.pk).values(*watched).first()
    if before is None:
        return
    acting = current()
    if (
        before["role"] != instance.role
        or before["is_superuser"] != instance.is_superuser
    ):
        audit.record(
            action="account.role_changed",
            now=timezone.now(),
            actor=acting.actor if acting else None,
            subject=instance.uuid,
            target="account",
            detail={"from": before["role"], "to": instance.role},
        )
    if before["is_active"] != instance.is_active:
        audit.record(
            action="account.switched",
            now=timezone.now(),
            subject=instance.uuid,
            target="account",
            detail={"on": instance.is_active},
        )


@receiver(post_save, sender=LogEntry, dispatch_uid="operations.admin_used")
def admin_used(instance: LogEntry, created: bool, **kwargs: Any) -> None:
    """Something was done in Django's admin; the values are not written down."""
    flag = _FLAGS.get(instance.action_flag)
    if not created or flag is None:
        return
    kind = instance.content_type
    model = kind.model_class() if kind is not None and flag != "deleted" else None
    thing: Any = None
    if model is not None:
        thing = model._default_manager.filter(pk=instance.object_id).first()
    audit.record(
        action=f"admin.{flag}",
        now=instance.action_time,
        actor=instance.user.uuid,
        subject=thing.uuid if isinstance(thing, User) else None,
        target=(kind.model if kind else "")[:40],
        target_uuid=getattr(thing, "uuid", None),
    )


@receiver(post_save, sender=TalkAccess, dispatch_uid="operations.talk_opened")
def talk_opened(instance: TalkAccess, created: bool, **kwargs: Any) -> None:
    """Somebody opened another person's talk."""
    if not created or instance.reader_id is None:
        return
    both = (instance.reader_id, instance.learner_id)
    school = shared_schools(
        staff_id=instance.reader_id, learner_id=instance.learner_id
    ).values("uuid")[:1]
    people = User.objects.filter(pk__in=both).annotate(school=Subquery(school))
    rows = list(people.values_list("pk", "uuid", "school"))
    uuids = {pk: uuid for pk, uuid, _school in rows}
    audit.record(
        action="talk.opened",
        now=instance.opened_at,
        actor=uuids[instance.reader_id],
        school=rows[0][2],
        subject=uuids[instance.learner_id],
        target="talk",
        target_uuid=instance.session,
        detail={"page": str(instance.page)},
    )


@receiver(post_save, sender=CareFlag, dispatch_uid="operations.care_seen")
def care_seen(instance: CareFlag, update_fields: Any = None, **kwargs: Any) -> None:
    """Somebody looked at a talk that needs care."""
    if not update_fields or "seen_at" not in update_fields or not instance.seen_by:
        return
    session = instance.turn.session
    audit.record(
        action="care.seen",
        now=instance.seen_at or timezone.now(),
        actor=instance.seen_by.uuid,
        school=shared_school(
            staff_id=instance.seen_by.pk, learner_id=session.learner_id
        ),
        subject=session.learner.uuid,
        target="talk",
        target_uuid=session.uuid,
        detail={"turn": instance.turn.index},
    )


def _own(action: str, user: User) -> None:
    audit.record(
        action=action,
        now=timezone.now(),
        actor=user.uuid,
        subject=user.uuid,
        target="account",
    )
