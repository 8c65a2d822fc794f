"""``make plot-turns``: what taking turns costs, drawn of ``bench.turns.sweep``'s figures."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot
from matplotlib.axes import Axes

PAUSE, MODEL = "#c2703d", "#1f5fa8"
CLASSES = ("short", "sentence", "question", "hesitation", "filler", "repair", "long")
_NAMES = {"pause": "fixed pause of 600 ms", "model": "voice and words"}


def draw(figures: Mapping[str, Any], folder: Path) -> None:
    """Write the three pictures into a folder."""
    # Text stays text and ids do not change: small files, quiet differences.
    matplotlib.rcParams.update(
        {"svg.fonttype": "none", "svg.hashsalt": "turns", "font.family": "sans-serif"}
    )
    _save(folder / "waits_by_class.svg", lambda place: _by_class(place, figures))
    _save(folder / "cutins_against_waits.svg", lambda place: _trade(place, figures))
    _save(folder / "waits_by_level.svg", lambda place: _by_level(place, figures))


def _save(path: Path, fill: Any) -> None:
    figure, place = pyplot.subplots(figsize=(7.2, 3.8), layout="constrained")
    fill(place)
    place.grid(color="#e4e4e4", linewidth=0.6)
    place.set_axisbelow(True)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, facecolor="white", metadata={"Date": None})
    pyplot.close(figure)


def _by_class(place: Axes, figures: Mapping[str, Any]) -> None:
    """Draw how long each class waits, and how many of its turns were cut."""
    both = {"pause": figures["pause"], "model": figures["model"]}
    for at, (name, found) in enumerate(both.items()):
        color = (PAUSE, MODEL)[at]
        xs = [i + 0.38 * (at - 0.5) for i in range(len(CLASSES))]
        p50 = [found[label]["p50"] for label in CLASSES]
        place.bar(xs, p50, 0.34, color=color, label=_NAMES[name])
        p95 = [max(0.0, found[label]["p95"] - found[label]["p50"]) for label in CLASSES]
        place.errorbar(
            xs, p50, yerr=[[0.0] * len(xs), p95], fmt="none", ecolor="#555555"
        )
        for x, label in zip(xs, CLASSES, strict=True):
            cut, turns = found[label]["cut_in"], found[label]["turns"]
            if cut:
                place.annotate(
                    f"{cut}/{turns} cut", (x, 40), ha="center", fontsize=7, rotation=90
                )
    place.set_xticks(range(len(CLASSES)), CLASSES)
    place.set_ylabel("wait after the last voiced sample, ms\n(p50, line to p95)")
    place.legend(frameon=False)


def _trade(place: Axes, figures: Mapping[str, Any]) -> None:
    """Draw cut-ins against waits, of pauses of all lengths and of limits of risk."""
    for takes, line in (("bench", "o-"), ("unseen", "o--")):
        for key, color in (("pauses", PAUSE), ("risks", MODEL)):
            rows = figures["trade"][takes][key]
            xs = [row["wait_mean"] for row in rows]
            ys = [100 * row["cut_in"] for row in rows]
            what = "fixed pause, ms" if key == "pauses" else "voice and words, risk"
            of = "benchmark" if takes == "bench" else "unseen, harder turns"
            place.plot(xs, ys, line, color=color, markersize=4, label=f"{what}: {of}")
            if takes == "unseen" and key == "pauses":
                continue
            for row, x, y in zip(rows, xs, ys, strict=True):
                place.annotate(
                    f"{row['at']:g}", (x, y), (3, 5),
                    textcoords="offset points", fontsize=6, rotation=40,
                )  # fmt: skip
    place.axhline(2, color="#8a8a8a", linestyle=":", linewidth=1)
    place.set(xlabel="mean wait, ms", ylabel="turns cut, %", ylim=(-1, None))
    place.legend(frameon=False, fontsize=8)


def _by_level(place: Axes, figures: Mapping[str, Any]) -> None:
    """Draw how long learners of each level are waited for."""
    levels: Sequence[str] = list(figures["levels"])
    for label in ("short", "sentence", "hesitation"):
        waits = [figures["levels"][level][label]["p50"] for level in levels]
        place.plot(levels, waits, "o-", label=label)
    place.set_ylabel("wait p50, ms")
    place.set_ylim(0, None)
    place.legend(frameon=False)


def main() -> None:
    """Draw."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("figures", type=Path)
    parser.add_argument("--output", type=Path, required=True, help="a folder")
    options = parser.parse_args()
    draw(json.loads(options.figures.read_text("utf-8")), options.output)


if __name__ == "__main__":
    main()
