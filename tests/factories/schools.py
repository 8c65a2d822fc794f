"""Schools for tests."""

# mypy: disable-error-code="attr-defined,no-untyped-call"
# (factory_boy is typed in part)

from datetime import UTC, datetime
from typing import Any

import factory

from learners.models import User
from schools.models import Classroom, ClassTeacher, Enrolment, Membership, School

from .learners import LearnerFactory

BEGAN = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)


class SchoolFactory(factory.django.DjangoModelFactory[School]):
    """A school without anybody in it."""

    class Meta:
        model = School

    key = factory.Sequence(lambda n: f"school-{n}")
    name = factory.Sequence(lambda n: f"School {n}")
    created_at = BEGAN


class ClassroomFactory(factory.django.DjangoModelFactory[Classroom]):
    """An open class of a school of its own."""

    class Meta:
        model = Classroom

    school = factory.SubFactory(SchoolFactory)
    name = factory.Sequence(lambda n: f"Class {n}")
    created_at = BEGAN


def teacher_of(*classrooms: Classroom, role: str = "TEACHER", **fields: Any) -> User:
    """Return somebody who teaches these classes, as what they are in their schools."""
    teacher: User = LearnerFactory.create(role=User.Role.TEACHER, **fields)
    for classroom in classrooms:
        Membership.objects.get_or_create(
            school=classroom.school,
            user=teacher,
            defaults={"role": role, "joined_at": BEGAN},
        )
        ClassTeacher.objects.create(
            classroom=classroom, teacher=teacher, added_at=BEGAN
        )
    return teacher


def learner_of(*classrooms: Classroom) -> User:
    """Return a learner who is in these classes."""
    learner: User = LearnerFactory.create()
    for classroom in classrooms:
        Membership.objects.get_or_create(
            school=classroom.school,
            user=learner,
            defaults={"role": "LEARNER", "joined_at": BEGAN},
        )
        Enrolment.objects.create(
            classroom=classroom, learner=learner, enrolled_at=BEGAN
        )
    return learner


def common_class() -> Classroom:
    """Return the class of tests in which it does not matter who teaches whom."""
    school, _made = School.objects.get_or_create(
        key="common", defaults={"name": "Common school", "created_at": BEGAN}
    )
    classroom, _made = Classroom.objects.get_or_create(
        school=school, name="Common class", defaults={"created_at": BEGAN}
    )
    return classroom


def taught(learner: User) -> User:
    """Have a learner be in the common class."""
    classroom = common_class()
    Membership.objects.get_or_create(
        school=classroom.school,
        user=learner,
        defaults={"role": "LEARNER", "joined_at": BEGAN},
    )
    Enrolment.objects.get_or_create(
        classroom=classroom, learner=learner, defaults={"enrolled_at": BEGAN}
    )
    return learner
