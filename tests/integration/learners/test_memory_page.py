"""The page about what the tutor remembers."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from learners.models import ErrorLedgerEntry, LearnerFact, User
from learners.selectors import remembers_facts
from learners.services.memory import record_turn
from learners.services.memory_choices import set_memory_choice
from tests.factories.learners import LearnerFactory, UserFactory
from tests.unit.tutor.memory.findings import analysed
from tutor.moves import Move, MoveKind, PlannedItem

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
PAGE = reverse("learners:memory")


@pytest.fixture
def learner(client: Client) -> User:
    """Return a learner with memories who is signed in."""
    learner: User = LearnerFactory.create()
    set_memory_choice(learner_id=learner.pk, remembers=True, now=NOW)
    record_turn(
        learner_id=learner.pk,
        l2="en",
        session=uuid4(),
        turn=1,
        analysis=analysed("Yesterday I [go|went] home. I have a dog."),
        move=Move(MoveKind.INTRODUCE, item=PlannedItem("<b>tip", "extra money")),
        topic="At the café",
        now=NOW,
    )
    client.force_login(learner)
    return learner


def test_it_shows_all_that_is_remembered(client: Client, learner: User) -> None:
    page = client.get(PAGE).content.decode()
    assert "I have a dog" in page
    assert "<del>go</del>" in page
    assert "<ins>went</ins>" in page
    assert "Tense of the verb" in page
    assert "&lt;b&gt;tip" in page
    assert "At the café" in page


def test_nothing_remembered_is_said_kindly(client: Client) -> None:
    client.force_login(LearnerFactory.create())
    page = client.get(PAGE).content.decode()
    assert "remembering is off" in page
    assert "No mistakes are noted" in page


def test_without_a_profile_there_is_nothing_to_show(client: Client) -> None:
    client.force_login(UserFactory.create())
    assert client.get(PAGE)["Location"] == reverse("learners:profile-edit")


def test_a_fact_is_changed_and_deleted(client: Client, learner: User) -> None:
    fact = LearnerFact.objects.get()
    address = reverse("learners:memory-fact", args=[fact.pk])
    assert 'value="I have a dog"' in client.get(address).content.decode()
    assert client.post(address, {"text": " "}).status_code == 422
    client.post(address, {"text": "I have two dogs"})
    assert "I have two dogs" in client.get(PAGE).content.decode()
    client.post(reverse("learners:memory-fact-delete", args=[fact.pk]))
    assert not LearnerFact.objects.exists()


def test_another_persons_fact_is_as_unknown_as_none(
    client: Client, learner: User
) -> None:
    fact = LearnerFact.objects.get()
    client.force_login(LearnerFactory.create())
    edit = reverse("learners:memory-fact", args=[fact.pk])
    delete = reverse("learners:memory-fact-delete", args=[fact.pk])
    assert client.get(edit).status_code == 404
    assert client.post(edit, {"text": "x"}).status_code == 404
    assert client.post(delete).status_code == 404
    assert "I have a dog" not in client.get(PAGE).content.decode()
    assert LearnerFact.objects.get().text == "I have a dog"


def test_the_choice_is_the_learners(client: Client, learner: User) -> None:
    client.post(reverse("learners:memory-choice"), {})
    assert not remembers_facts(learner_id=learner.pk)
    assert "the tutor does not use this" in client.get(PAGE).content.decode()
    client.post(reverse("learners:memory-choice"), {"remembers": "on"})
    assert remembers_facts(learner_id=learner.pk)


def test_everything_is_forgotten_after_asking_once(
    client: Client, learner: User
) -> None:
    assert "cannot be undone" in client.get(
        reverse("learners:memory-forget")
    ).content.decode()  # fmt: skip
    assert ErrorLedgerEntry.objects.exists()
    client.post(reverse("learners:memory-forget"))
    assert not ErrorLedgerEntry.objects.exists()
    assert not LearnerFact.objects.exists()
