"""The migration that gives sites without schools one: nobody loses whom they taught."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from learners.permissions import reviewable_learners
from schools.models import Classroom, School
from tests.factories.learners import AdminFactory, LearnerFactory
from tests.factories.schools import SchoolFactory

pytestmark = pytest.mark.django_db
migration = import_module("schools.migrations.0006_everybody_in_one_school")


def migrate() -> None:
    migration.gather(apps, connection.schema_editor())


def test_every_teacher_keeps_every_learner() -> None:
    learners = [LearnerFactory.create(profile__l2="de") for _ in range(2)]
    learners.append(LearnerFactory.create(profile__l2="en"))
    teachers = [LearnerFactory.create(role="TEACHER") for _ in range(2)]
    AdminFactory.create()
    migrate()

    classroom = Classroom.objects.get()
    assert (classroom.school.key, classroom.name) == ("our-school", "Our class")
    assert classroom.l2 == "de"
    for teacher in teachers:
        reached = set(reviewable_learners(teacher)) - {teacher}
        assert reached == set(learners)


def test_a_site_with_a_school_or_without_teachers_stays_as_it_is() -> None:
    LearnerFactory.create()
    migrate()
    assert not School.objects.exists()

    LearnerFactory.create(role="TEACHER")
    SchoolFactory.create()
    migrate()
    assert School.objects.count() == 1
