"""Changes to people's data."""

from datetime import UTC, datetime

import pytest
from allauth.account.models import EmailAddress

from learners.models import LearnerProfile, User
from learners.selectors import get_learner_context
from learners.services.accounts import save_account
from learners.services.profiles import save_profile, set_recording_consent
from tests.factories.learners import LearnerFactory, UserFactory

pytestmark = pytest.mark.django_db

MORNING = datetime(2030, 5, 1, 9, tzinfo=UTC)
EVENING = datetime(2030, 5, 1, 21, tzinfo=UTC)


def test_a_changed_profile_leaves_consent_alone() -> None:
    user = LearnerFactory.create()
    set_recording_consent(
        user=user, stores_recordings=True, retention_days=30, now=MORNING
    )
    save_profile(user=user, display_name="Ana", l1="pt", level="B1")
    context = get_learner_context(user_id=user.pk)
    assert (context.display_name, context.l1, context.level) == ("Ana", "pt", "B1")
    assert (context.stores_recordings, context.retention_days) == (True, 30)


def test_consent_remembers_when_it_last_changed() -> None:
    user = LearnerFactory.create()

    def decide(keep: bool, days: int, now: datetime) -> tuple[bool, datetime | None]:
        changed = set_recording_consent(
            user=user, stores_recordings=keep, retention_days=days, now=now
        )
        return changed, LearnerProfile.objects.get(user=user).consent_changed_at

    assert decide(True, 90, MORNING) == (True, MORNING)
    assert decide(True, 7, EVENING) == (False, MORNING)
    assert decide(False, 7, EVENING) == (True, EVENING)


def test_consent_needs_a_profile() -> None:
    with pytest.raises(LearnerProfile.DoesNotExist):
        set_recording_consent(
            user=UserFactory.create(),
            stores_recordings=True,
            retention_days=7,
            now=MORNING,
        )


def test_an_operators_account_can_be_made_twice() -> None:
    save_account(email="Head@Example.org", password="first-one", role="ADMIN")
    user = save_account(email="head@example.org", password="second", role="TEACHER")
    assert User.objects.count() == 1
    assert user.check_password("second")
    assert (user.role, user.is_superuser) == ("TEACHER", False)
    assert EmailAddress.objects.get().verified
