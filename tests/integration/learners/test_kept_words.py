"""Words that a learner keeps: stored once, shown, brought in again, removed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from learners.models import User, VocabularyItem
from learners.selectors import (
    MOST_BROUGHT,
    is_kept_word,
    kept_words_to_bring,
    list_vocabulary,
)
from learners.services import kept_words
from learners.services.kept_words import TooManyWords, keep_word, remove_kept_word
from learners.services.memory import open_talk, record_turn
from learners.services.memory_choices import KEPT_DAYS, purge_memory
from tests.factories.learners import LearnerFactory
from tests.unit.tutor.memory.findings import analysed
from tutor.moves import Move, MoveKind, PlannedItem

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
PAGE = reverse("learners:memory")
TALK = UUID(int=7)


@pytest.fixture
def learner() -> User:
    """Who keeps words."""
    made: User = LearnerFactory.create()
    return made


def keep(learner: User, text: str, **fields: Any) -> VocabularyItem:
    return keep_word(
        **{"learner_id": learner.pk, "l2": "en-GB", "text": text, "now": NOW, **fields}
    )


def remove(learner: User, text: str) -> None:
    remove_kept_word(learner_id=learner.pk, l2="en-GB", text=text)


def talk(
    learner: User, item: str, *, turn: int = 1, produced: tuple[str, ...] = ()
) -> None:
    """Let the tutor bring in a word."""
    record_turn(
        learner_id=learner.pk,
        l2="en",
        session=TALK,
        turn=turn,
        analysis=analysed("I went home."),
        move=Move(MoveKind.INTRODUCE, item=PlannedItem(item, "a meaning")),
        produced=produced,
        now=NOW,
    )


def test_a_word_is_kept_once_with_where_it_was_met(learner: User) -> None:
    session = uuid4()
    for text in ("umbrella", "Umbrella"):
        keep(
            learner,
            text,
            meaning="it keeps you dry in the rain" if text == "umbrella" else "",
            source="dictionary",
            sentence="Take your umbrella.",
            session=session,
        )
    item = VocabularyItem.objects.get()
    assert (item.text, item.l2, item.kept_at) == ("umbrella", "en", NOW)
    assert item.kept_sentence == "Take your umbrella."
    assert item.kept_session == session
    assert item.kept_meaning == "it keeps you dry in the rain", "known already"
    assert item.gloss == "", "no exercise is made from one of several meanings"
    assert is_kept_word(learner_id=learner.pk, l2="en", text="UMBRELLA")
    other = LearnerFactory.create()
    assert not is_kept_word(learner_id=other.pk, l2="en", text="umbrella")
    assert not is_kept_word(learner_id=learner.pk, l2="de", text="umbrella")


def test_a_word_met_in_talks_is_kept_beside_its_figures(learner: User) -> None:
    talk(learner, "tip")
    keep(learner, "Tip", sentence="Leave a tip.")
    remove(learner, "tip")
    item = VocabularyItem.objects.get()
    assert (item.text, item.times_met, item.kept_at) == ("tip", 1, None)
    assert (item.kept_sentence, item.gloss) == ("", "a meaning")


def test_a_word_that_was_only_kept_goes_when_it_is_removed(learner: User) -> None:
    keep(learner, "umbrella")
    remove(learner, "Umbrella")
    remove(learner, "umbrella")
    assert not VocabularyItem.objects.exists()


def test_there_is_a_most(learner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_words, "MOST_KEPT", 2)
    keep(learner, "one")
    keep(learner, "two")
    keep(learner, "two")
    with pytest.raises(TooManyWords):
        keep(learner, "three")
    keep(learner, "drei", l2="de")
    assert VocabularyItem.objects.count() == 3


def test_kept_words_stand_before_those_that_were_only_met(learner: User) -> None:
    keep(learner, "umbrella", now=NOW - timedelta(days=9))
    keep(learner, "scarf", now=NOW - timedelta(days=3))
    talk(learner, "tip")
    words = list_vocabulary(learner_id=learner.pk, l2="en")
    assert [word.text for word in words] == ["scarf", "umbrella", "tip"]


def test_talks_bring_kept_words_in_until_they_are_used_or_were_said_in_vain(
    learner: User,
) -> None:
    for text in ("umbrella", "scarf", "glove"):
        keep(learner, text)
    keep(learner, "coat", now=NOW + timedelta(hours=1))
    talk(learner, "coat")
    talk(learner, "Yes.", turn=2, produced=("scarf",))
    VocabularyItem.objects.filter(text="glove").update(times_met=MOST_BROUGHT)
    found = kept_words_to_bring(learner_id=learner.pk, l2="en-US")
    assert found == ("umbrella", "coat")
    assert open_talk(learner_id=learner.pk, l2="en").known_words >= {
        "umbrella",
        "glove",
    }


def test_a_turn_that_is_told_again_takes_nothing_back_that_was_kept(
    learner: User,
) -> None:
    talk(learner, "old")
    talk(learner, "tip", turn=2, produced=("old",))
    keep(learner, "tip", sentence="Leave a tip.")
    keep(learner, "old", sentence="An old house.")
    talk(learner, "menu", turn=2)
    tip, old = (VocabularyItem.objects.get(text=text) for text in ("tip", "old"))
    assert (tip.kept_at, tip.kept_sentence, tip.times_met) == (NOW, "Leave a tip.", 0)
    assert (old.kept_at, old.kept_sentence) == (NOW, "An old house.")
    assert (old.times_met, old.times_produced) == (1, 0)


def test_what_was_kept_lately_is_not_forgotten_with_the_year(learner: User) -> None:
    long_ago = NOW - timedelta(days=KEPT_DAYS + 1)
    keep(learner, "umbrella", now=long_ago)
    keep(learner, "scarf", now=long_ago)
    remove(learner, "scarf")
    keep(learner, "scarf", now=NOW)
    purge_memory(now=NOW)
    assert [word.text for word in VocabularyItem.objects.all()] == ["scarf"]


def test_the_page_shows_what_is_kept_and_lets_it_go(
    client: Client, learner: User
) -> None:
    client.force_login(learner)
    assert "Words you keep" not in client.get(PAGE).content.decode()
    keep(learner, "<b>scarf", meaning="a warm cloth", sentence="Where is my scarf?")
    page = client.get(PAGE).content.decode()
    assert "&lt;b&gt;scarf" in page
    assert "a warm cloth" in page
    assert "Where is my scarf?" in page
    assert "Princeton" not in page
    item = VocabularyItem.objects.get()
    stranger = Client()
    stranger.force_login(LearnerFactory.create())
    address = reverse("learners:kept-word-remove", args=[item.pk])
    assert stranger.post(address).status_code == 404
    assert client.get(address).status_code == 405
    assert client.post(address)["Location"] == PAGE
    assert not VocabularyItem.objects.exists()


@pytest.mark.parametrize(
    ("source", "words"),
    [("dictionary", "Princeton"), ("model", "Written by a machine")],
)
def test_the_page_says_where_a_meaning_comes_from(
    client: Client, learner: User, source: str, words: str
) -> None:
    client.force_login(learner)
    keep(learner, "scarf", meaning="a warm cloth", source=source)
    assert words in client.get(PAGE).content.decode()
