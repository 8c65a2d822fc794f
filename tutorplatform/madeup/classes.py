"""The made-up school itself: its term, classes, teachers, and its learners' accounts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password

from learners.models import LearnerProfile, User
from schools.models import Classroom, ClassTeacher, Enrolment, Membership, School, Term

from .people import CLASS_SIZE, WEEKS, Person, address, level_of_class, random_for

CLASSES_OF_A_TEACHER = 4
_TIMES = ("Morning", "Noon", "Afternoon", "Evening")
_STAFF = ("Amara Osei", "Ben Carter", "Chiara Ricci", "Daniel Weiss", "Edith Novak")


def open_made_up_school(
    key: str, *, n_classes: int, password: str, now: datetime
) -> tuple[School, list[Classroom]]:
    """Have the school with its term, classes and staff; what is there stays."""
    began = now - timedelta(weeks=WEEKS + 1)
    school, _ = School.objects.get_or_create(
        key=key, defaults={"name": f"Made-up school ({key})", "created_at": began}
    )
    term, _ = Term.objects.get_or_create(
        school=school,
        name="This term",
        defaults={
            "starts_on": began.date(),
            "ends_on": (now + timedelta(weeks=4)).date(),
        },
    )
    manager = _staff(school, 0, Membership.Role.MANAGER, password, began)
    classes = []
    for index in range(n_classes):
        level = level_of_class(index)
        classroom, is_new = Classroom.objects.get_or_create(
            school=school,
            name=f"{level} {_TIMES[index // 4 % 4]} {index // 16 + 1}",
            archived_at=None,
            defaults={"term": term, "level": level, "l2": "en", "created_at": began},
        )
        classes.append(classroom)
        if is_new:
            number = 1 + index // CLASSES_OF_A_TEACHER
            teacher = _staff(school, number, Membership.Role.TEACHER, password, began)
            both = [(teacher, True)] + ([(manager, False)] if index == 0 else [])
            ClassTeacher.objects.bulk_create(
                ClassTeacher(
                    classroom=classroom, teacher=user, is_lead=is_lead, added_at=began
                )
                for user, is_lead in both
            )
    return school, classes


def store_people(
    people: Sequence[Person], school: School, classes: Sequence[Classroom]
) -> list[User]:
    """Store learners' accounts, profiles, memberships and enrolments."""
    # Nobody can sign in as them.
    users = User.objects.bulk_create(
        User(email=one.email, password=make_password(None), joined_at=one.joined_at)
        for one in people
    )
    both = list(zip(users, people, strict=True))
    LearnerProfile.objects.bulk_create(
        LearnerProfile(
            user=user,
            display_name=one.name,
            l1=one.l1,
            l2="en",
            level=one.level,
            onboarded_at=one.joined_at,
        )
        for user, one in both
    )
    Membership.objects.bulk_create(
        Membership(
            school=school,
            user=user,
            role=Membership.Role.LEARNER,
            external_id=f"S{one.number:05}",
            joined_at=one.joined_at,
        )
        for user, one in both
    )
    Enrolment.objects.bulk_create(
        Enrolment(
            classroom=classes[one.number // CLASS_SIZE],
            learner=user,
            enrolled_at=one.joined_at,
        )
        for user, one in both
    )
    return users


def _staff(
    school: School, number: int, role: Membership.Role, password: str, now: datetime
) -> User:
    kind = "manager" if role == Membership.Role.MANAGER else "teacher"
    user, is_new = User.objects.get_or_create(
        email=address(school.key, kind, number),
        defaults={"role": User.Role.TEACHER, "joined_at": now},
    )
    if is_new:
        random = random_for(school.key, kind, number)
        LearnerProfile.objects.create(
            user=user,
            display_name=random.choice(_STAFF),
            l1="en",
            level="C2",
            onboarded_at=now,
        )
        Membership.objects.create(school=school, user=user, role=role, joined_at=now)
    if password:
        user.set_password(password)
        user.save(update_fields=("password",))
    elif is_new:
        user.set_unusable_password()
        user.save(update_fields=("password",))
    return user
