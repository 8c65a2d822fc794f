"""Complete replies of any move without a model, in the language taught.

The variants are data (``tutor/languages/<tag>/templates.yaml``). A variant is taken only
where all its gaps can be filled and the result keeps the limits of the level; a prompt
never contains the answer. The same arguments always give the same replies.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from ..brief import LessonPlan
from ..languages.templates import PLACEHOLDER, TemplateSet, template_set
from ..learner import Learner, LearnerTurn, Level
from ..moves import Move, MoveKind
from .choices import Group, groups
from .content import (
    asked_item,
    explained_word,
    goal_question,
    last_question,
    time_word,
    title,
    topic_word,
)
from .parts import known_fact
from .recasting import correction
from .speakable import fits, reveals, speakable

_FALLBACK = "en"
_MOST_PRAISED_WORDS = 8
_MOST_NAME_WORDS = 3
_FRENCH_SIGNS = re.compile(r" ([?!:;»])|(«) ")
# How a variant stands to what was said lately: never, with other words, word for word.
_NEW, _USED, _SAID = range(3)


def template(
    move: Move,
    turn: LearnerTurn,
    learner: Learner,
    plan: LessonPlan,
    *,
    avoid: Sequence[str] = (),
    seed: int = 0,
) -> str:
    """Return a safe reply of this move: its first variant, or the plainest sentence."""
    found = variants(move, turn, learner, plan, avoid=avoid, seed=seed)
    return (found or plainest(move, turn, learner, plan))[0]


def variants(
    move: Move,
    turn: LearnerTurn,
    learner: Learner,
    plan: LessonPlan,
    *,
    avoid: Sequence[str] = (),
    seed: int = 0,
    last: str = "",
) -> list[str]:
    """Return every reply of this move, the one to be said first in front.

    ``avoid`` are replies said lately, the oldest first: their variants come back only when
    there is no other, and then in that order. ``seed`` chooses among the rest. ``last`` is
    what the tutor said last. Languages without templates get English.
    """
    templates = _templates(learner)
    values = _values(move, turn, learner, plan, templates, seed, last, avoid)
    before = [_plain(reply) for reply in avoid]
    ranked: dict[str, tuple[int, int, int, int]] = {}
    for number, group in enumerate(groups(move, turn, learner, plan, templates)):
        said = _filled(group.patterns, values, learner.level)
        if move.kind is MoveKind.ELICIT:
            said = _unrevealing(said, move)
        for place, (pattern, reply) in enumerate(said):
            turned = (place - seed) % len(said)
            rank = _rank(pattern, reply, group, number, before)
            ranked.setdefault(reply, (*rank, turned))
    return sorted(ranked, key=ranked.__getitem__)


def plainest(
    move: Move, turn: LearnerTurn, learner: Learner, plan: LessonPlan
) -> tuple[str, ...]:
    """Return the plain sentence of this move where it can be said, then that of going on."""
    templates = _templates(learner)
    values = _values(move, turn, learner, plan, templates, 0, "", ())
    kinds = dict.fromkeys((move.kind, MoveKind.CONTINUE))
    patterns = [templates.finals[kind] for kind in kinds]
    said = _filled(patterns, values, learner.level)
    if move.kind is MoveKind.ELICIT:
        # Going on asks for no answer, so that it gives none away.
        said = [*_unrevealing(said[:-1], move), said[-1]]
    return tuple(reply for _, reply in said)


def endings(learner: Learner, seed: int) -> tuple[str, ...]:
    """Return what gives the word back to the learner, the shortest ones last."""
    found = [_spaced(text) for text in _templates(learner).endings]
    half = len(found) // 2
    turn = seed % half if half else 0
    return (*found[turn:half], *found[:turn], *found[half:])


def _templates(learner: Learner) -> TemplateSet:
    found = template_set(learner.l2)
    if found is None or not found.taught:
        found = template_set(_FALLBACK)
    if found is None:
        raise LookupError("The English templates are missing.")
    return found


def _values(
    move: Move,
    turn: LearnerTurn,
    learner: Learner,
    plan: LessonPlan,
    templates: TemplateSet,
    seed: int,
    last: str,
    avoid: Sequence[str],
) -> dict[str, str]:
    words = templates.words
    fixed = correction(turn.text, move.findings, words)
    finding = move.finding
    item = move.item
    if item is None and move.kind is MoveKind.ANSWER:
        item = asked_item(turn, plan) or explained_word(turn, words, learner.l2)
    return {
        "name": speakable(learner.name, most_words=_MOST_NAME_WORDS),
        "title": title(plan),
        "word": topic_word(turn, plan, words),
        "goal": goal_question(plan, words, seed, avoid),
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
        "last": last_question(last),
        "fact": _sentence_start(known_fact(turn, plan, words)),
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
    return _sentence_start(_spaced(reply))


def _spaced(reply: str) -> str:
    return _FRENCH_SIGNS.sub(
        lambda found: f"\u00a0{found[1]}" if found[1] else f"{found[2]}\u00a0", reply
    )


def _unrevealing(said: list[tuple[str, str]], move: Move) -> list[tuple[str, str]]:
    return [
        (pattern, reply)
        for pattern, reply in said
        if not any(reveals(reply, finding.better) for finding in move.findings)
    ]


def _rank(
    pattern: str, reply: str, group: Group, number: int, before: Sequence[str]
) -> tuple[int, int, int]:
    """Return what a variant is sorted by: staleness, last use, group.

    Of those that were used, the oldest comes first. A group that stays keeps its place as
    long as it has words that were not said.
    """
    shape = _shape(pattern)
    last = max((n for n, old in enumerate(before) if shape.fullmatch(old)), default=-1)
    staleness = _NEW if last < 0 else _SAID if _plain(reply) in before else _USED
    if group.stays and staleness < _SAID:
        return (-1, number, last)
    return (staleness, last, number)


@lru_cache(maxsize=2048)
def _shape(pattern: str) -> re.Pattern[str]:
    """Return what matches every reply made of a pattern."""
    pieces = PLACEHOLDER.split(_plain(_spaced(pattern)))[::2]
    return re.compile(".+".join(map(re.escape, pieces)))


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
