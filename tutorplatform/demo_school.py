"""The demo's school: a term, a class, its teacher and its learners."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from learners.models import User
from schools.models import Classroom, Membership, School, Term
from schools.services.classrooms import ClassFields, make_class
from schools.services.enrolments import enrol
from schools.services.members import add_member
from schools.services.schools import SchoolRules, open_school
from schools.services.teaching import add_teacher
from schools.services.terms import save_term

from .demo import DEMO_ACCOUNTS

SCHOOL_KEY: Final = "riverside"
SCHOOL_NAME: Final = "Riverside School"
CLASS_NAME: Final = "Evening English"
TERM_DAYS: Final = 110
SEASONS: Final = ("Winter", "Spring", "Summer", "Autumn")


def save_school(*, now: datetime) -> Classroom:
    """Have the school and its class, with the demo's people in it; safe to repeat."""
    school = School.objects.filter(key=SCHOOL_KEY).first() or open_school(
        key=SCHOOL_KEY,
        rules=SchoolRules(name=SCHOOL_NAME, time_zone="Europe/London"),
        actor=None,
        now=now,
    )
    people = {
        account.email: User.objects.get(email=account.email)
        for account in DEMO_ACCOUNTS
        if account.role != "ADMIN"
    }
    teacher = people["teacher@example.org"]
    for user in people.values():
        is_teacher = user.pk == teacher.pk
        role = Membership.Role.MANAGER if is_teacher else Membership.Role.LEARNER
        add_member(school=school, user=user, role=role, actor=None, now=now)
    classroom = Classroom.objects.filter(
        school=school, name=CLASS_NAME, archived_at=None
    ).first() or make_class(
        school=school,
        fields=ClassFields(name=CLASS_NAME, term=_term(school, now)),
        teacher=teacher,
        actor=None,
        now=now,
    )
    add_teacher(classroom=classroom, teacher=teacher, actor=None, now=now)
    for user in people.values():
        if user.pk != teacher.pk:
            enrol(classroom=classroom, learner=user, actor=None, now=now)
    return classroom


def _term(school: School, now: datetime) -> Term:
    """Return the school's term, one that is running now if there is none."""
    first = school.terms.first()
    if first is not None:
        return first
    starts_on: date = now.date().replace(day=1)
    return save_term(
        school=school,
        name=f"{SEASONS[starts_on.month % 12 // 3]} term {starts_on.year}",
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=TERM_DAYS),
        actor=None,
        now=now,
    )
