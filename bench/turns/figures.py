"""The figures of a run: by PRODUCT's names, and in detail by class, noise and pause."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bench.report import percentile

from .scoring import Verdict
from .scripts import Kind
from .takes import Take

TARGETS = {
    "false_cutin_share": "<= 0.02",
    "short_answers_missed": "<= 0",
    "stop_p95_ms": "<= 200 ms",
}


@dataclass(frozen=True, slots=True)
class Judged:
    """A take and what became of it; ``text``: what was understood."""

    take: Take
    verdict: Verdict
    text: str = ""


def figures(judged: Sequence[Judged]) -> dict[str, float]:
    """Return the figures. What no take of the run tells is left out."""
    turns = [each for each in judged if each.take.kind is Kind.TURN]
    found: dict[str, float] = {}
    if turns:
        found["false_cutin_share"] = _share(turns, lambda v: v.cut_in)
        found["short_answers_missed"] = float(
            sum(e.verdict.missed for e in turns if e.take.label == "short")
        )
    if waits := _waits(turns):
        found["end_wait_p50_ms"] = percentile(waits, 0.5)
    if stops := _stops(judged):
        found["stop_p95_ms"] = percentile(stops, 0.95)
    if beside := _beside(judged):
        found["false_stop_share"] = _share(beside, lambda v: v.false_stop)
        found["false_hold_share"] = _share(beside, _is_falsely_held)
    if holds := _holds(judged):
        found["false_hold_p50_ms"] = percentile(holds, 0.5)
    return found


def detail(judged: Sequence[Judged]) -> dict[str, Any]:
    """Return the same by class, noise and the longest pause, and what went wrong."""
    turns = [each for each in judged if each.take.kind is Kind.TURN]
    stops = _stops(judged)
    return {
        "takes": len(judged),
        "cutins_heard_share": _share(turns, lambda v: v.heard) if turns else None,
        "missed": sum(each.verdict.missed for each in turns),
        "missed_not_understood": sum(each.verdict.not_understood for each in turns),
        "interruptions_unheeded": sum(
            not each.verdict.stopped
            for each in judged
            if each.take.kind is Kind.INTERRUPTION
        ),
        "stop_p50_ms": _rounded(stops, 0.5),
        "by_class": _grouped(turns, lambda take: take.label),
        "by_noise": _grouped(turns, lambda take: str(take.noise or "none")),
        "by_pause_s": _grouped(
            [each for each in turns if each.take.truth.pauses_s],
            lambda take: f"{_pause_band(take.truth.longest_pause_s)}",
        ),
        "falsely_stopped_by": {
            label: [sum(e.verdict.false_stop for e in group), len(group)]
            for label, group in _groups(_beside(judged), lambda take: take.label)
        },
        "falsely_held_by": {
            label: [sum(_is_falsely_held(e.verdict) for e in group), len(group)]
            for label, group in _groups(_beside(judged), lambda take: take.label)
        },
        "false_hold_longest_ms": _rounded(_holds(judged), 1.0),
        "wrong": [
            _told(each)
            for each in judged
            if each.verdict.cut_in
            or each.verdict.missed
            or each.verdict.false_stop
            or (each.take.kind is Kind.INTERRUPTION and not each.verdict.stopped)
        ],
    }


def _beside(judged: Iterable[Judged]) -> list[Judged]:
    """Return the takes in which the tutor had nothing to stop for, or did so too early."""
    return [
        each
        for each in judged
        if each.take.kind is Kind.BYSTANDER
        or each.verdict.false_stop
        or _is_falsely_held(each.verdict)
    ]


def _is_falsely_held(verdict: Verdict) -> bool:
    return verdict.false_stop or verdict.false_hold_ms is not None


# Planted pauses as they are, recordings' to the nearest.
_BANDS = (0.3, 0.5, 0.8, 1.2, 2.0, 3.0, 5.0)


def _pause_band(seconds: float) -> float:
    return min(_BANDS, key=lambda band: abs(band - seconds))


def _groups(
    judged: Iterable[Judged], key: Callable[[Take], str]
) -> list[tuple[str, list[Judged]]]:
    groups: dict[str, list[Judged]] = {}
    for each in judged:
        groups.setdefault(key(each.take), []).append(each)
    return sorted(groups.items())


def _grouped(
    judged: Iterable[Judged], key: Callable[[Take], str]
) -> dict[str, dict[str, float | int | None]]:
    return {
        name: {
            "turns": len(group),
            "cut_in": sum(each.verdict.cut_in for each in group),
            "missed": sum(each.verdict.missed for each in group),
            "end_wait_p50_ms": _rounded(_waits(group), 0.5),
            "end_wait_p95_ms": _rounded(_waits(group), 0.95),
        }
        for name, group in _groups(judged, key)
    }


def _told(each: Judged) -> dict[str, Any]:
    take, verdict = each.take, each.verdict
    return {
        "take": take.name,
        "line": take.line,
        "speaker": take.speaker,
        "noise": str(take.noise or "none"),
        "understood": each.text,
        "cut_in": verdict.cut_in,
        "missed": verdict.missed,
        "false_stop": verdict.false_stop,
    }


def _share(judged: Sequence[Judged], is_so: Callable[[Verdict], bool]) -> float:
    return sum(is_so(each.verdict) for each in judged) / len(judged)


def _waits(judged: Iterable[Judged]) -> list[float]:
    waits = (each.verdict.end_wait_ms for each in judged)
    return [wait for wait in waits if wait is not None]


def _stops(judged: Iterable[Judged]) -> list[float]:
    stops = (each.verdict.stop_ms for each in judged)
    return [stop for stop in stops if stop is not None]


def _holds(judged: Iterable[Judged]) -> list[float]:
    holds = (each.verdict.false_hold_ms for each in judged)
    return [hold for hold in holds if hold is not None]


def _rounded(values: list[float], share: float) -> int | None:
    return round(percentile(values, share)) if values else None
