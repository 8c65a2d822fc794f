"""Signing in and out, passwords and addresses."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse

from learners.models import User
from tests.factories.learners import PASSWORD, LearnerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def learner() -> User:
    """Return somebody with an account."""
    user: User = LearnerFactory.create(email="ana@example.org")
    return user


def _sign_in(client: Client, email: str, password: str) -> str:
    page = client.post(
        reverse("account_login"), {"login": email, "password": password}, follow=True
    )
    return page.content.decode()


def test_an_address_works_in_any_case(client: Client, learner: User) -> None:
    assert "Sign out" in _sign_in(client, "ANA@example.org", PASSWORD)


def test_a_wrong_password_is_not_told_from_a_wrong_address(
    client: Client, learner: User
) -> None:
    words = "do not go together"
    assert words in _sign_in(client, learner.email, "wrong-password")
    assert words in _sign_in(client, "nobody@example.org", PASSWORD)


def test_somebody_switched_off_is_told(client: Client, learner: User) -> None:
    User.objects.update(is_active=False)
    assert "switched off" in _sign_in(client, learner.email, PASSWORD)


def test_guessing_is_stopped(client: Client, learner: User) -> None:
    pages = [_sign_in(client, learner.email, f"guess-{n}") for n in range(12)]
    assert "too many tries" in pages[-1]
    assert "too many tries" in _sign_in(client, learner.email, PASSWORD)


def test_sign_in_returns_to_the_page_that_was_asked_for(
    client: Client, learner: User
) -> None:
    asked = client.get(reverse("learners:profile-edit"))
    page = client.post(
        asked["Location"], {"login": learner.email, "password": PASSWORD}
    )
    assert page["Location"] == reverse("learners:profile-edit")


def test_signing_out_needs_a_click(client: Client, learner: User) -> None:
    client.force_login(learner)
    assert "Sign out?" in client.get(reverse("account_logout")).content.decode()
    assert client.get(reverse("today")).status_code == 200
    page = client.post(reverse("account_logout"), follow=True)
    assert "You are signed out" in page.content.decode()
    assert client.get(reverse("today")).status_code == 302


def test_a_forgotten_password_is_replaced_by_mail(
    client: Client, learner: User
) -> None:
    page = client.post(
        reverse("account_reset_password"), {"email": learner.email}, follow=True
    )
    assert "Look into your mail" in page.content.decode()
    link = re.search(r"http://testserver(/\S+)", str(mail.outbox[0].body))
    assert link
    form = client.get(link[1], follow=True)
    new = {"password1": "horse-battery-9", "password2": "horse-battery-9"}
    page = client.post(form.redirect_chain[-1][0], new, follow=True)
    assert "Your password is changed" in page.content.decode()
    again = client.get(link[1], follow=True)
    assert "does not work any more" in again.content.decode()
    client.logout()
    assert "Sign out" in _sign_in(client, learner.email, "horse-battery-9")


def test_asking_for_an_unknown_address_looks_the_same(client: Client) -> None:
    page = client.post(
        reverse("account_reset_password"), {"email": "who@example.org"}, follow=True
    )
    assert "Look into your mail" in page.content.decode()


def test_a_known_password_is_changed(client: Client, learner: User) -> None:
    client.force_login(learner)
    new = {"password1": "horse-battery-9", "password2": "horse-battery-9"}
    url = reverse("account_change_password")
    page = client.post(url, {"oldpassword": "wrong", **new})
    assert "not your password now" in page.content.decode()
    client.post(url, {"oldpassword": PASSWORD, **new})
    learner.refresh_from_db()
    assert learner.check_password("horse-battery-9")


def _ask_for_new_address(client: Client, learner: User) -> str:
    """Ask for a change, confirm who one is; return the link in the mail."""
    _sign_in(client, learner.email, PASSWORD)
    new = {"email": "new@example.org", "action_add": ""}
    page = client.post(reverse("account_email"), new, follow=True)
    assert "Is it still you?" in page.content.decode()
    again = page.redirect_chain[-1][0]
    page = client.post(again, {"password": PASSWORD}, follow=True)
    assert "We sent a link to new@example.org" in page.content.decode()
    sent = next(m for m in mail.outbox if m.to == ["new@example.org"])
    link = re.search(r"http://testserver(/\S+)", str(sent.body))
    assert link
    return link[1]


def test_a_new_address_counts_once_it_is_confirmed(
    client: Client, learner: User
) -> None:
    EmailAddress.objects.create(
        user=learner, email=learner.email, verified=True, primary=True
    )
    link = _ask_for_new_address(client, learner)
    learner.refresh_from_db()
    assert learner.email == "ana@example.org"
    client.post(link)
    learner.refresh_from_db()
    assert learner.email == "new@example.org"


def test_an_address_that_was_never_confirmed_is_replaced_at_once(
    client: Client, learner: User
) -> None:
    _ask_for_new_address(client, learner)
    learner.refresh_from_db()
    assert learner.email == "new@example.org"
    client.logout()
    assert "Sign out" in _sign_in(client, "new@example.org", PASSWORD)
