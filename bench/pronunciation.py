"""``make bench-pronunciation``: the scorer beside experts, on speakers it never heard.

Correlations are of ``judge``, which refuses nothing, on the corpus's phones, as published
figures are; what the product would refuse or show is in the detail. Beside the scorer
stand the two things that other tutors do with a transcript, on the same sounds.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import django

from inference.errors import EngineUnavailable
from inference.protocols import Transcriber
from training.corpus import CorpusError, Reading, read_corpus, read_ids

from .pronunciation_cost import Cost, measure_cost
from .pronunciation_figures import (
    GROUPS,
    agreement,
    bad_words,
    in_group,
    peers,
    rounded,
    swaps,
    wrong_phones,
)
from .pronunciation_pass import Judged, Pass, in_parallel
from .pronunciation_refusals import refused_sounds, refused_voices, shares
from .pronunciation_swaps import Swaps
from .pronunciation_system import Judge
from .report import machine, report, say

SETTINGS = "tutorplatform.settings.local"
TARGETS = {
    "phone_pcc": ">= 0.62",
    "word_total_pcc": ">= 0.63",
    "fluency_pcc": ">= 0.83",
    "prosody_pcc": ">= 0.82",
    "total_pcc": ">= 0.79",
    "total_official_pcc": ">= 0.77",
    "wrong_phone_f1": ">= 0.52",
    "swapped_word_auc": ">= 0.985",
    "cpu_s_per_4s": "<= 0.25 s",
}


def main() -> None:
    """Run the benchmark."""
    options = _options()
    before, start = machine(), time.monotonic()
    try:
        ids = read_ids(options.ids) if options.ids else None
        readings = read_corpus(
            options.corpus, split=options.split, ids=ids, audio=options.audio
        )
    except CorpusError as wrong:
        sys.exit(f"bench-pronunciation: {wrong}")
    say(f"{len(readings)} utterances of {len({r.speaker for r in readings})} speakers")
    try:
        scorer, transcriber = _engines(options.workers)
    except EngineUnavailable as absent:
        sys.exit(f"bench-pronunciation: {absent}")
    figures, detail = measure(scorer, transcriber, readings, options.workers)
    detail["took_s"] = round(time.monotonic() - start)
    missing = sorted(TARGETS.keys() - figures)
    if missing:
        say(f"too few labels for {', '.join(missing)}")
    targets = {name: text for name, text in TARGETS.items() if name in figures}
    report(figures, targets, detail, before=before)


def measure(
    scorer: Judge, transcriber: Transcriber, readings: Sequence[Reading], workers: int
) -> tuple[dict[str, float], dict[str, Any]]:
    """Return figures (those that the labels allow) and detail."""
    say("cost of judging")
    cost = measure_cost(scorer, readings)
    transcriber.warm()
    run = Pass(scorer, transcriber, Swaps(readings))
    judged = in_parallel(run.judge, readings, workers, name="utterances")
    detail = _detail(judged, dict(scorer.operating_points))
    detail["refused"] = {
        **refused_sounds(scorer, readings, workers),
        **refused_voices(scorer, judged, workers),
    }
    detail["cost"] = {name: rounded(value) for name, value in asdict(cost).items()}
    return _figures(detail, cost, len(judged)), detail


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--split", default="dev")
    parser.add_argument("--ids", type=Path, help="utterances of any split, one a line")
    parser.add_argument("--audio", type=Path, help="sounds from elsewhere, by name")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    return parser.parse_args()


def _engines(workers: int) -> tuple[Judge, Transcriber]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    django.setup()
    from django.conf import settings  # noqa: PLC0415

    from inference.conf import get_engine  # noqa: PLC0415 settings come first
    from inference.stages.stage import EngineKind  # noqa: PLC0415

    scorer = get_engine(EngineKind.SCORER)
    if not isinstance(scorer, Judge):
        name = type(scorer).__name__
        sys.exit(f"bench-pronunciation: {name} does not judge without its gate")
    # Many clips at once: a thread for each is quicker than all threads for one.
    asked = {"threads": 1, "workers": workers}
    settings.INFERENCE["ENGINES"]["transcriber"]["OPTIONS"].update(asked)
    return scorer, get_engine(EngineKind.TRANSCRIBER)


def _detail(judged: Sequence[Judged], points: dict[str, float]) -> dict[str, Any]:
    groups = {name: in_group(judged, name) for name in GROUPS}
    found = {"all": judged, **{name: some for name, some in groups.items() if some}}
    return {
        "model": judged[0].shown.model,
        "speakers": len({one.reading.speaker for one in judged}),
        "splits": sorted({one.reading.split for one in judged}),
        "agreement": {name: agreement(some) for name, some in found.items()},
        "wrong_phones": {
            name: wrong_phones(some, points) for name, some in found.items()
        },
        "bad_words": {name: bad_words(some) for name, some in found.items()},
        "swapped_auc": {name: swaps(some) for name, some in found.items()},
        "peers": {name: peers(some) for name, some in found.items()},
        "genuine": {
            name: shares(one.shown.outcome for one in some)
            for name, some in found.items()
        },
        "swapped_prompt": shares(
            one.swapped_shown for one in judged if one.swapped_shown is not None
        ),
    }


def _figures(detail: dict[str, Any], cost: Cost, utterances: int) -> dict[str, float]:
    """Return the figures that the labels allow."""
    correlations = {
        f"{name}_pcc": detail["agreement"]["all"][name]["pcc"]
        for name in (
            "phone",
            "word_accuracy",
            "word_total",
            "accuracy",
            "fluency",
            "prosody",
            "total",
            "total_official",
        )
    }
    best = detail["wrong_phones"]["all"]["best"]
    swapped = detail["swapped_auc"]["all"]
    found = {
        **correlations,
        "wrong_phone_f1": best and best["f1"],
        "swapped_prompt_auc": swapped["prompt"],
        "swapped_word_auc": swapped["word"],
        "cpu_s_per_4s": cost.cpu_s_per_4s,
        "utterances": float(utterances),
    }
    return {name: value for name, value in found.items() if value is not None}


if __name__ == "__main__":
    main()
