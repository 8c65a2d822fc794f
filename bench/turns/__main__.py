"""Run the benchmark of turn-taking: ``python -m bench.turns``."""

from __future__ import annotations

import argparse
import asyncio
import os
from pathlib import Path
from typing import Any

import django

from bench.report import machine, report, say

from .figures import TARGETS, Judged, detail, figures
from .speakers import Speakers
from .takes import Take, TakeMaker

# What of the settings the figures hang on.
SETTINGS = (
    "TURN_TAKING", "END_SILENCE_MS", "CANDIDATE_SILENCE_MS", "CUT_IN_RISK",
    "THINKING_MS", "PARTIAL_EVERY_MS",
)  # fmt: skip
ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    """Play the takes, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fast", action="store_true", help="the decision alone")
    parser.add_argument("--audio", type=Path, help="a folder of recordings")
    parser.add_argument("--talks", type=int, default=1, help="side by side")
    parser.add_argument("--only", default="", help="takes whose name holds this")
    parser.add_argument("--every", type=int, default=1, help="every so-manieth take")
    parser.add_argument(
        "--words", choices=("heard", "script"), default="heard", help="of --fast"
    )
    parser.add_argument("--table", action="store_true", help="each pause of --fast")
    parser.add_argument(
        "--practice",
        choices=("fit", "held_out", "unseen"),
        help="other takes than the benchmark's",
    )
    options = parser.parse_args()
    before = machine()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.turns_settings")
    django.setup()

    folder = ROOT / "var" / "bench" / "turns"
    speakers = Speakers(folder)
    try:
        maker = TakeMaker(speakers)
        takes = _takes(options, maker)[:: options.every]
        if not takes:
            parser.error("there is no such take")
        judged: list[Judged] = []

        def note(each: Judged) -> None:
            judged.append(each)
            say(_line(each, len(judged), len(takes)))

        if options.fast:
            from .fast_runs import run  # noqa: PLC0415

            run(
                takes, maker, on_judged=note, folder=folder,
                words=options.words, table=options.table,
            )  # fmt: skip
        else:
            from . import live  # noqa: PLC0415

            asyncio.run(live.run(takes, talks=options.talks, on_judged=note))
    finally:
        speakers.close()
    found = figures(judged)
    report(
        found,
        {name: target for name, target in TARGETS.items() if name in found},
        {
            "mode": f"fast, words {options.words}" if options.fast else "live",
            "talks": options.talks,
            "not_judged": len(takes) - len(judged),
            "voices_missing": sorted(speakers.missing),
            "settings": _settings(),
            **detail(judged),
        },
        before=before,
    )


def _takes(options: argparse.Namespace, maker: TakeMaker) -> list[Take]:
    from .folder import takes_of  # noqa: PLC0415
    from .practice import Half, practice_scripts  # noqa: PLC0415
    from .scripts import all_scripts  # noqa: PLC0415

    only = options.only
    if options.audio is not None:
        try:
            return [take for take in takes_of(options.audio) if only in take.name]
        except ValueError as wrong:
            raise SystemExit(str(wrong)) from None
    say("making what the learners say")
    if options.practice:
        return maker.make(practice_scripts(Half(options.practice)), only=only)
    return maker.make(all_scripts(), only=only)


def _settings() -> dict[str, Any]:
    from django.conf import settings  # noqa: PLC0415

    return {key: settings.LIVE[key] for key in SETTINGS if key in settings.LIVE}


def _line(each: Judged, number: int, count: int) -> str:
    take, verdict = each.take, each.verdict
    marks = [
        word
        for word, is_so in (
            ("CUT IN", verdict.cut_in),
            ("MISSED", verdict.missed),
            ("STOPPED FALSELY", verdict.false_stop),
        )
        if is_so
    ]
    if verdict.end_wait_ms is not None:
        marks.append(f"waited {verdict.end_wait_ms:.0f} ms")
    if verdict.stop_ms is not None:
        marks.append(f"silent after {verdict.stop_ms:.0f} ms")
    noise = f" in {take.noise}" if take.noise else ""
    heard = f"  heard {each.text!r}" if each.text else ""
    return (
        f"  {number:3}/{count} {take.name}{noise}: {', '.join(marks) or 'fine'}{heard}"
    )


if __name__ == "__main__":
    main()
