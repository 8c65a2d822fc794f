"""The first steps and the placement in the browser, without script."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from learners.models import LearnerProfile, LevelEstimate, PlacementTest, User
from learners.placement_state import current_item
from tests.factories.learners import LearnerFactory, UserFactory
from tests.factories.schools import common_class, taught, teacher_of

pytestmark = pytest.mark.django_db

WHO = {"display_name": "Ana", "l1": "es", "l2": "en", "time_zone": "America/Lima"}
START = reverse("learners:placement-start")


@pytest.fixture
def newcomer(client: Client) -> Client:
    """Return the browser of somebody who has just made an account."""
    client.force_login(UserFactory.create())
    return client


@pytest.fixture
def learner_client(client: Client) -> Client:
    """Return the browser of a learner."""
    client.force_login(LearnerFactory.create())
    return client


def _begun(client: Client) -> PlacementTest:
    client.post(START)
    return PlacementTest.objects.get(state=PlacementTest.State.RUNNING)


def test_a_newcomer_goes_step_by_step_to_the_first_lesson(newcomer: Client) -> None:
    page = newcomer.get(reverse("today"))
    assert page["Location"] == reverse("learners:onboarding")
    page = newcomer.post(page["Location"], WHO)
    assert page["Location"] == reverse("learners:onboarding-aim")
    page = newcomer.post(
        page["Location"],
        {
            "reasons": ["work", "travel"],
            "own_words": "Sell bread.",
            "daily_minutes": "15",
        },
    )
    assert page["Location"] == reverse("learners:onboarding-sound")
    profile = LearnerProfile.objects.get()
    assert (profile.l1, profile.time_zone) == ("es", "America/Lima")
    assert profile.goal == "Work, Travel. Sell bread."
    assert profile.daily_minutes == 15
    assert profile.onboarded_at is not None
    sound = newcomer.get(page["Location"]).content.decode()
    assert f"next={reverse('learners:placement')}" in sound
    start = newcomer.get(reverse("learners:placement")).content.decode()
    for words in ("Start the questions", "I am a beginner", "I know my level"):
        assert words in start


def test_going_back_keeps_what_was_said(newcomer: Client) -> None:
    newcomer.post(reverse("learners:onboarding"), WHO)
    page = newcomer.get(reverse("learners:onboarding")).content.decode()
    assert 'value="Ana"' in page
    newcomer.post(
        reverse("learners:onboarding"), WHO | {"l1": "fr", "time_zone": "Mars"}
    )
    profile = LearnerProfile.objects.get()
    assert (profile.l1, profile.time_zone) == ("fr", "America/Lima")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"display_name": ""}, "Tell us what to call you"),
        ({"l1": ""}, "Choose the language you speak best"),
        ({"l2": "tlh"}, "valid choice"),
        ({"display_name": "x" * 61}, "at most 60"),
    ],
)
def test_each_mistake_is_explained(
    newcomer: Client, change: dict[str, str], words: str
) -> None:
    page = newcomer.post(reverse("learners:onboarding"), WHO | change)
    assert page.status_code == 422
    assert words in page.content.decode()


def test_steps_that_need_the_first_one_lead_to_it(newcomer: Client) -> None:
    for name in ("onboarding-aim", "placement"):
        page = newcomer.get(reverse(f"learners:{name}"))
        assert page["Location"] == reverse("learners:onboarding")
    for name in ("placement-start", "level-choose"):
        page = newcomer.post(reverse(f"learners:{name}"))
        assert page["Location"] == reverse("learners:onboarding")


def test_learners_of_before_are_not_sent_through_the_first_steps(
    learner_client: Client,
) -> None:
    assert learner_client.get(reverse("today")).status_code == 200


def test_a_page_shows_one_item_with_four_choices_and_no_mark(
    learner_client: Client,
) -> None:
    test = _begun(learner_client)
    address = reverse("learners:placement-item", args=[test.uuid])
    page = learner_client.get(address).content.decode()
    assert len(re.findall(r'class="item__choice"', page)) == 4
    assert "I don&#x27;t know" in page or "I don't know" in page
    assert "Question 1 of at most 15" in page
    item = current_item(test)
    assert item is not None
    again = learner_client.post(address, {"item": item.key, "choice": item.wrong[0]})
    assert again["Location"] == address
    following = learner_client.get(address).content.decode()
    assert "Question 2 of at most 15" in following
    assert "is-wrong" not in following


def test_a_stale_page_is_told_and_counts_nothing(learner_client: Client) -> None:
    test = _begun(learner_client)
    address = reverse("learners:placement-item", args=[test.uuid])
    item = current_item(test)
    assert item is not None
    sent = {"item": item.key, "choice": item.right}
    learner_client.post(address, sent)
    page = learner_client.post(address, sent, follow=True).content.decode()
    assert "answered before" in page
    assert test.answers.count() == 1
    nothing = learner_client.post(address, {"choice": "\x00"}, follow=True)
    assert nothing.status_code == 200
    assert test.answers.count() == 1


def test_the_last_item_leads_to_speaking_and_the_result_says_all(
    learner_client: Client,
) -> None:
    test = _begun(learner_client)
    address = reverse("learners:placement-item", args=[test.uuid])
    result = reverse("learners:placement-result", args=[test.uuid])
    assert learner_client.get(result)["Location"] == address
    where = address
    while where == address:
        item = current_item(test)
        assert item is not None
        posted = learner_client.post(address, {"item": item.key, "choice": ""})
        where = posted["Location"]
    assert where == reverse("sessions:placement-reading", args=[test.uuid])
    assert learner_client.get(address)["Location"] == result
    page = learner_client.get(result).content.decode()
    for words in ("You are about A1", "What it means", "This does not feel right"):
        assert words in page
    reading = learner_client.get(where).content.decode()
    assert "Read this sentence aloud" in reading
    assert "Skip this" in reading
    talk = reverse("sessions:placement-talk", args=[test.uuid])
    assert talk in reading
    assert result in learner_client.get(talk).content.decode()


def test_another_level_is_taken_at_ones_word(learner_client: Client) -> None:
    choose = reverse("learners:level-choose")
    page = learner_client.post(choose, {"level": "B2"}, follow=True).content.decode()
    assert "Your level is B2 now" in page
    assert LearnerProfile.objects.get().level == "B2"
    page = learner_client.post(choose, {"level": "Z9"}, follow=True).content.decode()
    assert "Choose one of the six levels" in page
    assert LevelEstimate.objects.count() == 1


def test_a_level_changed_in_the_profile_is_the_learners_own_word(
    learner_client: Client,
) -> None:
    form = {"display_name": "Ana", "l1": "es", "l2": "en", "theme": "SYSTEM"}
    learner_client.post(reverse("learners:profile-edit"), form | {"level": "C1"})
    learner_client.post(reverse("learners:profile-edit"), form | {"level": "C1"})
    assert LevelEstimate.objects.get().source == LevelEstimate.Source.OWN


def test_other_peoples_placements_are_unknown(learner_client: Client) -> None:
    test = _begun(learner_client)
    other = Client()
    other.force_login(LearnerFactory.create())
    for name in ("placement-item", "placement-result"):
        page = other.get(reverse(f"learners:{name}", args=[test.uuid]))
        assert page.status_code == 404
    page = other.get(reverse("sessions:placement-talk", args=[test.uuid]))
    assert page["Location"] == reverse("learners:placement")


def test_a_teacher_overrules_and_learners_cannot(client: Client) -> None:
    learner: User = LearnerFactory.create()
    address = reverse("learners:learner-level", args=[learner.uuid])
    client.force_login(LearnerFactory.create())
    assert client.get(address).status_code == 404
    client.force_login(learner)
    assert client.post(address, {"level": "C2"}).status_code == 404
    client.force_login(LearnerFactory.create(role=User.Role.TEACHER))
    assert client.post(address, {"level": "C2"}).status_code == 404
    teacher = teacher_of(common_class())
    taught(learner)
    client.force_login(teacher)
    assert "Nothing yet" in client.get(address).content.decode()
    assert client.post(address, {"level": "Q1"}).status_code == 422
    page = client.post(address, {"level": "B2"}, follow=True).content.decode()
    assert "is at B2 now" in page
    assert f"{teacher.profile.display_name}, a teacher" in page
    assert LearnerProfile.objects.get(user=learner).level == "B2"
    own = reverse("learners:learner-level", args=[teacher.uuid])
    assert client.get(own).status_code == 404


def test_a_language_without_items_offers_to_say_the_level(
    learner_client: Client,
) -> None:
    LearnerProfile.objects.update(l2="ja")
    page = learner_client.get(reverse("learners:placement")).content.decode()
    assert "no questions for Japanese yet" in page
    page = learner_client.post(START, follow=True).content.decode()
    assert "Choose your level instead" in page
