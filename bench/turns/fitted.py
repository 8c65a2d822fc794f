"""How far voice and words can be believed, fitted on one half of the practice turns.

``python -m bench.turns.fitted`` reads what ``bench.turns.observed`` wrote. Of pauses after
words that show no sign of going on it fits the logarithm of the odds that the turn is over,
on the half ``fit``, and shows what that is worth on turns that it was not fitted on. The
numbers in ``sessions.turns.turn_taking`` lean on it; they are rounded, and where real voices
are likely to differ from synthetic ones they are judgements.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from bench.report import say
from sessions.turns.asked import asked_by
from sessions.turns.endings import Ending, ending_of
from sessions.turns.turn_words import turn_words, words_of

ROOT = Path(__file__).resolve().parents[2]
# How strongly coefficients are drawn to zero: a few dozen pauses carry no more.
RIDGE = 1.0
FEATURES = ("offset", "may go on", "last word", "voice", "words")
_MOST_WORDS = 10
Row = dict[str, Any]
Numbers = npt.NDArray[np.float64]


def fit(x: Numbers, y: Numbers, *, ridge: float = RIDGE) -> Numbers:
    """Return the coefficients of a logistic regression; the first column is free."""
    weights = np.zeros(x.shape[1])
    penalty = np.full(x.shape[1], ridge)
    penalty[0] = 1e-6
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ weights))
        gradient = x.T @ (p - y) + penalty * weights
        hessian = (x * (p * (1 - p))[:, None]).T @ x + np.diag(penalty)
        step = np.linalg.solve(hessian, gradient)
        weights -= step
        if np.abs(step).max() < 1e-8:
            break
    return weights


def log_loss(p: Numbers, y: Numbers) -> float:
    """Return the mean surprise at what was so, in nats."""
    kept = np.clip(p, 1e-6, 1 - 1e-6)
    return float(-np.mean(y * np.log(kept) + (1 - y) * np.log(1 - kept)))


def main() -> None:
    """Fit and show."""
    path = ROOT / "var" / "bench" / "turns" / "observed.json"
    rows: list[Row] = json.loads(path.read_text("utf-8"))
    shown = (Ending.PLAIN, Ending.SHORT, Ending.MAY_GO_ON)
    plain = [row for row in rows if _ending(row) in shown]
    for variant in plain[0]["detected"]:
        _show(variant, plain)


def _ending(row: Row) -> Ending:
    words = turn_words("en")
    asked = asked_by(row["asked"], words)
    return ending_of(row["heard"], asked, words, tutor_speaks=False)


def _features(row: Row, variant: str) -> list[float]:
    return [
        1.0,
        float(_ending(row) is Ending.MAY_GO_ON),
        _log_odds(row["last_confidence"], -2.0, 4.6),
        _log_odds(row["detected"][variant], -4.0, 4.0),
        float(min(_MOST_WORDS, len(words_of(row["heard"])))),
    ]


def _log_odds(probability: float, low: float, high: float) -> float:
    kept = min(1 - 1e-6, max(1e-6, probability))
    return min(high, max(low, math.log(kept / (1 - kept))))


def _show(variant: str, rows: Sequence[Row]) -> None:
    halves: dict[str, tuple[Numbers, Numbers]] = {}
    for half in ("fit", "held_out", "bench"):
        of_half = [row for row in rows if row["half"] == half]
        if of_half:
            x = np.array([_features(row, variant) for row in of_half])
            halves[half] = x, np.array([float(row["over"]) for row in of_half])
    weights = fit(*halves["fit"])
    told = [f"{n} {w:+.2f}" for n, w in zip(FEATURES, weights, strict=True)]
    say(f"{variant}: {', '.join(told)}")
    for half, (x, y) in halves.items():
        p = 1 / (1 + np.exp(-x @ weights))
        right = float(np.mean((p > 0.5) == (y > 0.5)))
        say(
            f"  {half}: {len(y)} pauses, log loss {log_loss(p, y):.3f}, right {right:.2f}"
        )


if __name__ == "__main__":
    main()
