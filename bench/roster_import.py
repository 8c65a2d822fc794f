"""How long a list of learners takes, from the bytes of the file to the last row."""

from __future__ import annotations

import time
from threading import Event

from django.db import transaction
from django.utils import timezone

from learners.models import User
from learners.rosters.export import HEADING, csv_text
from learners.rosters.imports import confirm_import, preview, read_import
from learners.rosters.taking_in import take_in_roster
from schools.models import Membership, RosterImport, School
from schools.services.classrooms import ClassFields, make_class
from schools.services.members import add_member
from schools.services.schools import SchoolRules, open_school

KEY = "bench-roster-import"
CLASSES = 50


class NotTakenIn(Exception):
    """The list did not come through, so that no time can be told."""


def measure_import(rows: int) -> float:
    """Return the seconds from reading a file of new learners to all being in classes.

    With its preview, without mails, on the database of the settings; what it made is
    deleted again. Raises NotTakenIn.
    """
    _clean()
    try:
        manager, school = _school()
        content = _file(rows)
        began = time.perf_counter()
        roster = read_import(
            school=school,
            classroom=None,
            file_name="bench.csv",
            content=content,
            by=manager,
            now=timezone.now(),
        )
        preview(roster, moves=True)
        confirm_import(
            roster_id=roster.pk,
            skips_faulty=False,
            sends_mails=False,
            moves=False,
            site_url="https://tutor.example.org/",
            now=timezone.now(),
        )
        take_in_roster(roster.uuid, cancelled=Event())
        took = time.perf_counter() - began
        roster.refresh_from_db()
        if roster.state != RosterImport.State.DONE or roster.outcomes != {"NEW": rows}:
            raise NotTakenIn
        return took
    finally:
        _clean()


def _file(rows: int) -> bytes:
    lines = [
        (
            f"{KEY}-{n}@example.org", f"Learner {n}", f"Class {n % CLASSES}", "Spanish",
            "A2", str(n), "no", "",
        )
        for n in range(rows)
    ]  # fmt: skip
    return csv_text([HEADING, *lines]).encode()


def _school() -> tuple[User, School]:
    now = timezone.now()
    school = open_school(key=KEY, rules=SchoolRules(name="Bench"), actor=None, now=now)
    manager = User.objects.create_user(f"{KEY}@example.org")
    add_member(
        school=school, user=manager, role=Membership.Role.MANAGER, actor=None, now=now
    )
    for n in range(CLASSES):
        make_class(
            school=school,
            fields=ClassFields(name=f"Class {n}"),
            teacher=manager,
            actor=None,
            now=now,
        )
    return manager, school


@transaction.atomic
def _clean() -> None:
    """Delete the school and its people; the log keeps its entries, as it keeps all."""
    School.objects.filter(key=KEY).delete()
    User.objects.filter(email__startswith=KEY).delete()
