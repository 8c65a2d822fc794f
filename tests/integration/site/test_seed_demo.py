"""The demo can be made again and again, and only where it is safe."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from inference.phonetics.inventory import phonemes
from learners.models import ExerciseItem, LearnerProfile, User
from lessons.models import Course, Lesson
from sessions.models import TutoringSession
from tutorplatform.demo import DEMO_ACCOUNTS, DEMO_LESSONS
from tutorplatform.demo_privacy import MINOR
from tutorplatform.madeup.people import DOMAIN

pytestmark = pytest.mark.django_db


def test_it_can_be_made_twice(settings: Settings) -> None:
    settings.DEBUG = True
    out = StringIO()
    call_command("seed_demo", stdout=StringIO())
    User.objects.filter(email=DEMO_ACCOUNTS[0].email).update(is_active=False)
    call_command("seed_demo", stdout=out)
    people = User.objects.filter(is_active=True)
    assert people.exclude(email__endswith=DOMAIN).count() == len(DEMO_ACCOUNTS)
    assert people.filter(email__endswith=DOMAIN).count() == 6
    assert Course.objects.filter(school=None).count() == 1
    assert Course.objects.filter(is_draft=True).count() == 1
    assert Lesson.objects.count() == 2 * len(DEMO_LESSONS)
    for account in DEMO_ACCOUNTS:
        assert account.email in out.getvalue()
        assert account.password in out.getvalue()


def test_the_first_learner_has_a_talk_with_scores_to_look_at(
    client: Client, settings: Settings
) -> None:
    settings.DEBUG = True
    for _ in range(2):
        call_command("seed_demo", stdout=StringIO())
    session = TutoringSession.objects.get(lesson__isnull=False)
    assert session.learner.email == DEMO_ACCOUNTS[0].email
    client.force_login(session.learner)
    url = reverse("sessions:session-review", args=(session.uuid,))
    shown = client.get(url).context["pronunciations"]
    assert set(shown) == {1, 2, 3}
    known = set(phonemes("en"))
    for pronunciation in shown.values():
        assert pronunciation["text"] == " ".join(
            word["text"] for word in pronunciation["words"]
        )
        sounds = [p for word in pronunciation["words"] for p in word["phonemes"]]
        assert {sound["ipa"] for sound in sounds} <= known
        assert sum(sound["flagged"] for sound in sounds) <= 3
    sounds_shown = client.get(reverse("sessions:session-list")).context["sounds"]
    assert sounds_shown.to_work_on[0].phoneme == "θ"
    assert sounds_shown.fine
    assert sounds_shown.n_unknown > 0


def test_the_first_learner_has_exercises_and_their_teacher_some_to_look_at(
    client: Client, settings: Settings
) -> None:
    settings.DEBUG = True
    for _ in range(2):
        call_command("seed_demo", stdout=StringIO())
    session = TutoringSession.objects.get(lesson__isnull=False)
    made = ExerciseItem.objects.filter(learner=session.learner)
    assert {one.kind for one in made} == set(ExerciseItem.Kind.values)
    assert made.waiting().exclude(origin="model").count() == 0
    assert made.waiting().count() >= 4
    client.force_login(session.learner)
    report = reverse("sessions:session-report", args=(session.uuid,))
    assert "Tense of the verb" in client.get(report).content.decode()
    page = client.get(reverse("sessions:practice")).context["page"]
    assert len(page["tasks"]) == 6


def test_the_first_learner_has_weeks_to_look_back_on(
    client: Client, settings: Settings
) -> None:
    settings.DEBUG = True
    for _ in range(2):
        call_command("seed_demo", stdout=StringIO())
    learner = User.objects.get(email=DEMO_ACCOUNTS[0].email)
    client.force_login(learner)
    shown = client.get(reverse("progress:page"), {"period": "3m"}).context
    assert not shown["is_new"]
    assert not any(one.is_empty for one in shown["sections"])
    assert shown["drill"]


def test_it_is_refused_where_strangers_could_sign_in() -> None:
    with pytest.raises(CommandError, match="passwords are public"):
        call_command("seed_demo")
    assert not User.objects.exists()


def test_everybody_can_sign_in_where_addresses_must_be_confirmed(
    client: Client, settings: Settings
) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    call_command("seed_demo", "--force", stdout=StringIO())
    for account in DEMO_ACCOUNTS:
        answer = {"login": account.email, "password": account.password}
        response = client.post(reverse("account_login"), answer)
        assert response["Location"] == reverse("today")
        client.logout()


def test_the_demo_has_learners_of_different_languages_and_levels(
    settings: Settings,
) -> None:
    settings.DEBUG = True
    call_command("seed_demo", stdout=StringIO())
    learners = LearnerProfile.objects.filter(user__role=User.Role.LEARNER)
    named = learners.exclude(user__email__endswith=DOMAIN)
    assert named.values("l1").distinct().count() == 3
    assert named.values("level").distinct().count() == 3
    # Nobody agreed to recordings but the minor, for whom a guardian is still asked.
    agreed = learners.filter(stores_recordings=True)
    assert [one.user.email for one in agreed] == [MINOR]
