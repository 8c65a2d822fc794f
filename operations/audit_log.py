"""The audit log as its readers see it: filtered, with names where there still are people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from learners.models import User
from schools.models import AuditEntry, School
from schools.quota_rules import zone_of

from .audit_forms import AuditFilter

A_PAGE = 50
MOST_PEOPLE = 50
MOST_IN_A_FILE = 100_000


@dataclass(frozen=True, slots=True)
class Line:
    """One entry with the names of who is in it; who was erased has none."""

    entry: AuditEntry
    actor: str
    acting_as: str
    subject: str
    school: str


def filtered(
    entries: QuerySet[AuditEntry], wanted: AuditFilter
) -> QuerySet[AuditEntry]:
    """Return the entries that a valid filter asks for, latest first."""
    values = wanted.cleaned_data
    if values["person"]:
        people = people_named(values["person"])
        entries = entries.filter(
            Q(actor__in=people) | Q(subject__in=people) | Q(acting_as__in=people)
        )
    if values["school"]:
        entries = entries.filter(school=values["school"].uuid)
    if values["action"]:
        entries = entries.filter(action__startswith=values["action"])
    zone = zone_of(values["school"].time_zone if values["school"] else "")
    if values["first"]:
        begins = datetime.combine(values["first"], datetime.min.time(), tzinfo=zone)
        entries = entries.filter(at__gte=begins)
    if values["last"]:
        after = values["last"] + timedelta(days=1)
        ends = datetime.combine(after, datetime.min.time(), tzinfo=zone)
        entries = entries.filter(at__lt=ends)
    if values["before"]:
        entries = entries.filter(pk__lt=values["before"])
    return entries.order_by("-pk")


def people_named(words: str) -> list[UUID]:
    """Return whom a name, an address or an identifier means; no more than some."""
    try:
        return [UUID(words)]
    except ValueError:
        found = User.objects.filter(
            Q(email__icontains=words) | Q(profile__display_name__icontains=words)
        )
        return list(found.order_by("pk").values_list("uuid", flat=True)[:MOST_PEOPLE])


def lines(entries: Iterable[AuditEntry]) -> list[Line]:
    """Return entries with names; two questions, however many there are."""
    rows = list(entries)
    uuids = {
        one for row in rows for one in (row.actor, row.acting_as, row.subject) if one
    }
    people = {
        user.uuid: _name(user)
        for user in User.objects.filter(uuid__in=uuids).select_related("profile")
    }
    schools = dict(
        School.objects.filter(uuid__in={row.school for row in rows if row.school})
        .order_by()
        .values_list("uuid", "name")
    )
    return [
        Line(
            entry=row,
            actor=_who(people, row.actor, _("the site itself")),
            acting_as=_who(people, row.acting_as, ""),
            subject=_who(people, row.subject, ""),
            school=schools.get(row.school, "") if row.school else "",
        )
        for row in rows
    ]


def file_rows(entries: QuerySet[AuditEntry]) -> Iterator[list[Any]]:
    """Yield the rows of the log as a file, with identifiers instead of names."""
    yield [
        "at", "actor", "acting_as", "action", "school", "subject", "target",
        "target_uuid", "reason", "detail",
    ]  # fmt: skip
    for one in entries[:MOST_IN_A_FILE].iterator():
        yield [
            one.at.isoformat(), one.actor or "", one.acting_as or "", one.action,
            one.school or "", one.subject or "", one.target, one.target_uuid or "",
            one.reason, _detail(one.detail),
        ]  # fmt: skip


def _detail(detail: Mapping[str, Any]) -> str:
    return "; ".join(f"{key}={value}" for key, value in detail.items())


def _who(people: Mapping[UUID, str], one: UUID | None, nobody: str) -> str:
    if one is None:
        return nobody
    return people.get(one, _("somebody who was erased"))


def _name(user: User) -> str:
    profile = getattr(user, "profile", None)
    return f"{profile.display_name} ({user.email})" if profile else user.email
