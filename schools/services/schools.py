"""Schools: opened, given rules, closed and opened again."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from ..audit import record
from ..models import School
from ..problem import SchoolProblem


class SchoolKeyTaken(SchoolProblem):
    """Another school has this short name."""

    message = _("Another school has this short name already. Choose another one.")


@dataclass(frozen=True, slots=True)
class SchoolRules:
    """What a school decides for all of its people; none: no limit."""

    name: str
    time_zone: str = "UTC"
    records_minors: bool = False
    retention_days: int | None = None
    minutes_a_day: int | None = None
    learner_minutes_a_day: int | None = None
    concurrent_sessions: int | None = None


def open_school(
    *, key: str, rules: SchoolRules, actor: UUID | None, now: datetime
) -> School:
    """Make a school without anybody in it. Raises SchoolKeyTaken."""
    try:
        with transaction.atomic():
            school = School.objects.create(key=key, created_at=now, **asdict(rules))
            record(
                action="school.opened",
                now=now,
                actor=actor,
                school=school.uuid,
                target="school",
                target_uuid=school.uuid,
            )
    except IntegrityError:
        if School.objects.filter(key=key).exists():
            raise SchoolKeyTaken from None
        raise
    return school


@transaction.atomic
def change_rules(
    *, school_id: int, rules: SchoolRules, actor: UUID | None, now: datetime
) -> School:
    """Rename a school or change its rules; the log says which of them and to what."""
    school = School.objects.select_for_update().get(pk=school_id)
    changed = {
        name: value
        for name, value in asdict(rules).items()
        if getattr(school, name) != value
    }
    if not changed:
        return school
    for name, value in changed.items():
        setattr(school, name, value)
    school.save(update_fields=list(changed))
    record(
        action="school.changed",
        now=now,
        actor=actor,
        school=school.uuid,
        target="school",
        target_uuid=school.uuid,
        # A school's own name is not a person's, but the log has no names at all.
        detail={
            name: value if name != "name" else True for name, value in changed.items()
        },
    )
    return school


def close_school(*, school_id: int, actor: UUID | None, now: datetime) -> School:
    """Close a school: nobody reaches it but administrators, and all of it is kept."""
    return _set_active(school_id, is_active=False, actor=actor, now=now)


def reopen_school(*, school_id: int, actor: UUID | None, now: datetime) -> School:
    """Open a closed school again, as it was."""
    return _set_active(school_id, is_active=True, actor=actor, now=now)


@transaction.atomic
def _set_active(
    school_id: int, *, is_active: bool, actor: UUID | None, now: datetime
) -> School:
    school = School.objects.select_for_update().get(pk=school_id)
    if school.is_active != is_active:
        school.is_active = is_active
        school.save(update_fields=["is_active"])
        record(
            action="school.reopened" if is_active else "school.closed",
            now=now,
            actor=actor,
            school=school.uuid,
            target="school",
            target_uuid=school.uuid,
        )
    return school
