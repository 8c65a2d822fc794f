"""What the tutor remembers of turns, and how it is forgotten."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from learners.models import (
    ErrorLedgerEntry,
    LearnerFact,
    MemoryChoice,
    SessionSummary,
    User,
    VocabularyItem,
)
from learners.selectors import remembers_facts
from learners.services.memory import MAX_FACTS, open_talk, record_turn
from learners.services.memory_choices import (
    edit_fact,
    forget_memory,
    purge_memory,
    set_memory_choice,
)
from tests.factories.learners import LearnerFactory
from tests.unit.tutor.memory.findings import analysed
from tutor.categories import Category
from tutor.moves import Move, MoveKind, PlannedItem

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
SESSION = uuid4()
CONTINUE = Move(MoveKind.CONTINUE)
TIP = PlannedItem("tip", gloss="extra money")
MODELS = (ErrorLedgerEntry, VocabularyItem, LearnerFact, SessionSummary)


@pytest.fixture
def learner() -> User:
    """Return a learner who lets the tutor remember."""
    learner: User = LearnerFactory.create()
    set_memory_choice(learner_id=learner.pk, remembers=True, now=NOW)
    return learner


def tell(learner: User, marked: str, turn: int = 1, **changed: Any) -> None:
    """Record a turn."""
    fields: dict[str, Any] = {
        "l2": "en",
        "session": SESSION,
        "move": CONTINUE,
        "now": NOW + timedelta(minutes=turn),
    }
    record_turn(
        learner_id=learner.pk, turn=turn, analysis=analysed(marked), **fields | changed
    )


def test_every_category_of_the_tutor_has_a_label() -> None:
    assert set(ErrorLedgerEntry.Category.values) == set(Category)


def test_a_mistake_is_remembered_until_it_is_right(learner: User) -> None:
    analysis = analysed("I [go|went] home.")
    tell(learner, "I [go|went] home.", move=Move(MoveKind.ELICIT, analysis.findings))
    (entry,) = open_talk(learner_id=learner.pk, l2="en").ledger
    assert (entry.key, entry.example, entry.better, entry.addressed) == (
        "verb_tense:go>went",
        "I go home.",
        "I went home.",
        1,
    )
    for turn in (2, 3, 4):
        tell(learner, "I went out.", turn, now=NOW + timedelta(days=turn))
    assert open_talk(learner_id=learner.pk, l2="en").ledger == ()
    assert ErrorLedgerEntry.objects.get().resolved_at == NOW + timedelta(days=4)


def test_words_are_met_and_produced(learner: User) -> None:
    tell(learner, "Yes.", move=Move(MoveKind.INTRODUCE, item=TIP))
    tell(learner, "I give a tip.", 2, produced=("tip", "menu"))
    tip, menu = VocabularyItem.objects.order_by("-text")
    assert (tip.times_met, tip.times_produced, tip.gloss) == (1, 1, "extra money")
    assert (menu.times_met, menu.times_produced) == (0, 1)
    memory = open_talk(learner_id=learner.pk, l2="en")
    assert memory.known_words == {"tip", "menu"}
    assert memory.words == ()


def test_the_latest_turn_may_be_told_again(learner: User) -> None:
    tell(learner, "I [go|went] home. I like tennis.")
    tell(learner, "I [go|went] out. I have a dog.", 2, produced=("tip",))
    tell(learner, "I went out. I have a duck.", 2)
    entry = ErrorLedgerEntry.objects.get()
    assert (entry.seen, entry.sentence, entry.right_since) == (1, "I go home.", 1)
    assert {fact.text for fact in LearnerFact.objects.all()} == {
        "I like tennis",
        "I have a duck",
    }
    assert not VocabularyItem.objects.exists()
    summary = SessionSummary.objects.get()
    assert (summary.turns, summary.right_turns) == (2, 1)
    assert summary.produced == []


def test_telling_the_same_again_changes_nothing(learner: User) -> None:
    for _ in range(3):
        tell(learner, "I [go|went] home.", produced=("tip",))
    assert ErrorLedgerEntry.objects.get().seen == 1
    assert VocabularyItem.objects.get().times_produced == 1
    assert SessionSummary.objects.get().turns == 1


def test_an_earlier_turn_is_not_counted_again(learner: User) -> None:
    tell(learner, "I [go|went] home.", 1)
    tell(learner, "Yes.", 2)
    tell(learner, "I [go|went] home.", 1)
    assert ErrorLedgerEntry.objects.get().seen == 1


def test_what_was_deleted_meanwhile_does_not_come_back(learner: User) -> None:
    tell(learner, "I [go|went] home.")
    tell(learner, "I [go|went] home.", 2)
    forget_memory(learner_id=learner.pk)
    tell(learner, "Yes.", 2)
    assert not ErrorLedgerEntry.objects.exists()
    assert SessionSummary.objects.get().turns == 1


@pytest.mark.parametrize(
    "move", [Move(MoveKind.CARE), Move(MoveKind.CONTINUE, flag_teacher=True)]
)
def test_nothing_is_kept_of_a_turn_that_asked_for_care(
    learner: User, move: Move
) -> None:
    tell(learner, "I have a dog. I [want|wanted] die.", move=move)
    assert not ErrorLedgerEntry.objects.exists()
    assert not LearnerFact.objects.exists()
    assert SessionSummary.objects.get().mistakes == {}
    assert open_talk(learner_id=learner.pk, l2="en").sessions == 0


def test_facts_need_the_learners_word() -> None:
    other: User = LearnerFactory.create()
    assert not remembers_facts(learner_id=other.pk)
    tell(other, "I have a dog.")
    assert not LearnerFact.objects.exists()
    set_memory_choice(learner_id=other.pk, remembers=True, now=NOW)
    tell(other, "I have a dog.", 2)
    assert open_talk(learner_id=other.pk, l2="en").facts == ("I have a dog",)
    set_memory_choice(learner_id=other.pk, remembers=False, now=NOW)
    assert open_talk(learner_id=other.pk, l2="en").facts == ()
    assert LearnerFact.objects.count() == 1


def test_only_so_many_facts_are_kept(learner: User) -> None:
    LearnerFact.objects.bulk_create(
        LearnerFact(
            learner=learner,
            l2="en",
            text=f"Fact {n}",
            created_at=NOW - timedelta(days=n + 1),
        )
        for n in range(MAX_FACTS)
    )
    tell(learner, "I have a dog.")
    texts = set(LearnerFact.objects.values_list("text", flat=True))
    assert len(texts) == MAX_FACTS
    assert "I have a dog" in texts
    assert f"Fact {MAX_FACTS - 1}" not in texts


def test_an_edited_fact_replaces_one_that_says_the_same(learner: User) -> None:
    tell(learner, "I have a dog. I have a cat.")
    dog = LearnerFact.objects.get(text="I have a dog")
    edit_fact(learner_id=learner.pk, fact_id=dog.pk, text=" I have  a cat ", now=NOW)
    fact = LearnerFact.objects.get()
    assert (fact.text, fact.kind, fact.edited_at) == ("I have a cat", "have", NOW)
    with pytest.raises(LearnerFact.DoesNotExist):
        edit_fact(
            learner_id=LearnerFactory.create().pk, fact_id=fact.pk, text="x", now=NOW
        )


def test_a_talk_that_is_resumed_does_not_remember_itself(learner: User) -> None:
    tell(learner, "Yes.", topic="At the café")
    memory = open_talk(learner_id=learner.pk, l2="en-GB", session=SESSION)
    assert (memory.sessions, memory.topic, memory.summary) == (0, "", "")
    memory = open_talk(learner_id=learner.pk, l2="en-GB")
    assert (memory.sessions, memory.topic) == (1, "At the café")
    assert "1 of 1 turns had no mistake" in memory.summary


def test_languages_and_people_are_kept_apart(learner: User) -> None:
    tell(learner, "I [go|went] home. I have a dog.")
    assert open_talk(learner_id=learner.pk, l2="es").ledger == ()
    other: User = LearnerFactory.create()
    assert open_talk(learner_id=other.pk, l2="en").ledger == ()


def test_all_of_it_goes_with_the_account(learner: User) -> None:
    tell(learner, "I [go|went] home. I have a dog.", produced=("tip",))
    learner.delete()
    for model in (*MODELS, MemoryChoice):
        assert not model.objects.exists()


def test_a_year_later_what_did_not_come_up_is_forgotten(learner: User) -> None:
    tell(learner, "I [go|went] home. I have a dog.", produced=("tip",))
    assert purge_memory(now=NOW + timedelta(days=300)) == 0
    tell(learner, "I [eated|ate].", 1, session=uuid4(), now=NOW + timedelta(days=300))
    assert purge_memory(now=NOW + timedelta(days=366)) == 4
    assert ErrorLedgerEntry.objects.get().said == "eated"
    assert MemoryChoice.objects.exists()


def test_long_and_odd_speech_is_survived(learner: User) -> None:
    tell(learner, f"[{'very ' * 80}|x] \U0001f600")
    tell(learner, "", 2)
    tell(learner, "I like ñandú 🦜 and {name}.", 3)
    assert not ErrorLedgerEntry.objects.exists()
