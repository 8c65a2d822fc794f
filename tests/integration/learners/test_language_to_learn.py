"""Which languages can be learned, and by whom."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from learners.forms import SAME_LANGUAGE, ProfileForm
from learners.onboarding_forms import IntroductionForm
from lessons.levels import TAUGHT_LANGUAGES
from tests.factories.learners import LearnerFactory, LearnerProfileFactory

pytestmark = pytest.mark.django_db
WHO = {"display_name": "Ana", "time_zone": "Europe/Madrid"}
PAGE = {"display_name": "Ana", "level": "A2", "daily_minutes": "10", "theme": "DARK"}


@pytest.mark.parametrize("language", [taught.tag for taught in TAUGHT_LANGUAGES])
def test_each_taught_language_can_be_chosen_by_who_speaks_another(
    language: str,
) -> None:
    assert IntroductionForm(WHO | {"l1": "sv", "l2": language}).is_valid()
    form = IntroductionForm(WHO | {"l1": language, "l2": language})
    assert form.errors == {"l2": [SAME_LANGUAGE]}


def test_an_unknown_language_says_only_that_it_is_unknown() -> None:
    form = IntroductionForm(WHO | {"l1": "es", "l2": "tlh"})
    assert list(form.errors) == ["l2"]
    assert SAME_LANGUAGE not in form.errors["l2"]


def test_a_profile_cannot_turn_to_its_first_language(client: Client) -> None:
    client.force_login(LearnerFactory.create())
    answer = client.post(
        reverse("learners:profile-edit"), PAGE | {"l1": "fr", "l2": "fr"}
    )
    assert answer.status_code == 422
    assert str(SAME_LANGUAGE) in answer.content.decode()


def test_who_has_taught_in_the_first_language_may_change_the_rest() -> None:
    profile = LearnerProfileFactory.create(l1="en", l2="en")
    form = ProfileForm(PAGE | {"l1": "en", "l2": "en"}, instance=profile)
    assert form.is_valid(), form.errors
