"""Words for a talk without a lesson."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from tutor.brief import LessonPlan
from tutor.exercises.decency import unfit
from tutor.findings import Analysis
from tutor.gates.gatekeeper import Gatekeeper
from tutor.gating import ReplyContext
from tutor.history import LedgerEntry
from tutor.languages.function_words import LanguageDataError
from tutor.learner import Learner, LearnerTurn, Level
from tutor.memory.opening import TalkMemory
from tutor.moves import Move, MoveKind, PlannedItem
from tutor.planning import free_talk_items
from tutor.planning.free_talk import MOST_ITEMS, _lines, free_talk_words
from tutor.wording.templates import template

TAUGHT = ("en", "es", "fr", "de")
AGREED = LedgerEntry(
    "preposition:in monday>on monday",
    "preposition",
    "I come in Monday.",
    "I come on Monday.",
)
WENT = LedgerEntry("verb_tense:go>went", "verb_tense", "I go home.", "I went home.")


def texts(
    memory: TalkMemory, level: Level = Level.A2, language: str = "en"
) -> list[str]:
    items = free_talk_items(memory, language=language, level=level)
    return [item.text for item in items]


@pytest.mark.parametrize(("language", "level"), list(product(TAUGHT, Level)))
def test_new_words_are_one_step_above_the_learner(language: str, level: Level) -> None:
    step = list(Level)[min(level.rank, 5)]
    listed = [item.text for item in free_talk_words(language)[step]]
    assert texts(TalkMemory(), level, language) == listed[:MOST_ITEMS]


def test_what_is_known_is_left_out() -> None:
    first, second, *_ = texts(TalkMemory())
    known = TalkMemory(known_words=frozenset({first.casefold()}))
    assert texts(known)[0] == second


def test_what_was_met_and_not_used_comes_first_with_its_meaning() -> None:
    memory = TalkMemory(words=("give up", "student", "xyzzy"), ledger=(WENT, AGREED))
    again, student, mistake, *new = free_talk_items(
        memory, language="en", level=Level.A2
    )
    assert again == next(
        item for item in free_talk_words("en")[Level.B1] if item.text == "give up"
    )
    assert student.gloss == "a person who studies"
    assert mistake == PlannedItem("on Monday", example="I come on Monday.")
    assert "give up" not in [item.text for item in new]


def test_languages_without_words_have_what_is_remembered() -> None:
    assert free_talk_words("fi") == {}
    assert texts(TalkMemory(words=("terve",)), language="fi") == ["terve"]


@pytest.mark.parametrize(("language", "level"), list(product(TAUGHT, Level)))
def test_every_word_can_be_taught(language: str, level: Level) -> None:
    """Its meaning fits the level's length, and no gate refuses it."""
    gatekeeper = Gatekeeper(language)
    learner = Learner("zh", language, level, "Mia")
    items = free_talk_items(TalkMemory(), language=language, level=level)
    plan = LessonPlan(items=items)
    for item in items:
        assert unfit(f"{item.text}: {item.gloss}. {item.example}", learner) == ""
        said = {
            template(
                Move(MoveKind.INTRODUCE, item=item),
                LearnerTurn("Hi"),
                learner,
                plan,
                seed=seed,
            )
            for seed in range(6)
        }
        assert any(item.gloss in reply for reply in said)
        context = ReplyContext(
            learner, plan, Move(MoveKind.INTRODUCE, item=item), Analysis("Hi", "Hi")
        )
        for reply in said:
            assert gatekeeper.first_failure(reply, context, whole=True) is None, reply


@pytest.mark.parametrize("line", ["A2\tword\tmeaning", "Z9\ta\tb\tc", "A2\ta\t\tc"])
def test_a_broken_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "free_talk.tsv"
    path.write_text(f"# words\n\n{line}\n", encoding="utf-8")
    with pytest.raises(LanguageDataError, match=r"free_talk\.tsv:3"):
        list(_lines(path))
