"""The demo has a school with a class."""

from datetime import UTC, datetime

import pytest

from learners.models import User
from schools.models import AuditEntry, Classroom
from schools.permissions import teachable_classrooms
from schools.selectors import classrooms_of_learner
from tutorplatform.demo import DEMO_ACCOUNTS
from tutorplatform.demo_school import save_school

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_the_demo_teacher_has_a_class_with_the_demo_learners_in_it() -> None:
    for account in DEMO_ACCOUNTS:
        User.objects.create_user(account.email, role=account.role)
    save_school(now=NOW)
    entries = AuditEntry.objects.count()
    save_school(now=NOW)

    classroom = Classroom.objects.get(name="Evening English")
    assert classroom.term
    assert classroom.term.name == "Autumn term 2026"
    teacher = User.objects.get(email="teacher@example.org")
    assert list(teachable_classrooms(teacher)) == [classroom]
    learners = User.objects.filter(role="LEARNER")
    for learner in learners:
        assert list(classrooms_of_learner(learner_id=learner.pk)) == [classroom]
    assert len(learners) == 3
    assert AuditEntry.objects.count() == entries, "made twice is made once"
