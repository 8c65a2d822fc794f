"""The figures of a run: those with targets, and in detail by mode, system and class."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bench.report import percentile

from .hearing import Stop, Turn
from .lines import CLASSES

OURS = "ours"
# The real model's figures have no prefix.
PREFIX = {"model": "", "stub": "stub_"}
_TARGETS = {
    "ratio_to_best_peer": "<= 0.45",
    "extra_false_cutins": "<= 0",
    "floor_gap_share": "< 0.15",
}


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of one saying at one system.

    ``said`` are the clauses that were heard, ``timing`` where the turn's time went, as far as
    the system tells; ``own_figures``: what else it said of itself.
    """

    label: str
    line: str
    turn: Turn
    understood: str = ""
    own_figures: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    timing: Mapping[str, Any] = field(default_factory=dict)


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
            found[f"{name}_first_audio_p50_s"] = p50_s
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
        **_behind_openers(system.turns),
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
    """Return how we stand to the peer that is the fastest."""
    peers = [
        (p50_s, system)
        for name, system in systems.items()
        if name != OURS and (p50_s := system.p50_s()) is not None
    ]
    ours = systems.get(OURS)
    ours_s = ours.p50_s() if ours is not None else None
    if not peers or ours is None or ours_s is None:
        return {}
    best_s, best = min(peers, key=lambda peer: peer[0])
    return {
        "first_audio_p50_s": ours_s,
        "best_peer_first_audio_p50_s": best_s,
        "ratio_to_best_peer": ours_s / best_s,
        "false_cutin_share": ours.cut_ins / len(ours.turns),
        "best_peer_false_cutin_share": best.cut_ins / len(best.turns),
        "extra_false_cutins": float(ours.cut_ins - best.cut_ins),
    }


def _arrived(turns: Sequence[Judged]) -> list[float]:
    times = (each.turn.arrived_after_s for each in turns)
    return [time for time in times if time is not None]


def _stops(stops: Sequence[Stop | None]) -> list[float]:
    return [stop.after_s for stop in stops if stop is not None]


def _behind_openers(turns: Sequence[Judged]) -> dict[str, float | None]:
    """Return when the words behind an opener began, and in which share of turns it was one."""
    own = [
        (timing["marks"]["own_words_ms"], timing["marks"]["first_audio_ms"])
        for each in turns
        if "own_words_ms" in (timing := each.timing).get("marks", {})
        and "first_audio_ms" in timing["marks"]
    ]
    behind = [own_ms / 1000 for own_ms, audio_ms in own if own_ms > audio_ms]
    return {
        "worded_by_model": len(own),
        "opened_before_it": len(behind),
        "behind_opener_p50_s": _percentile(behind, 0.5),
    }


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
        "said": list(each.said),
        "timing": each.timing,
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
