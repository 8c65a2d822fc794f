"""Pages and mails are in the language a person chose, else in the browser's."""

from datetime import UTC, datetime

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from learners.models import User
from learners.services.profiles import choose_language
from learners.services.reminders import set_reminders
from sessions.reminding import remind
from tests.factories.learners import LearnerFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def learner(client: Client) -> User:
    """Return a learner who is signed in."""
    learner = LearnerFactory.create()
    client.force_login(learner)
    return learner


def page(client: Client, name: str, language: str = "") -> str:
    """Return a page as a browser that wants this language gets it."""
    headers = {"accept-language": language} if language else {}
    return client.get(reverse(name), headers=headers).content.decode()


def test_the_browser_is_obeyed_where_nobody_chose(client: Client) -> None:
    assert '<html lang="de" dir="ltr"' in page(
        client, "home", "de-AT,de;q=0.9,en;q=0.5"
    )
    assert '<html lang="zh-hans"' in page(client, "home", "zh-CN,zh;q=0.9")
    assert '<html lang="en"' in page(client, "home", "nl")
    assert '<html lang="en"' in page(client, "home")


def test_who_is_not_signed_in_chooses_in_the_footer(client: Client) -> None:
    address = reverse("learners:language-choose")
    answer = client.post(address, {"language": "ja", "next": reverse("account_login")})
    assert answer["Location"] == reverse("account_login")
    assert '<html lang="ja"' in page(client, "account_login", "de")


def test_a_learners_choice_goes_before_browser_and_cookie(
    client: Client, learner: User
) -> None:
    choose_language(user=learner, language="fr")
    assert '<html lang="fr"' in page(client, "today", "de")
    client.post(reverse("learners:language-choose"), {"language": "es", "next": "/"})
    learner.profile.refresh_from_db()
    assert learner.profile.interface_language == "es"
    # Another browser of the same person, which has no cookie.
    other = Client()
    other.force_login(learner)
    assert '<html lang="es"' in page(other, "today", "de")


@pytest.mark.parametrize("language", ["xx", "pt-br", "", "../../x", "de\n", "a" * 500])
def test_a_language_that_is_not_offered_changes_nothing(
    client: Client, learner: User, language: str
) -> None:
    choose_language(user=learner, language="fr")
    address = reverse("learners:language-choose")
    assert client.post(address, {"language": language, "next": "/"}).status_code == 302
    learner.profile.refresh_from_db()
    assert learner.profile.interface_language == "fr"


def test_nobody_is_sent_to_another_site(client: Client) -> None:
    address = reverse("learners:language-choose")
    answer = client.post(address, {"language": "de", "next": "https://evil.example/"})
    assert answer["Location"] == "/"


def test_a_language_that_is_no_longer_offered_is_passed_over(
    client: Client, learner: User
) -> None:
    choose_language(user=learner, language="tlh")
    assert '<html lang="de"' in page(client, "today", "de")


def test_the_profile_form_keeps_the_choice(client: Client, learner: User) -> None:
    profile = learner.profile
    data = {
        "display_name": "Ana",
        "l1": "pt",
        "l2": "en",
        "level": "B1",
        "theme": "SYSTEM",
        "interface_language": "de",
    }
    client.post(reverse("learners:profile-edit"), data)
    profile.refresh_from_db()
    assert profile.interface_language == "de"
    data["interface_language"] = "xx"
    answer = client.post(reverse("learners:profile-edit"), data)
    assert answer.status_code == 422
    profile.refresh_from_db()
    assert profile.interface_language == "de"


def test_pages_read_from_right_to_left_where_their_language_does(
    client: Client, settings: Settings
) -> None:
    settings.LANGUAGES = [*settings.LANGUAGES, ("ar", "العربية")]
    assert '<html lang="ar" dir="rtl"' in page(client, "home", "ar")


def test_the_choice_costs_a_page_no_query_of_its_own(
    client: Client, learner: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):
        # Session, person with their profile.
        client.get(reverse("interface-texts", args=("de", "0")))
    client.logout()
    with django_assert_num_queries(0):
        client.get(reverse("interface-texts", args=("de", "0")))


def test_scripts_find_their_words_where_the_page_says(client: Client) -> None:
    english = page(client, "account_login")
    assert "/texts/" not in english
    answer = client.get(reverse("interface-texts", args=("de", "0")))
    assert answer["Content-Type"].startswith("text/javascript")
    assert "immutable" in answer["Cache-Control"]
    assert answer.content.decode().startswith("globalThis.interfaceTexts={texts:{")
    for language in ("en", "xx"):
        address = reverse("interface-texts", args=(language, "0"))
        assert client.get(address).status_code == 404


def test_a_reminder_is_in_the_language_of_who_gets_it(
    learner: User, settings: Settings, mailoutbox: list[EmailMessage]
) -> None:
    settings.CARE = {**settings.CARE, "SITE_URL": "https://tutor.example.org"}
    set_reminders(learner_id=learner.pk, is_on=True, hour=0)
    choose_language(user=learner, language="de")
    other = LearnerFactory.create()
    set_reminders(learner_id=other.pk, is_on=True, hour=0)
    remind(now=datetime(2026, 3, 3, 22, 5, tzinfo=UTC))
    bodies = {mail.to[0]: str(mail.body) for mail in mailoutbox}
    assert bodies[learner.email].startswith("Hallo ")
    assert bodies[other.email].startswith("Hello ")


def test_who_is_new_keeps_the_language_of_the_page(client: Client) -> None:
    user = UserFactory.create()
    client.force_login(user)
    data = {"display_name": "Ana", "l1": "pt", "l2": "en"}
    headers = {"accept-language": "fr"}
    client.post(reverse("learners:onboarding"), data, headers=headers)
    user.refresh_from_db()
    assert user.profile.interface_language == "fr"
