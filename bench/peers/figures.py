"""The figures of a run: those with targets, and in detail by mode, system and class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from bench.report import percentile

from .hearing import Stop, Turn
from .lines import CLASSES

OURS = "ours"
# The real model's figures have no prefix.
PREFIX = {"model": "", "stub": "stub_"}
_TARGETS = {"ratio_to_better_peer": "<= 0.45", "extra_false_cutins": "<= 0"}


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of one saying at one system; ``notes``: what it said of itself."""

    label: str
    line: str
    turn: Turn
    understood: str = ""
    own_figures: tuple[str, ...] = ()


@dataclass(slots=True)
class System:
    """Everything that was seen of one system in one mode.

    ``stops`` holds None for a reply that was over before it could be interrupted.
    ``idle_s``: processor time it used while others were talked to, in ``others_s``.
    """

    turns: list[Judged] = field(default_factory=list)
    stops: list[Stop | None] = field(default_factory=list)
    idle_s: float = 0.0
    others_s: float = 0.0

    @property
    def cut_ins(self) -> int:
        """How many turns were cut."""
        return sum(each.turn.cut_in for each in self.turns)

    def p50_s(self) -> float | None:
        """Return the median way from the last voiced sample to the first sound."""
        return _percentile(_arrived(self.turns), 0.5)


def figures(mode: str, systems: dict[str, System]) -> dict[str, float]:
    """Return a mode's figures; what could not be measured is left out."""
    found: dict[str, float] = {}
    for name, system in systems.items():
        if (p50_s := system.p50_s()) is not None:
            found[f"{name}_p50_s"] = p50_s
        if system.turns:
            found[f"{name}_false_cutin_share"] = system.cut_ins / len(system.turns)
        if stops := _stops(system.stops):
            found[f"{name}_stop_p50_s"] = percentile(stops, 0.5)
    found.update(_compared(systems))
    return {f"{PREFIX[mode]}{name}": value for name, value in found.items()}


def targets(found: dict[str, float]) -> dict[str, str]:
    """Return the targets of those figures that were measured."""
    wanted = {
        f"{prefix}{name}": target
        for prefix in PREFIX.values()
        for name, target in _TARGETS.items()
    }
    return {name: target for name, target in wanted.items() if name in found}


def detail(system: System) -> dict[str, Any]:
    """Return what was seen of one system in one mode."""
    heard = [
        each.turn.heard_after_s
        for each in system.turns
        if each.turn.heard_after_s is not None
    ]
    stops = _stops(system.stops)
    return {
        **_spread("first_sound", _arrived(system.turns)),
        **_spread("heard", heard),
        **_counts(system.turns),
        "by_class": {
            label: {**_spread("first_sound", _arrived(group)), **_counts(group)}
            for label in CLASSES
            if (group := [each for each in system.turns if each.label == label])
        },
        "interruptions": len(system.stops),
        "interruptions_unheeded": sum(
            stop is not None and not stop.heeded for stop in system.stops
        ),
        "replies_over_too_soon": sum(stop is None for stop in system.stops),
        **_spread("stop", stops),
        "idle_cores": round(system.idle_s / system.others_s, 3)
        if system.others_s
        else None,
        "turns_seen": [_told(each) for each in system.turns],
    }


def _compared(systems: dict[str, System]) -> dict[str, float]:
    """Return how we stand to the peer that is faster."""
    peers = [
        (p50_s, system)
        for name, system in systems.items()
        if name != OURS and (p50_s := system.p50_s()) is not None
    ]
    ours = systems.get(OURS)
    ours_s = ours.p50_s() if ours is not None else None
    if not peers or ours is None or ours_s is None:
        return {}
    better_s, better = min(peers, key=lambda peer: peer[0])
    return {
        "ratio_to_better_peer": ours_s / better_s,
        "extra_false_cutins": float(ours.cut_ins - better.cut_ins),
    }


def _arrived(turns: Sequence[Judged]) -> list[float]:
    times = (each.turn.arrived_after_s for each in turns)
    return [time for time in times if time is not None]


def _stops(stops: Sequence[Stop | None]) -> list[float]:
    return [stop.after_s for stop in stops if stop is not None]


def _counts(turns: Sequence[Judged]) -> dict[str, int]:
    return {
        "turns": len(turns),
        "cut_in": sum(each.turn.cut_in for each in turns),
        "closed_early": sum(each.turn.closed_early for each in turns),
        "missed": sum(each.turn.missed for each in turns),
    }


def _spread(name: str, values: Sequence[float]) -> dict[str, float | None]:
    return {
        f"{name}_p50_s": _percentile(values, 0.5),
        f"{name}_p95_s": _percentile(values, 0.95),
    }


def _percentile(values: Sequence[float], share: float) -> float | None:
    return round(percentile(list(values), share), 3) if values else None


def _told(each: Judged) -> dict[str, Any]:
    turn = each.turn
    return {
        "class": each.label,
        "line": each.line,
        "understood": each.understood,
        "first_sound_s": _rounded(turn.arrived_after_s),
        "heard_s": _rounded(turn.heard_after_s),
        "cut_in": turn.cut_in,
        "closed_early": turn.closed_early,
        "missed": turn.missed,
        "own_figures": list(each.own_figures),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
