"""A complete reply of any move without a model, in the language taught.

The variants are data (``tutor/languages/<tag>/templates.yaml``). A variant is taken only
where all its gaps can be filled and the result keeps the limits of the level; a prompt
never contains the answer. The same arguments always give the same reply.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

from ..brief import LessonPlan
from ..categories import Category
from ..findings import Finding
from ..languages.templates import (
    PLACEHOLDER,
    TemplateSet,
    of_band,
    template_set,
)
from ..learner import Learner, LearnerTurn, Level
from ..moves import Move, MoveKind
from .content import goal_question, time_word, title, topic_word
from .recasting import correction
from .speakable import fits, reveals, speakable

_FALLBACK = "en"
_MOST_PRAISED_WORDS = 8
_MOST_NAME_WORDS = 3
_FRENCH_SIGNS = re.compile(r" ([?!:;»])|(«) ")
# Categories whose variants fit whatever is too much or missing, and whatever is missing.
_PLACED = frozenset({Category.ARTICLE, Category.PREPOSITION})
_SHAPELESS = frozenset({Category.WORD_ORDER, Category.NEGATION, Category.COMPARISON})


def template(
    move: Move,
    turn: LearnerTurn,
    learner: Learner,
    plan: LessonPlan,
    *,
    avoid: Collection[str] = (),
    seed: int = 0,
) -> str:
    """Return a safe reply of this move.

    ``avoid`` are replies said lately: their variants come back only when there is no
    other. ``seed`` chooses among the rest. Languages without templates get English.
    """
    templates = template_set(learner.l2)
    if templates is None or not templates.taught:
        templates = _english()
    values = _values(move, turn, learner, plan, templates, seed)
    for patterns in _choices(move, turn, learner, templates):
        said = _filled(patterns, values, learner.level)
        if move.kind is MoveKind.ELICIT:
            said = _unrevealing(said, move)
        if said:
            fresh = _fresh(said, avoid)
            return fresh[seed % len(fresh)]
    return _bare(move, templates, learner.level)


def _english() -> TemplateSet:
    templates = template_set(_FALLBACK)
    if templates is None:
        raise LookupError("The English templates are missing.")
    return templates


def _choices(
    move: Move, turn: LearnerTurn, learner: Learner, templates: TemplateSet
) -> Iterable[tuple[str, ...]]:
    """Yield groups of variants, the most fitting first."""
    level = learner.level
    if move.kind is MoveKind.ELICIT:
        if move.earlier:
            yield templates.earlier_elicits
        for category in _categories(move.finding):
            yield of_band(templates.elicit.get(category, {}), level)
        yield templates.last_elicits
    elif move.kind is MoveKind.EXPLAIN:
        yield from _explanations(move, learner, templates)
    elif move.kind is MoveKind.RECAST:
        # The bare better words are said only where no clause can be.
        variants = of_band(templates.moves[move.kind], level)
        yield tuple(v for v in variants if "{better}" not in v)
        yield variants
    else:
        yield of_band(templates.moves[move.kind], level)
        yield templates.moves[move.kind]["basic"]


def _explanations(
    move: Move, learner: Learner, templates: TemplateSet
) -> Iterable[tuple[str, ...]]:
    first = template_set(learner.l1)
    categories = _categories(move.finding)
    if move.use_l1 and first is not None and first.tag != templates.tag:
        if move.finding is not None and not move.finding.said:
            categories = [Category.MISSING_WORD, *categories]
        for category in categories:
            if category in first.explain_l1:
                yield (first.explain_l1[category],)
    level = Level.A1 if move.use_l1 else learner.level
    # What is said of any mistake fits beside the rule, so that there is more to choose from.
    yield tuple(
        pattern
        for category in dict.fromkeys([categories[0], Category.OTHER])
        for pattern in of_band(templates.explain.get(category, {}), level)
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


def _values(
    move: Move,
    turn: LearnerTurn,
    learner: Learner,
    plan: LessonPlan,
    templates: TemplateSet,
    seed: int,
) -> dict[str, str]:
    words = templates.words
    fixed = correction(turn.text, move.findings, words)
    finding = move.finding
    item = move.item
    return {
        "name": speakable(learner.name, most_words=_MOST_NAME_WORDS),
        "title": title(plan),
        "word": topic_word(turn, plan, words),
        "goal": goal_question(plan, words, seed),
        "praise": speakable(move.praise_for, most_words=_MOST_PRAISED_WORDS),
        "item": speakable(item.text) if item else "",
        "gloss": speakable(item.gloss) if item else "",
        "example": _sentence_start(speakable(item.example)) if item else "",
        "sound": speakable(move.sound.word, most_words=2) if move.sound else "",
        "said": speakable(finding.said) if finding else "",
        "better": speakable(finding.better) if finding else "",
        "time": time_word(turn.text, words),
        "before": fixed.before,
        "after": fixed.after,
        "part": fixed.part,
        "wrong": fixed.wrong,
        "right": fixed.right,
        "recast": fixed.recast,
        "quoted": _sentence_start(fixed.quoted),
    }


def _sentence_start(text: str) -> str:
    return text[:1].upper() + text[1:]


def _filled(
    patterns: Iterable[str], values: Mapping[str, str], level: Level
) -> list[tuple[str, str]]:
    """Return (pattern, reply) of every variant that can be said."""
    said = []
    for pattern in patterns:
        names = PLACEHOLDER.findall(pattern)
        if all(values[name] for name in names):
            reply = _rendered(pattern, values)
            if fits(reply, level):
                said.append((pattern, reply))
    return said


def _rendered(pattern: str, values: Mapping[str, str]) -> str:
    """Fill the gaps in one pass, so that what is filled in is never read as a pattern."""
    reply = PLACEHOLDER.sub(lambda gap: values[gap.group(1)], pattern)
    reply = _FRENCH_SIGNS.sub(
        lambda found: f"\u00a0{found[1]}" if found[1] else f"{found[2]}\u00a0", reply
    )
    return _sentence_start(reply)


def _unrevealing(said: list[tuple[str, str]], move: Move) -> list[tuple[str, str]]:
    return [
        (pattern, reply)
        for pattern, reply in said
        if not any(reveals(reply, finding.better) for finding in move.findings)
    ]


def _fresh(said: list[tuple[str, str]], avoid: Collection[str]) -> list[str]:
    """Leave out variants that were said, whatever filled them; else what was said word for
    word; else nothing."""
    before = {_plain(reply) for reply in avoid}
    new = [
        reply
        for pattern, reply in said
        if not any(_shape(pattern).fullmatch(old) for old in before)
    ]
    other = [reply for _, reply in said if _plain(reply) not in before]
    return new or other or [reply for _, reply in said]


@lru_cache(maxsize=2048)
def _shape(pattern: str) -> re.Pattern[str]:
    """Return what matches every reply made of a pattern."""
    pieces = PLACEHOLDER.split(_plain(pattern))[::2]
    return re.compile(".+".join(map(re.escape, pieces)))


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _bare(move: Move, templates: TemplateSet, level: Level) -> str:
    """Return what can always be said when nothing of the move can be filled."""
    if move.kind is MoveKind.ELICIT:
        return templates.last_elicits[0]
    variants = templates.moves[MoveKind.CONTINUE]
    patterns = (*of_band(variants, level), *variants["basic"])
    return next(pattern for pattern in patterns if not PLACEHOLDER.search(pattern))
