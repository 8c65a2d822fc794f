"""The database keeps people's data in order."""

import pytest
from django.db import IntegrityError

from learners.models import LearnerProfile, User
from tests.factories.learners import (
    AdminFactory,
    LearnerFactory,
    LearnerProfileFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def test_an_address_is_one_account_in_any_case() -> None:
    UserFactory.create(email="ana@example.org")
    with pytest.raises(IntegrityError):
        UserFactory.create(email="Ana@Example.org")


def test_new_users_are_stored_in_lower_case() -> None:
    user = User.objects.create_user("Ana@Example.org", "a-long-test-password")
    assert user.email == "ana@example.org"
    assert user.check_password("a-long-test-password")
    assert not user.is_staff


def test_a_user_needs_an_address() -> None:
    with pytest.raises(ValueError, match="e-mail"):
        User.objects.create_user("")


def test_only_administrators_have_every_permission() -> None:
    assert User.objects.create_superuser("root@example.org", "x").is_staff
    with pytest.raises(IntegrityError):
        UserFactory.create(role=User.Role.TEACHER, is_superuser=True)


def test_only_administrators_enter_the_admin() -> None:
    assert AdminFactory.create().is_staff
    assert not LearnerFactory.create().is_staff


def test_consent_off_is_the_default() -> None:
    profile = LearnerProfile.objects.create(user=UserFactory.create(), l1="es")
    assert profile.stores_recordings is False


@pytest.mark.parametrize(
    "wrong",
    [{"stores_recordings": True}, {"retention_days": 366}, {"level": "D1"}],
)
def test_impossible_profiles_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(IntegrityError):
        LearnerProfileFactory.create(**wrong)
