"""The profile page and the choice about recordings."""

import pytest
from django.test import Client
from django.urls import reverse

from learners.models import LearnerProfile, User
from tests.factories.learners import LearnerFactory, UserFactory

pytestmark = pytest.mark.django_db

PROFILE = {
    "display_name": "Ana",
    "l1": "pt",
    "l2": "en",
    "level": "B1",
    "goal": "Sing",
    "daily_minutes": "10",
    "theme": "DARK",
}


@pytest.fixture
def learner(client: Client) -> User:
    """Return a learner who is signed in."""
    learner = LearnerFactory.create()
    client.force_login(learner)
    return learner


def test_a_profile_is_changed(client: Client, learner: User) -> None:
    page = client.post(reverse("learners:profile-edit"), PROFILE, follow=True)
    profile = LearnerProfile.objects.get(user=learner)
    assert (profile.display_name, profile.l1, profile.level) == ("Ana", "pt", "B1")
    assert 'data-theme="dark"' in page.content.decode()
    assert "Saved." in page.content.decode()


def test_a_faulty_profile_keeps_what_was_typed(client: Client, learner: User) -> None:
    page = client.post(reverse("learners:profile-edit"), PROFILE | {"l1": ""})
    assert page.status_code == 422
    assert 'aria-invalid="true"' in page.content.decode()
    assert "Sing" in page.content.decode()
    assert LearnerProfile.objects.get(user=learner).l1 == "es"


def test_somebody_without_a_profile_is_asked_for_one(client: Client) -> None:
    client.force_login(UserFactory.create())
    page = client.get(reverse("learners:profile-edit"))
    assert "Tell us about you" in page.content.decode()
    assert "Keep recordings" not in page.content.decode()
    page = client.post(reverse("learners:profile-edit"), PROFILE, follow=True)
    assert "Welcome, Ana" in page.content.decode()


def test_consent_is_off_until_it_is_given(client: Client, learner: User) -> None:
    page = client.get(reverse("learners:profile-edit")).content.decode()
    assert "Not kept" in page
    client.post(
        reverse("learners:consent-edit"),
        {"stores_recordings": "on", "retention_days": "30"},
    )
    profile = LearnerProfile.objects.get(user=learner)
    assert (profile.stores_recordings, profile.retention_days) == (True, 30)


def test_withdrawing_consent_offers_to_delete(client: Client, learner: User) -> None:
    consent_url = reverse("learners:consent-edit")
    client.post(consent_url, {"stores_recordings": "on", "retention_days": "30"})
    page = client.post(consent_url, {"retention_days": "30"}, follow=True)
    assert not LearnerProfile.objects.get(user=learner).stores_recordings
    assert reverse("sessions:recordings-delete") in page.content.decode()


def test_a_faulty_choice_changes_nothing(client: Client, learner: User) -> None:
    page = client.post(
        reverse("learners:consent-edit"),
        {"stores_recordings": "on", "retention_days": "9999"},
        follow=True,
    )
    assert "Nothing was changed" in page.content.decode()
    assert not LearnerProfile.objects.get(user=learner).stores_recordings
