"""Who may do what."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.test import RequestFactory

from learners.permissions import (
    can_read_report,
    can_review_session,
    can_take_lesson,
    signed_in_user,
)
from tests.factories.learners import AdminFactory, LearnerFactory, UserFactory

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
    learner = LearnerFactory.create()
    teacher = LearnerFactory.create(role="TEACHER")
    for who in (learner, teacher, AdminFactory.create()):
        assert can_read_report(who, learner.pk)
    strangers = (
        LearnerFactory.create(),
        LearnerFactory.create(role="TEACHER", is_active=False),
        AnonymousUser(),
    )
    for stranger in strangers:
        assert not can_read_report(stranger, learner.pk)
    gone = LearnerFactory.create(is_active=False)
    assert not can_read_report(teacher, gone.pk)


def test_a_view_that_forgot_to_require_sign_in_is_refused(rf: RequestFactory) -> None:
    request = rf.get("/")
    request.user = AnonymousUser()
    with pytest.raises(PermissionDenied):
        signed_in_user(request)
