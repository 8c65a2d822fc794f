"""Exercises made by rules from a lesson: its items, examples, goals and situation."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator

from tutor.brief import LessonPlan
from tutor.languages.function_words import primary
from tutor.languages.templates import template_set
from tutor.learner import Learner, Level
from tutor.moves import PlannedItem
from tutor.wording.content import goal_question

from .changes import tidied
from .forms import forms, tokens
from .schema import (
    GAP,
    Dictation,
    Exercise,
    GapFill,
    MinimalPair,
    RolePlay,
    Shadowing,
    ShortAnswer,
    SoundPair,
)

# Words that an open answer should have at least.
_ANSWER_WORDS = {
    Level.A1: 3,
    Level.A2: 5,
    Level.B1: 8,
    Level.B2: 10,
    Level.C1: 12,
    Level.C2: 12,
}
_MOST_WANTED = 3
# "I'd like …, please": nobody says it as it is written.
_PART_LEFT_OPEN = "…"


def from_item(item: PlannedItem, learner: Learner) -> Iterator[Exercise]:
    """Yield what a lesson item with an example or a gloss gives, unchecked."""
    about = f"item:{item.text}"
    if item.example.strip():
        sentence = tidied(item.example)
        gap_fill = _gap_fill(item, sentence, learner)
        if gap_fill is not None:
            yield gap_fill
        yield dictation(sentence, about, learner)
        yield Shadowing(
            prompt=sentence,
            solution=sentence,
            level=learner.level,
            l2=learner.l2,
            source=about,
        )
    if item.gloss.strip():
        yield ShortAnswer(
            prompt=tidied(item.gloss),
            solution=item.text,
            hint=first_letter(item.text),
            level=learner.level,
            l2=learner.l2,
            source=about,
        )


def from_plan(plan: LessonPlan, learner: Learner) -> Iterator[Exercise]:
    """Yield open questions about the goals, and the lesson's talk as a role play."""
    about = f"lesson:{plan.title}"
    whole = [item.text for item in plan.items if _PART_LEFT_OPEN not in item.text]
    for question in goal_questions(plan, learner):
        yield ShortAnswer(
            prompt=question,
            solution="",
            wanted=tuple(whole[:_MOST_WANTED]),
            fewest_words=_ANSWER_WORDS[learner.level],
            level=learner.level,
            l2=learner.l2,
            source=about,
        )
    if plan.situation.strip():
        yield RolePlay(
            prompt=" ".join(plan.situation.split()),
            solution="",
            tutor_role=plan.tutor_role,
            goals=plan.goals,
            level=learner.level,
            l2=learner.l2,
            source=about,
        )


def from_pairs(pairs: Iterable[SoundPair], learner: Learner) -> Iterator[MinimalPair]:
    """Yield a listening exercise for each pair; which word is said does not change."""
    for pair in pairs:
        digest = hashlib.sha256(f"{pair.word}/{pair.other_word}".encode()).digest()
        yield MinimalPair(
            prompt="",
            solution=pair.other_word if digest[0] % 2 else pair.word,
            choices=tuple(sorted((pair.word, pair.other_word))),
            level=learner.level,
            l2=learner.l2,
            source=f"sound:{pair.sound}",
        )


def goal_questions(plan: LessonPlan, learner: Learner) -> list[str]:
    """Return the goals that can be asked as questions, in their order.

    What somebody understands or reads does not show in an answer: such goals are left out.
    """
    receptive = forms(learner.l2).receptive
    templates = template_set(learner.l2)
    if templates is None:
        return []
    asked = (
        goal_question(plan, templates.words, seed) for seed in range(len(plan.goals))
    )
    return list(
        dict.fromkeys(
            _question(one, learner.l2)
            for one in asked
            if one and receptive.isdisjoint(tokens(one, learner.l2))
        )
    )


def _question(text: str, l2: str) -> str:
    text = text if text.endswith("?") else f"{text.rstrip('.')}?"
    opened = primary(l2) == "es" and not text.startswith("¿")
    return f"¿{text}" if opened else text


def dictation(sentence: str, about: str, learner: Learner) -> Dictation:
    """Return a sentence as a dictation."""
    return Dictation(
        prompt="",
        solution=sentence,
        level=learner.level,
        l2=learner.l2,
        source=about,
    )


def first_letter(text: str) -> str:
    """Return the first letter with dots, as a hint: ``b…``; ``""`` for a single sign."""
    return f"{text[0]}…" if len(text) > 1 and text[0].isalpha() else ""


def _gap_fill(item: PlannedItem, sentence: str, learner: Learner) -> GapFill | None:
    """Return the example with a gap for the item, to be typed.

    Meaning and first letter say which word is wanted; without a meaning several could fit.
    """
    if not item.gloss.strip() or not tokens(item.text, learner.l2):
        return None
    found = list(
        re.finditer(rf"(?<!\w){re.escape(item.text)}(?!\w)", sentence, re.IGNORECASE)
    )
    if len(found) != 1:
        return None
    start, end = found[0].span()
    hint = " ".join(part for part in (first_letter(item.text), item.gloss) if part)
    return GapFill(
        prompt=f"{sentence[:start]}{GAP}{sentence[end:]}",
        solution=sentence[start:end],
        hint=hint,
        level=learner.level,
        l2=learner.l2,
        source=f"item:{item.text}",
    )
