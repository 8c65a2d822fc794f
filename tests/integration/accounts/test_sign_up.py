"""Making an account."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from learners.models import LearnerProfile, User
from tests.factories.learners import UserFactory

pytestmark = pytest.mark.django_db

ANSWERS = {
    "display_name": "Ana",
    "email": "Ana@Example.org",
    "password1": "horse-battery-9",
    "l1": "es",
    "level": "B1",
}


def _sign_up(client: Client, **changes: str) -> str:
    """Post the form; return the page the person sees next."""
    page = client.post(reverse("account_signup"), ANSWERS | changes, follow=True)
    return page.content.decode()


def test_a_new_learner_arrives_on_today(client: Client) -> None:
    page = _sign_up(client)
    assert "Welcome, Ana" in page
    profile = LearnerProfile.objects.select_related("user").get()
    assert profile.user.email == "ana@example.org"
    assert profile.user.role == User.Role.LEARNER
    assert (profile.l1, profile.l2, profile.level) == ("es", "en", "B1")
    assert not profile.stores_recordings


def test_where_addresses_must_be_confirmed_nobody_enters_before(
    client: Client, settings: Settings
) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    assert "Look into your mail" in _sign_up(client)
    assert client.get(reverse("today")).status_code == 302
    link = re.search(r"http://testserver(/\S+)", str(mail.outbox[0].body))
    assert link
    page = client.get(link[1])
    assert "Is this your address?" in page.content.decode()
    client.post(link[1])
    page = client.post(
        reverse("account_login"),
        {"login": "ana@example.org", "password": ANSWERS["password1"]},
        follow=True,
    )
    assert "Welcome, Ana" in page.content.decode()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"email": "no-address"}, "valid email"),
        ({"email": "taken@example.org"}, "account with this address already"),
        ({"password1": "12345678"}, "too common"),
        ({"password1": "short"}, "too short"),
        ({"l1": ""}, "Choose the language you speak best"),
        ({"l1": "tlh"}, "valid choice"),
        ({"display_name": ""}, "Tell us what to call you"),
    ],
)
def test_each_mistake_is_explained_beside_its_field(
    client: Client, change: dict[str, str], words: str
) -> None:
    UserFactory.create(email="taken@example.org")
    page = _sign_up(client, **change)
    assert words in page
    assert 'aria-invalid="true"' in page
    assert User.objects.count() == 1


def test_nobody_can_choose_a_role(client: Client) -> None:
    _sign_up(client, role="ADMIN", is_superuser="on")
    assert User.objects.get().role == User.Role.LEARNER
