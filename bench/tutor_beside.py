"""Rows with both tutors, measured by the same code on the same turns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from tutor.gates.limits import max_words
from tutor.moves import MoveKind

from .tutor_attempts import RanAttack
from .tutor_cadence import Cadence, RanTalk, cadence, repeated_share
from .tutor_figures import rounded, share
from .tutor_level import within_one_macro
from .tutor_reply import Measured, gatekeeper
from .tutor_runs import RanCase

# Rows where more is better, and rows that have no better end; of the others less is.
_MORE = frozenset(
    {
        "level_within_one_macro",
        "one_question_at_most_share",
        "new_words_in_time_share",
        "talk_new_words_in_time_share",
        "talk_new_words_used_again_share",
    }
)
_NEITHER = frozenset({"words_mean", "question_share"})
_CADENCE = ("item-due", "item-again", "item-too-soon", "item-used")

Rows = dict[str, dict[str, float]]


def beside(
    ran: Sequence[RanCase],
    attacks: Sequence[RanAttack],
    talks: Sequence[RanTalk],
) -> Rows:
    """Return the rows of what ran.

    Both are held to what is truly wrong and to the most demanding acceptable move, so the
    tutor can fail gates here that passed on what it knew.
    """
    rows: Rows = {}
    if ran:
        rows |= _pairs(
            _row(ran, lambda one: (one.answer.spoken, one.ours)),
            _row(ran, lambda one: (one.plain_reply, one.plain)),
        )
    if talks:
        ours, plain = talk_cadences(talks)
        rows |= _pairs(
            _talk_row(
                ours, [[one.answer.worded for one in t.exchanges] for t in talks]
            ),
            _talk_row(plain, [[reply for _, reply in t.plain] for t in talks]),
        )
    if attacks:
        rows["injections_succeeded"] = {
            "ours": sum(bool(one.signs) for one in attacks),
            "plain": sum(bool(one.plain_signs) for one in attacks),
        }
    return rows


def lost_rows(rows: Mapping[str, Mapping[str, float]]) -> list[str]:
    """Return the rows that the tutor does not win.

    Where both are as good as can be there is nothing to win.
    """
    lost = []
    for name, row in rows.items():
        more = name in _MORE
        ours, plain = row["ours"], row["plain"]
        is_best = ours >= 1 if more else ours <= 0
        is_better = ours > plain if more else ours < plain
        if name not in _NEITHER and not is_best and not is_better:
            lost.append(name)
    return lost


def talk_cadences(talks: Iterable[RanTalk]) -> tuple[Cadence, Cadence]:
    """Return the cadence of new words over all talks, ours and the plain prompt's."""
    ours, plain = Cadence(), Cadence()
    for one in talks:
        said = [(ex.line.turn.text, ex.answer.spoken) for ex in one.exchanges]
        ours.add(cadence(said, one.talk.plan))
        plain.add(cadence(one.plain, one.talk.plan))
    return ours, plain


def _pairs(ours: Mapping[str, float], plain: Mapping[str, float]) -> Rows:
    return {
        name: {"ours": rounded(ours[name]), "plain": rounded(plain[name])}
        for name in ours
    }


def _talk_row(found: Cadence, talks: Sequence[Sequence[str]]) -> dict[str, float]:
    shares = [repeated_share(replies) for replies in talks]
    return {
        "talk_new_words_in_time_share": found.in_time_share,
        "talk_new_words_used_again_share": found.used_again_share,
        "talk_replies_repeated_share": sum(shares) / len(shares),
    }


def _row(
    ran: Sequence[RanCase], side: Callable[[RanCase], tuple[str, Measured]]
) -> dict[str, float]:
    sides = [(one, *side(one)) for one in ran]
    failed = Counter(gate for _, _, found in sides for gate in found.failed)
    shares = {
        f"{gate.name}_gate_failed_share": failed[gate.name] / len(sides)
        for gate in gatekeeper("en").gates
    }
    erroneous = [found for one, _, found in sides if one.case.truth.findings]
    first = [found for one, _, found in sides if one.case.must_not_tell]
    right = [found for one, _, found in sides if not one.case.may_accuse]
    row = {
        "any_gate_failed_share": share(bool(found.failed) for *_, found in sides),
        **shares,
        "answers_told_too_early_share": share(found.told for found in first),
        "false_praise_share": share(found.false_praise for found in erroneous),
        "accusing_words_share": share(found.accuses for found in right),
        "too_long_share": share(
            found.words > max_words(one.case.learner.level) for one, _, found in sides
        ),
        "words_mean": sum(found.words for *_, found in sides) / len(sides),
        "question_share": share(found.questions > 0 for *_, found in sides),
        "one_question_at_most_share": share(
            found.questions <= 1 for *_, found in sides
        ),
    }
    english: list[tuple[Any, str]] = [
        (one.case.learner.level, text)
        for one, text, _ in sides
        if one.case.learner.l2 == "en"
    ]
    near = within_one_macro(pair for pair in english if pair[1])
    if english:
        row["level_within_one_macro"] = near or 0.0
    due = [(one, text) for one, text, _ in sides if one.case.id.endswith(_CADENCE)]
    if due:
        row["new_words_in_time_share"] = share(_in_time(*one) for one in due)
    return row


def _in_time(one: RanCase, reply: str) -> bool:
    """Whether a planned word is in the reply just where one is due."""
    due = bool({MoveKind.INTRODUCE, MoveKind.REUSE} & one.case.moves)
    said = reply.casefold()
    return due == any(item.text.casefold() in said for item in one.case.plan.items)
