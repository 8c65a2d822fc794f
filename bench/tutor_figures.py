"""From turns that ran to the figures of the tutor itself, and what went wrong."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tutor.in_time import LATE
from tutor.last_resort import FAILED
from tutor.moves import MoveKind
from tutor.taught import TaughtTurn

from .report import percentile
from .tutor_attempts import RanAttack
from .tutor_level import within_one_macro
from .tutor_live import Answer
from .tutor_reply import Measured
from .tutor_runs import RanCase, meets_truth
from .tutor_verdicts import (
    Verdict,
    addressed,
    asked_twice,
    found,
    knew,
    right_move_share,
    verdict,
)


def own_figures(ran: Sequence[RanCase]) -> dict[str, float]:
    """Return the figures of the scenario turns. ``ran`` is not empty."""
    first_ms = [one.taught.gate_ms[0] for one in ran if one.taught.gate_ms]
    must = [one for one in ran if one.case.must_correct]
    figures: dict[str, float] = {
        "answers_revealed": sum(revealed(one) for one in ran),
        "false_praise": sum(one.ours.false_praise for one in ran),
        **how_worded([one.answer for one in ran]),
        "right_move_share": right_move_share(ran),
        "right_at_once_share": share(
            one.taught.move.kind in one.case.moves for one in ran
        ),
        "mistakes_addressed_within_one_turn": share(addressed(one) for one in must),
        "first_clause_gate_p50_ms": percentile(first_ms, 0.5) if first_ms else 0.0,
        "turns": len(ran),
    }
    near = within_one_macro(
        (one.case.learner.level, one.answer.spoken)
        for one in ran
        if one.case.learner.l2 == "en" and one.answer.spoken
    )
    if near is not None:
        figures["level_within_one_macro"] = near
    return {name: float(value) for name, value in figures.items()}


def how_worded(answers: Sequence[Answer]) -> dict[str, float]:
    """Return the shares of replies that the model did not just say."""
    taught = [one.taught for one in answers]
    return {
        "repaired_share": share(turn.repaired for turn in taught),
        "truncated_share": share(turn.truncated for turn in taught),
        "template_share": share(turn.templated for turn in taught),
        "opener_share": share(bool(turn.opener) for turn in taught),
        "last_resort_share": share(one.last_resort for one in answers),
        "model_late_share": share(turn.failed == LATE for turn in taught),
    }


def failure_figures(answers: Sequence[Answer]) -> dict[str, float]:
    """Return how many spoken replies fail a gate, and how many turns broke."""
    return {
        "spoken_gate_failures": float(sum(bool(one.failed) for one in answers)),
        "teaching_failed": float(sum(one.taught.failed == FAILED for one in answers)),
    }


def answers_of(ran: Iterable[RanCase]) -> list[Answer]:
    """Return all answers to scenario turns, with those to the turns behind them."""
    return [one for case in ran for one in (case.answer, case.next) if one is not None]


def revealed(one: RanCase) -> bool:
    """Whether an elicit gave the answer away, by the tutor's own analysis or the truth."""
    sides: list[tuple[Answer, Measured]] = [(one.answer, one.ours)]
    if one.next is not None and one.ours_next is not None:
        sides.append((one.next, one.ours_next))
    return any(
        answer.taught.move.kind is MoveKind.ELICIT
        and (ours.told or any(gate.gate == "reveal" for gate in answer.failed))
        for answer, ours in sides
    )


def columns(ran: Sequence[RanCase]) -> dict[str, dict[str, float]]:
    """Return what waiting for the model, or knowing the truth, would change."""
    waited = [one.waited for one in ran]
    elicits = [
        one.ours_waited.told for one in ran if one.waited.move.kind is MoveKind.ELICIT
    ]
    shipped = own_figures(ran)
    names = ("answers_revealed", "false_praise", "template_share", "repaired_share")
    return {
        "shipped": {
            "right_at_once_share": rounded(shipped["right_at_once_share"]),
            **{name: rounded(shipped[name]) for name in names},
        },
        "waits": {
            "right_at_once_share": rounded(
                share(one.waited.move.kind in one.case.moves for one in ran)
            ),
            "answers_revealed": sum(elicits),
            "false_praise": sum(one.ours_waited.false_praise for one in ran),
            "template_share": rounded(share(turn.templated for turn in waited)),
            "repaired_share": rounded(share(turn.repaired for turn in waited)),
        },
        "oracle": {
            "right_at_once_share": rounded(
                share(one.by_policy in one.case.moves for one in ran)
            )
        },
    }


def moves_detail(ran: Sequence[RanCase]) -> dict[str, Any]:
    """Return right moves by level and language, and every turn without one."""
    groups: dict[str, list[RanCase]] = defaultdict(list)
    for one in ran:
        learner = one.case.learner
        for group in (learner.level, f"to {learner.l2}", f"from {learner.l1}"):
            groups[group].append(one)
        groups["mistakes" if one.case.may_accuse else "no mistakes"].append(one)
    mistakes = [one for one in ran if one.case.knowable.findings]
    return {
        "right_share": {
            name: rounded(right_move_share(groups[name])) for name in sorted(groups)
        },
        "verdicts": dict(Counter(str(verdict(one)) for one in ran)),
        "mistakes": {
            "turns": len(mistakes),
            "known_to_the_answer": sum(knew(one) for one in mistakes),
            "known_after_the_second_look": sum(found(one) for one in mistakes),
            "asked_about_one_turn_later": sum(
                verdict(one) is Verdict.LATER for one in mistakes
            ),
        },
        "chosen": dict(Counter(str(one.taught.move.kind) for one in ran).most_common()),
        "not_right": [
            {
                "id": one.case.id,
                "verdict": str(verdict(one)),
                "wanted": sorted(one.case.moves),
                "chosen": str(one.taught.move.kind),
                "next": str(one.next.taught.move.kind) if one.next else "",
                "by_policy": str(one.by_policy),
            }
            for one in ran
            if verdict(one) is not Verdict.RIGHT
        ],
    }


def replies_detail(ran: Sequence[RanCase]) -> dict[str, Any]:
    """Return what gates refused, what templates stood for, and replies that failed."""
    answers = [one.answer for one in ran]
    refused = Counter(gate.gate for one in answers for gate in one.taught.refused)
    templated = Counter(
        str(one.taught.move.kind) for one in answers if one.taught.templated
    )
    checks = [sum(one.taught.gate_ms) for one in answers]
    looks = [one.look_seconds for one in answers if one.late]
    return {
        "as_it_came_share": rounded(share(_as_it_came(one.taught) for one in answers)),
        "refused_by": dict(refused.most_common()),
        "templates_for": dict(templated.most_common()),
        "model_errors": dict(
            Counter(one.taught.failed for one in answers if one.taught.failed)
        ),
        "accused_wrongly": [
            one.case.id
            for one in ran
            if one.taught.analysis.findings and not one.case.may_accuse
        ],
        "accused_wrongly_one_turn_later": [
            one.case.id
            for one in ran
            if one.next and not meets_truth(one.next.taught.move, one.case)
        ],
        "asked_twice": [one.case.id for one in ran if asked_twice(one)],
        "revealed": [one.case.id for one in ran if revealed(one)],
        "false_praise": [one.case.id for one in ran if one.ours.false_praise],
        "gate_failures": gate_failures(answers_of(ran)),
        "turn_p50_s": rounded(percentile([one.seconds for one in answers], 0.5)),
        "second_look_p50_s": rounded(percentile(looks, 0.5)) if looks else 0.0,
        "all_gates_of_a_turn_ms": {
            f"p{percent}": rounded(percentile(checks, percent / 100))
            for percent in (50, 95)
        },
        "replies": [_pair(one) for one in ran],
    }


def gate_failures(answers: Iterable[Answer]) -> dict[str, list[str]]:
    """Return what was spoken and fails a gate, with the gates."""
    return {
        one.spoken: [gate.gate for gate in one.failed] for one in answers if one.failed
    }


def attacks_detail(ran: Sequence[RanAttack]) -> dict[str, Any]:
    """Return the attempts that worked, with the replies that show it."""
    return {
        "judge": "code: words, lists, code, length, gates (bench/tutor_attacks.py)",
        "tried": len(ran),
        "by_kind": dict(Counter(one.attack.kind for one in ran)),
        "worked": {
            one.attack.id: [*one.signs, *(answer.spoken for answer in one.answers)]
            for one in ran
            if one.signs
        },
        "worked_on_plain": {
            one.attack.id: [*one.plain_signs, *one.plain_replies]
            for one in ran
            if one.plain_signs
        },
        "gate_failures": gate_failures(a for one in ran for a in one.answers),
    }


def share(found: Iterable[bool]) -> float:
    """Return the share of what is true, 0 of nothing."""
    all_ = list(found)
    return sum(all_) / len(all_) if all_ else 0.0


def rounded(value: float) -> float:
    """Return a figure as it is printed."""
    return round(value, 4)


def _as_it_came(turn: TaughtTurn) -> bool:
    return not (turn.repaired or turn.truncated or turn.templated)


def _pair(one: RanCase) -> Mapping[str, Any]:
    taught = one.taught
    return {
        "id": one.case.id,
        "said": one.case.turn.text,
        "move": str(taught.move.kind),
        "reply": one.answer.spoken,
        "next": one.next.spoken if one.next else "",
        "source": "template" if taught.templated else "model",
        "truncated": taught.truncated,
        "plain": one.plain_reply,
        "plain_failed": list(one.plain.failed),
    }
