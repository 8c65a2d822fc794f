"""The history says which sounds to work on, and leads to where they are practised."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from learners.mastery import Attempts
from learners.models import User
from learners.services.mastery import record_attempts
from sessions.models import TutoringSession

HISTORY = reverse("sessions:session-list")


@pytest.fixture
def practised(learner: User) -> None:
    """A learner whose th goes wrong and whose m is fine."""
    record_attempts(
        learner_id=learner.pk,
        language="en",
        source="test",
        attempts={
            "θ": Attempts(right=6, wrong=14, n=20),
            "m": Attempts(right=40, wrong=0, n=40),
            "ʒ": Attempts(right=1, wrong=0, n=1),
        },
        spoken_at=timezone.now(),
    )


def test_weak_sounds_come_with_words_to_practise(
    learner_client: Client, practised: None
) -> None:
    text = unquote(learner_client.get(HISTORY).content.decode())
    work, fine = text.split("Come out well")
    assert "th (no voice)" in work
    assert "?text=Think, three, birthday, month, both." in work
    assert "as in man" in fine
    assert "Practise" not in fine
    assert "1 more sound was heard too rarely" in text


def test_without_attempts_nothing_is_claimed(
    learner_client: Client, talk: TutoringSession
) -> None:
    text = learner_client.get(HISTORY).content.decode()
    assert "Not enough was heard yet" in text
    assert "To work on" not in text
