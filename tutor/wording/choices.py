"""Which variants of a move may be said, in groups: the most fitting first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..brief import LessonPlan
from ..categories import Category
from ..findings import Finding
from ..languages.templates import TemplateSet, of_band, template_set
from ..learner import Learner, LearnerTurn, Level
from ..moves import Move, MoveKind
from .content import is_sad, time_word
from .parts import ABOUT_LANGUAGE, ABOUT_TUTOR, asked_about, is_served, part_played

_SAD = "sad"
# What the policy calls a turn that has no situation of its own, and a question.
_ORDINARY = frozenset({"", "question"})
# Categories whose variants fit whatever is too much or missing, and whatever is missing.
_PLACED = frozenset({Category.ARTICLE, Category.PREPOSITION})
_SHAPELESS = frozenset({Category.WORD_ORDER, Category.NEGATION, Category.COMPARISON})
# What the variants of a move are for; those without it are said where it cannot be filled.
_POINT = {MoveKind.PRAISE: "{praise}"}
_FACT = "{fact}"
_NO_POINT = {MoveKind.RECAST: "{better}"}


@dataclass(frozen=True, slots=True)
class Group:
    """Variants that fit equally well. ``stays``: said before those of other groups even if
    their pattern was used lately."""

    patterns: tuple[str, ...]
    stays: bool = False


def groups(
    move: Move,
    turn: LearnerTurn,
    learner: Learner,
    plan: LessonPlan,
    templates: TemplateSet,
) -> Iterator[Group]:
    """Yield the groups of a move's variants at the learner's level."""
    level = learner.level
    if move.kind is MoveKind.ELICIT:
        if move.earlier:
            yield Group(templates.earlier_elicits, stays=True)
        for category in _categories(move.finding):
            yield Group(of_band(templates.elicit.get(category, {}), level))
        yield Group(templates.last_elicits)
    elif move.kind is MoveKind.EXPLAIN:
        yield from _explanations(move, learner, templates)
    else:
        name = _situation(move, turn, templates)
        named = templates.situations.get(move.kind, {})
        played = _of_part(move, name, turn, level, plan, templates)
        if played:
            yield from played
        elif name in named:
            yield Group(of_band(named[name], level), stays=True)
        if not (played and move.kind is MoveKind.ANSWER):
            # Whoever is asked in a part answers in it.
            yield from _of_move(move, templates, level)


def _situation(move: Move, turn: LearnerTurn, templates: TemplateSet) -> str:
    """Return the policy's name of a turn, or a closer one where the words show it."""
    named = templates.situations.get(move.kind, {})
    if _SAD in named and is_sad(turn.text, templates.words):
        return _SAD
    if move.kind is MoveKind.ANSWER and move.situation in _ORDINARY:
        return asked_about(turn.text, templates) or move.situation
    return move.situation


def _of_part(
    move: Move,
    name: str,
    turn: LearnerTurn,
    level: Level,
    plan: LessonPlan,
    templates: TemplateSet,
) -> list[Group]:
    """Return what is said in the tutor's part: facts first, none where the talk leaves it."""
    part = part_played(plan, templates)
    leaves = name in (_SAD, ABOUT_LANGUAGE) or move.situation not in _ORDINARY
    if part is None or leaves or move.kind not in part.moves:
        return []
    if move.kind is MoveKind.CONTINUE or name == ABOUT_TUTOR:
        # Who tells of something, or of other times, does not order, buy or ask for anything.
        elsewhere = bool(time_word(turn.text, templates.words))
        if elsewhere or not is_served(turn, part, templates):
            return []
    variants = of_band(part.moves[move.kind], level)
    told = tuple(one for one in variants if _FACT in one)
    return [
        Group(told, stays=True),
        Group(tuple(one for one in variants if one not in told), stays=True),
    ]


def _of_move(move: Move, templates: TemplateSet, level: Level) -> Iterator[Group]:
    bands = templates.moves[move.kind]
    variants = of_band(bands, level)
    if move.kind in _POINT:
        point = _POINT[move.kind]
        yield Group(tuple(v for v in variants if point in v), stays=True)
    if move.kind in _NO_POINT:
        # The bare better words are said only where no clause can be.
        bare = _NO_POINT[move.kind]
        yield Group(tuple(v for v in variants if bare not in v), stays=True)
    yield Group(variants)
    yield Group(bands["basic"])


def _explanations(
    move: Move, learner: Learner, templates: TemplateSet
) -> Iterator[Group]:
    first = template_set(learner.l1)
    categories = _categories(move.finding)
    if move.use_l1 and first is not None and first.tag != templates.tag:
        if move.finding is not None and not move.finding.said:
            categories = [Category.MISSING_WORD, *categories]
        for category in categories:
            if category in first.explain_l1:
                yield Group((first.explain_l1[category],), stays=True)
    level = Level.A1 if move.use_l1 else learner.level
    # What is said of any mistake fits beside the rule, so that there is more to choose from.
    yield Group(
        tuple(
            pattern
            for category in dict.fromkeys([categories[0], Category.OTHER])
            for pattern in of_band(templates.explain.get(category, {}), level)
        )
    )


def _categories(finding: Finding | None) -> list[Category]:
    """Return whose variants to try: what is missing or too much says more than its kind."""
    if finding is None:
        return [Category.OTHER]
    known = finding.category in set(Category)
    category = Category(finding.category) if known else Category.OTHER
    found = [category, Category.OTHER]
    if category not in _SHAPELESS:
        if not finding.better:
            found = [Category.EXTRA_WORD, Category.OTHER]
        elif not finding.said and category in _PLACED:
            found.insert(1, Category.MISSING_WORD)
        elif not finding.said:
            found.insert(0, Category.MISSING_WORD)
    return found
