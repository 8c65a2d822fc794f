"""Classmates for the demo's class, with talks of many weeks, so that there is a class to see.

They are made up (``tutorplatform.madeup``): nobody said any of it, and nobody can sign in
as them. Two of the demo's own learners get such weeks too.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from learners.models import LearnerProfile, SessionSummary, User
from schools.models import Classroom, Membership
from schools.services.enrolments import enrol
from schools.services.members import add_member

from .demo import DEMO_ACCOUNTS
from .madeup.people import Person, address, person
from .madeup.storing import store_spoken
from .madeup.talks import spoken_by

SCHOOL: Final = "demo"
A_TALK: Final = 8


@dataclass(frozen=True, slots=True)
class Classmate:
    """Somebody of the class. ``silent_days``: so long ago was their latest talk."""

    name: str
    l1: str
    level: str
    turns: int
    silent_days: int = 0
    email: str = ""


CLASSMATES: Final = (
    Classmate("Sofía", "es", "B1", 64, email=DEMO_ACCOUNTS[1].email),
    Classmate("Kenji", "ja", "A1", 40, 9, email=DEMO_ACCOUNTS[2].email),
    Classmate("Layla", "ar", "A2", 72),
    Classmate("João", "pt", "A2", 48),
    Classmate("Linh", "vi", "A2", 48, 16),
    Classmate("Lena", "de", "B1", 64),
    Classmate("Min-jun", "ko", "A2", 32),
    Classmate("Camille", "fr", "B1", 8),
)


def save_insights(*, classroom: Classroom, now: datetime) -> None:
    """Have the classmates with their talks; who has talked already is left alone."""
    new: list[tuple[User, Person]] = []
    for number, mate in enumerate(CLASSMATES):
        made = _person(number, mate, now)
        user = _user(mate, made, classroom, now)
        if not SessionSummary.objects.filter(learner=user).exists():
            new.append((user, made))
    store_spoken(
        [
            (user, spoken_by(made, user, SCHOOL, a_talk=A_TALK, now=now))
            for user, made in new
        ],
        now=now,
    )


def _person(number: int, mate: Classmate, now: datetime) -> Person:
    made = person(
        SCHOOL, number, turns=mate.turns, a_talk=A_TALK, now=now,
        l1=mate.l1, level=mate.level,
    )  # fmt: skip
    latest = max(made.talks)
    wanted = now - timedelta(days=mate.silent_days or 1, hours=2)
    moved = tuple(at + (wanted - latest) for at in made.talks)
    email = mate.email or address(SCHOOL, "learner", number)
    return replace(made, name=mate.name, email=email, talks=moved)


def _user(mate: Classmate, made: Person, classroom: Classroom, now: datetime) -> User:
    if mate.email:
        return User.objects.get(email=mate.email)
    user, is_new = User.objects.get_or_create(
        email=made.email, defaults={"joined_at": made.joined_at}
    )
    if is_new:
        user.set_unusable_password()
        user.save(update_fields=("password",))
    LearnerProfile.objects.get_or_create(
        user=user,
        defaults={
            "display_name": mate.name,
            "l1": mate.l1,
            "l2": "en",
            "level": mate.level,
            "onboarded_at": made.joined_at,
        },
    )
    learner = Membership.Role.LEARNER
    add_member(school=classroom.school, user=user, role=learner, actor=None, now=now)
    enrol(classroom=classroom, learner=user, actor=None, now=now)
    return user
