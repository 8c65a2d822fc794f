"""Who may do what."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.test import RequestFactory

from learners.models import User
from learners.permissions import (
    can_read_report,
    can_review_session,
    can_take_lesson,
    signed_in_user,
)
from tests.factories.learners import AdminFactory, LearnerFactory, UserFactory
from tests.factories.schools import (
    BEGAN,
    ClassroomFactory,
    learner_of,
    teacher_of,
)

pytestmark = pytest.mark.django_db


def test_lessons_are_for_active_people_with_a_profile() -> None:
    assert can_take_lesson(LearnerFactory.create())
    assert not can_take_lesson(UserFactory.create())
    assert not can_take_lesson(LearnerFactory.create(is_active=False))
    assert not can_take_lesson(AnonymousUser())


def test_a_session_is_seen_by_its_learner_and_administrators() -> None:
    learner = LearnerFactory.create()
    assert can_review_session(learner, learner.pk)
    assert can_review_session(AdminFactory.create(), learner.pk)
    assert not can_review_session(LearnerFactory.create(), learner.pk)
    assert not can_review_session(LearnerFactory.create(role="TEACHER"), learner.pk)
    assert not can_review_session(AdminFactory.create(is_active=False), learner.pk)
    assert not can_review_session(AnonymousUser(), learner.pk)


def test_a_report_is_read_by_its_learner_and_those_who_answer_for_them() -> None:
    classroom = ClassroomFactory.create()
    learner, teacher = learner_of(classroom), teacher_of(classroom)
    for who in (learner, teacher, AdminFactory.create()):
        assert can_read_report(who, learner.pk)
    strangers = (
        LearnerFactory.create(),
        LearnerFactory.create(role="TEACHER"),
        teacher_of(ClassroomFactory.create()),
        learner_of(classroom),
        AnonymousUser(),
    )
    for stranger in strangers:
        assert not can_read_report(stranger, learner.pk)
    User.objects.filter(pk=learner.pk).update(is_active=False)
    assert not can_read_report(teacher, learner.pk)


def test_reach_ends_with_the_class() -> None:
    classroom = ClassroomFactory.create()
    learner, teacher = learner_of(classroom), teacher_of(classroom)
    manager = teacher_of(ClassroomFactory.create(school=classroom.school))
    manager.memberships.update(role="MANAGER")
    assert can_read_report(teacher, learner.pk)
    assert can_read_report(manager, learner.pk), "of the school's every class"

    classroom.archived_at = BEGAN
    classroom.save()
    assert not can_read_report(teacher, learner.pk)
    assert not can_read_report(manager, learner.pk)

    classroom.archived_at = None
    classroom.save()
    learner.enrolments.update(left_at=BEGAN)
    assert not can_read_report(teacher, learner.pk)

    learner.enrolments.update(left_at=None)
    teacher.memberships.update(left_at=BEGAN)
    assert not can_read_report(teacher, learner.pk), "left the school"


def test_a_view_that_forgot_to_require_sign_in_is_refused(rf: RequestFactory) -> None:
    request = rf.get("/")
    request.user = AnonymousUser()
    with pytest.raises(PermissionDenied):
        signed_in_user(request)
