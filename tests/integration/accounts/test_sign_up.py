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

ANSWERS = {"email": "Ana@Example.org", "password1": "horse-battery-9"}
WELCOME = "Welcome! First, who are you?"


def _sign_up(client: Client, **changes: str) -> str:
    """Post the form; return the page the person sees next."""
    page = client.post(reverse("account_signup"), ANSWERS | changes, follow=True)
    return page.content.decode()


def test_a_new_learner_arrives_at_the_first_steps(client: Client) -> None:
    assert WELCOME in _sign_up(client)
    user = User.objects.get()
    assert user.email == "ana@example.org"
    assert user.role == User.Role.LEARNER
    assert not LearnerProfile.objects.exists()


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
    assert WELCOME in page.content.decode()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"email": "no-address"}, "valid email"),
        ({"email": "taken@example.org"}, "account with this address already"),
        ({"password1": "12345678"}, "too common"),
        ({"password1": "short"}, "too short"),
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
