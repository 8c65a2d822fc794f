"""``make plot-reliability FIGURES=file``: can the probabilities of wrong phones be trusted?

Reads the JSON object of ``make bench-pronunciation`` and draws, for adults and for
children apart, what was predicted against what the experts found (DeGroot and Fienberg
1983). On the diagonal a probability means what it says.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot
from matplotlib.axes import Axes

GROUPS = {"adults": "Adults", "children_up_to_12": "Children up to 12"}
# Two standard deviations.
_Z = 1.96


def draw(report: Mapping[str, Any], output: Path) -> None:
    """Write the picture. Raises KeyError if the report holds no such figures."""
    wrong = report["detail"]["wrong_phones"]
    figure, axes = pyplot.subplots(
        1, len(GROUPS), figsize=(8.4, 4.2), sharey=True, layout="constrained"
    )
    for place, (group, title) in zip(axes, GROUPS.items(), strict=True):
        _one(place, title, wrong[group]["reliability"], wrong[group]["n"])
    axes[0].set_ylabel("share that most experts call wrong")
    figure.savefig(output, dpi=110, facecolor="white")
    pyplot.close(figure)


def _one(
    place: Axes, title: str, bins: Sequence[Mapping[str, float]], n_phones: int
) -> None:
    """Draw one group: a bin with its 95 % interval and its number of phones."""
    place.plot([0, 1], [0, 1], color="#8a8a8a", linewidth=1, linestyle="--")
    predicted = [bin_["predicted"] for bin_ in bins]
    observed = [bin_["observed"] for bin_ in bins]
    sure = [_interval(bin_["observed"], bin_["n"]) for bin_ in bins]
    place.errorbar(
        predicted,
        observed,
        yerr=[
            [max(0.0, y - low) for y, (low, _) in zip(observed, sure, strict=True)],
            [max(0.0, high - y) for y, (_, high) in zip(observed, sure, strict=True)],
        ],
        fmt="o",
        color="#1f5fa8",
        ecolor="#9dbbe0",
        capsize=3,
    )
    for x, y, bin_ in zip(predicted, observed, bins, strict=True):
        place.annotate(
            f"{bin_['n']:,.0f}",
            (x, y),
            (6, -11),
            textcoords="offset points",
            fontsize=8,
        )
    place.set(
        title=f"{title}: {n_phones:,} phones",
        xlim=(0, 1),
        ylim=(0, 1),
        aspect="equal",
        xlabel="probability given by the scorer",
    )
    place.grid(color="#e4e4e4", linewidth=0.6)
    place.set_axisbelow(True)


def _interval(share: float, n: float) -> tuple[float, float]:
    """Return the 95 % interval of a share of ``n`` (Wilson 1927)."""
    spread = 1 + _Z**2 / n
    middle = (share + _Z**2 / (2 * n)) / spread
    half = _Z * (share * (1 - share) / n + _Z**2 / (4 * n**2)) ** 0.5 / spread
    return middle - half, middle + half


def main() -> int:
    """Read the command line and draw."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("figures", type=Path, help="JSON of make bench-pronunciation")
    parser.add_argument("--output", type=Path, required=True)
    options = parser.parse_args()
    try:
        draw(json.loads(options.figures.read_text("utf-8")), options.output)
    except (OSError, ValueError, KeyError) as unusable:
        sys.stderr.write(
            f"{options.figures} is no report of make bench-pronunciation ({unusable!r})\n"
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
