"""From what learners saw to figures."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from .load_talks import LONGEST_TURN_S, Tally, TurnSeen
from .noting_voice import stops
from .report import percentile

# A stop that comes later belongs to something else.
STOPPED_WITHIN_S = 2.0
# What stands where nobody heard anything; there are errors then.
NOTHING = LONGEST_TURN_S


def delays_s(tally: Tally, type_: str = "audio") -> list[float]:
    """Return how long after the last voiced sample a message came, of all turns."""
    return [s for turn in tally.turns if (s := turn.after_s(type_)) is not None]


def turn_p95_s(tally: Tally) -> float:
    """Return the 95th percentile from the last voiced sample to the first sound."""
    return _at(delays_s(tally), 0.95)


def level_figures(tally: Tally, learners: int, expected: int) -> dict[str, Any]:
    """Return what so many learners saw."""
    audio = delays_s(tally)
    silent = sum("audio" not in turn.at for turn in tally.turns)
    outcomes = Counter(turn.outcome or "none" for turn in tally.turns)
    began = _began_ms(tally.turns, "transcribe")
    return {
        "learners": learners,
        "turns": len(tally.turns),
        "turns_expected": expected,
        "turn_p50_s": round(_at(audio, 0.5), 3),
        "turn_p95_s": round(_at(audio, 0.95), 3),
        "turn_p99_s": round(_at(audio, 0.99), 3),
        "transcript_p95_s": round(_at(delays_s(tally, "transcript.final"), 0.95), 3),
        "errors": len(tally.errors) + silent + tally.gaps,
        "refused": len(tally.places),
        "refused_without_place": tally.places.count(0),
        "what_errors": dict(Counter(tally.errors)),
        "outcomes": dict(outcomes),
        # Ordered about 200 ms after the last voiced sample; later: it waited in the queue.
        "recognition_began_p50_ms": round(_at(began, 0.5), 1),
        "recognition_began_p95_ms": round(_at(began, 0.95), 1),
        "frames_late_p99_ms": round(_at(tally.late_ms, 0.99), 1),
        "clients_cpu_s": round(tally.cpu_s, 1),
    }


def overhead_figures(scaled: Tally, embedded: Tally) -> dict[str, float]:
    """Return how much later the same turns are on workers."""
    there, here = delays_s(scaled), delays_s(embedded)
    p50 = _at(there, 0.5), _at(here, 0.5)
    p95 = _at(there, 0.95), _at(here, 0.95)
    waits = [
        _at(_began_ms(tally.turns, "transcribe"), 0.5) for tally in (scaled, embedded)
    ]
    return {
        "overhead_p50_ms": round(1000 * (p50[0] - p50[1]), 1),
        "overhead_p95_ms": round(1000 * (p95[0] - p95[1]), 1),
        "scaled_p50_s": round(p50[0], 3),
        "embedded_p50_s": round(p50[1], 3),
        "recognition_begins_later_p50_ms": round(waits[0] - waits[1], 1),
        "turns_each": float(min(len(there), len(here))),
        "errors": float(len(scaled.errors) + len(embedded.errors)),
    }


def stop_figures(tally: Tally, notes: Path) -> dict[str, float]:
    """Return how soon voices stopped after they were interrupted."""
    noted = stops(notes)
    took = []
    for turn in tally.turns:
        if (asked_at := turn.stopped_at) is None:
            continue
        later = [at - asked_at for at in noted if at >= asked_at]
        if later and later[0] < STOPPED_WITHIN_S:
            took.append(1000 * later[0])
    return {
        "stop_p50_ms": round(_at(took, 0.5), 1),
        "stop_p95_ms": round(_at(took, 0.95), 1),
        "stops": float(len(took)),
        # The voice was done before the interruption came to it.
        "in_time": float(sum(turn.stopped_at is not None for turn in tally.turns)),
    }


def _began_ms(turns: list[TurnSeen], name: str) -> list[float]:
    return [turn.spans[name][0] for turn in turns if name in turn.spans]


def _at(values: list[float], share: float) -> float:
    return percentile(values, share) if values else NOTHING
