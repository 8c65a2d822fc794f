"""From turns that ran to figures: ours, the plain prompt's beside them, and what went wrong."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from tutor.gates.limits import max_words
from tutor.moves import MoveKind

from .report import percentile
from .tutor_level import within_one_macro
from .tutor_reply import Measured, gatekeeper
from .tutor_runs import RanAttack, RanCase

# Rows where more is better, and rows that have no better end; of the others less is.
_MORE = frozenset(
    {
        "level_within_one_macro",
        "one_question_at_most_share",
        "new_words_in_time_share",
    }
)
_NEITHER = frozenset({"words_mean", "question_share"})
_CADENCE = ("item-due", "item-again", "item-too-soon", "item-used")


def own_figures(
    ran: Sequence[RanCase], attacks: Sequence[RanAttack]
) -> dict[str, float]:
    """Return the figures of the tutor itself. ``ran`` is not empty."""
    taught = [one.taught for one in ran]
    first_ms = [turn.gate_ms[0] for turn in taught if turn.gate_ms]
    figures = {
        "answers_revealed": sum(_revealed(one) for one in ran),
        "false_praise": sum(one.ours.false_praise for one in ran),
        "spoken_gate_failures": sum(
            any(not gate.passed for gate in turn.gates) for turn in taught
        ),
        "repaired_share": share(turn.repaired for turn in taught),
        "truncated_share": share(turn.truncated for turn in taught),
        "template_share": share(turn.templated for turn in taught),
        "right_move_share": share(
            one.taught.move.kind in one.case.moves for one in ran
        ),
        "injections_succeeded": sum(bool(one.signs) for one in attacks),
        "first_clause_gate_p50_ms": percentile(first_ms, 0.5) if first_ms else 0.0,
        "turns": len(ran),
    }
    near = within_one_macro(_english(ran, lambda one: one.taught.reply))
    if near is not None:
        figures["level_within_one_macro"] = near
    return {name: float(value) for name, value in figures.items()}


def beside(ran: Sequence[RanCase], attacks: Sequence[RanAttack]) -> dict[str, Any]:
    """Return rows with both tutors, measured in the same way.

    Both are held to what is truly wrong and to the most demanding acceptable move, so the
    tutor can fail gates here that passed on what it knew.
    """
    ours = _row(ran, lambda one: (one.taught.reply, one.ours))
    plain = _row(ran, lambda one: (one.plain_reply, one.plain))
    ours["injections_succeeded"] = sum(bool(one.signs) for one in attacks)
    plain["injections_succeeded"] = sum(bool(one.plain_signs) for one in attacks)
    return {
        name: {"ours": _rounded(ours[name]), "plain": _rounded(plain[name])}
        for name in ours
    }


def lost_rows(rows: Mapping[str, Mapping[str, float]]) -> list[str]:
    """Return the rows in which the plain prompt is better."""
    return [
        name
        for name, row in rows.items()
        if name not in _NEITHER
        and (
            row["ours"] < row["plain"] if name in _MORE else row["ours"] > row["plain"]
        )
    ]


def moves_detail(ran: Sequence[RanCase]) -> dict[str, Any]:
    """Return right moves by level and language, and every turn with a wrong one."""
    groups: dict[str, list[bool]] = defaultdict(list)
    for one in ran:
        right = one.taught.move.kind in one.case.moves
        learner = one.case.learner
        for group in (learner.level, f"to {learner.l2}", f"from {learner.l1}"):
            groups[group].append(right)
        groups["mistakes" if one.case.may_accuse else "no mistakes"].append(right)
    return {
        "right_share": {name: _rounded(share(groups[name])) for name in sorted(groups)},
        "right_share_by_policy_alone": _rounded(
            share(one.by_policy in one.case.moves for one in ran)
        ),
        "right_share_where_analysis_was_right": _rounded(
            share(
                one.taught.move.kind in one.case.moves
                for one in ran
                if bool(one.taught.analysis.findings)
                == bool(one.case.knowable.findings)
            )
        ),
        "chosen": dict(Counter(str(one.taught.move.kind) for one in ran).most_common()),
        "wrong": [
            {
                "id": one.case.id,
                "wanted": sorted(one.case.moves),
                "chosen": str(one.taught.move.kind),
                "by_policy": one.by_policy,
            }
            for one in ran
            if one.taught.move.kind not in one.case.moves
        ],
    }


def replies_detail(ran: Sequence[RanCase]) -> dict[str, Any]:
    """Return what gates refused, what templates stood for, and replies that failed."""
    refused = Counter(gate.gate for one in ran for gate in one.taught.refused)
    templated = Counter(
        str(one.taught.move.kind) for one in ran if one.taught.templated
    )
    claimed = [one for one in ran if one.taught.analysis.findings]
    return {
        "as_it_came_share": _rounded(
            share(
                not (turn.repaired or turn.truncated or turn.templated)
                for turn in (one.taught for one in ran)
            )
        ),
        "refused_by": dict(refused.most_common()),
        "templates_for": dict(templated.most_common()),
        "model_failed": sum(bool(one.taught.failed) for one in ran),
        "judged_share": _rounded(share(one.taught.analysis.judged for one in ran)),
        "found_share": _rounded(
            share(
                bool(one.taught.analysis.findings)
                for one in ran
                if one.case.knowable.findings
            )
        ),
        "accused_wrongly": [one.case.id for one in claimed if not one.case.may_accuse],
        "revealed": [one.case.id for one in ran if _revealed(one)],
        "false_praise": [one.case.id for one in ran if one.ours.false_praise],
        "gate_failures": {
            one.case.id: [gate.gate for gate in one.taught.gates if not gate.passed]
            for one in ran
            if any(not gate.passed for gate in one.taught.gates)
        },
        "turn_p50_s": _rounded(percentile([one.seconds for one in ran], 0.5)),
        "analysis_p50_ms": _rounded(
            percentile([one.taught.analysis_ms for one in ran], 0.5)
        ),
        "replies": [_pair(one) for one in ran],
    }


def attacks_detail(ran: Sequence[RanAttack]) -> dict[str, Any]:
    """Return the attempts that worked, with the replies that show it."""
    return {
        "tried": len(ran),
        "worked": {one.attack.id: [*one.signs, one.reply] for one in ran if one.signs},
        "worked_on_plain": {
            one.attack.id: [*one.plain_signs, one.plain_reply]
            for one in ran
            if one.plain_signs
        },
    }


def share(found: Iterable[bool]) -> float:
    """Return the share of what is true, 0 of nothing."""
    all_ = list(found)
    return sum(all_) / len(all_) if all_ else 0.0


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
    near = within_one_macro(_english(ran, lambda one: side(one)[0]))
    return {
        "any_gate_failed_share": share(bool(found.failed) for *_, found in sides),
        **shares,
        "answers_told_too_early_share": share(found.told for found in first),
        "false_praise_share": share(found.false_praise for found in erroneous),
        "accusing_words_share": share(found.accuses for found in right),
        "level_within_one_macro": near or 0.0,
        "too_long_share": share(
            found.words > max_words(one.case.learner.level) for one, _, found in sides
        ),
        "words_mean": sum(found.words for *_, found in sides) / len(sides),
        "question_share": share(found.questions > 0 for *_, found in sides),
        "one_question_at_most_share": share(
            found.questions <= 1 for *_, found in sides
        ),
        "new_words_in_time_share": share(
            _in_time(one, text) for one, text, _ in sides if _is_cadence(one)
        ),
    }


def _revealed(one: RanCase) -> bool:
    """Whether an elicit gave the answer away, by the tutor's own analysis or the truth."""
    if one.taught.move.kind is not MoveKind.ELICIT:
        return False
    own = any(gate.gate == "reveal" and not gate.passed for gate in one.taught.gates)
    return own or one.ours.told


def _is_cadence(one: RanCase) -> bool:
    return one.case.id.endswith(_CADENCE)


def _in_time(one: RanCase, reply: str) -> bool:
    """Whether a planned word is in the reply just where one is due."""
    due = bool({MoveKind.INTRODUCE, MoveKind.REUSE} & one.case.moves)
    said = reply.casefold()
    return due == any(item.text.casefold() in said for item in one.case.plan.items)


def _english(
    ran: Sequence[RanCase], reply: Callable[[RanCase], str]
) -> list[tuple[Any, str]]:
    return [
        (one.case.learner.level, reply(one))
        for one in ran
        if one.case.learner.l2 == "en" and reply(one)
    ]


def _pair(one: RanCase) -> dict[str, Any]:
    return {
        "id": one.case.id,
        "said": one.case.turn.text,
        "move": str(one.taught.move.kind),
        "reply": one.taught.reply,
        "truncated": one.taught.truncated,
        "plain": one.plain_reply,
        "plain_failed": list(one.plain.failed),
    }


def _rounded(value: float) -> float:
    return round(value, 4)
