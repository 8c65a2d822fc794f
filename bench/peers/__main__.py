"""Run the benchmark of peers: ``python -m bench.peers``."""

from __future__ import annotations

import argparse
import asyncio
import os
from importlib.metadata import version
from pathlib import Path
from typing import Any

import django

from bench.report import machine, report, say
from bench.turn_floor import floors, gap
from bench.turns.speakers import Speakers
from bench.turns.takes import TakeMaker

from .figures import OURS, System, detail, figures, targets
from .heard_by_us import answered_by
from .lines import Talk, talk

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "var" / "bench" / "peers"
_OURS = (
    "faster-whisper", "ctranslate2", "onnxruntime", "piper-tts", "xllamacpp", "websockets",
)  # fmt: skip
_SETTINGS = (
    "TURN_TAKING", "END_SILENCE_MS", "CANDIDATE_SILENCE_MS", "CUT_IN_RISK",
    "PARTIAL_EVERY_MS",
)  # fmt: skip


def main() -> None:
    """Talk to each system in each mode, print the figures."""
    options = _options()
    before = machine()
    os.environ.setdefault("TUTOR_TURN_TAKING", "model")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tutorplatform.settings.local")
    django.setup()
    talked = _talk(options.turns, options.interruptions)
    found: dict[str, float] = {}
    seen: dict[str, Any] = {}
    versions: dict[str, dict[str, str]] = {}
    for mode in options.mode:
        say(f"{mode}: {', '.join(options.only)}")
        talking, others = _mode(mode, talked, options)
        found.update(figures(mode, talking.systems))
        if mode == "model" and OURS in talking.systems:
            found.update(_floor(talked, talking.systems[OURS]))
        seen[mode] = {
            "broken_off": talking.broken_off,
            **{name: detail(system) for name, system in talking.systems.items()},
        }
        versions.update(others)
    report(
        found,
        targets(found),
        {
            "turns": options.turns,
            "tuned": options.tuned,
            "settings": _settings(),
            "versions": {"ours": {name: version(name) for name in _OURS}, **versions},
            **seen,
        },
        before=before,
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=20, help="with each, in each mode")
    parser.add_argument("--interruptions", type=int, default=5)
    parser.add_argument("--only", nargs="+", default=["ours", "pipecat", "livekit"])
    parser.add_argument("--mode", nargs="+", default=["model", "stub"])
    parser.add_argument("--tuned", action="store_true", help="the peers, for speed")
    parser.add_argument("--short", action="store_true", help="a turn of each class")
    options = parser.parse_args()
    for given, known in (
        (options.only, ("ours", "pipecat", "livekit")),
        (options.mode, ("model", "stub")),
    ):
        if wrong := set(given) - set(known):
            parser.error(f"{' '.join(sorted(wrong))}: not one of {', '.join(known)}")
    if options.short:
        options.turns, options.interruptions = 4, 1
    return options


def _talk(turns: int, interruptions: int) -> Talk:
    say("making what the learner says")
    speakers = Speakers(ROOT / "var" / "bench" / "turns")
    try:
        return talk(TakeMaker(speakers), turns=turns, interruptions=interruptions)
    finally:
        speakers.close()


def _mode(mode: str, talked: Talk, options: argparse.Namespace) -> tuple[Any, Any]:
    from .systems import started  # noqa: PLC0415 after setup
    from .talking import Talking  # noqa: PLC0415

    FOLDER.mkdir(parents=True, exist_ok=True)
    told = FOLDER / "told.txt"
    told.write_text("Hello.", "utf-8")
    with started(
        mode, options.only, told=told, logs=FOLDER, tuned=options.tuned
    ) as systems:
        talking = Talking(
            systems.partners, systems.usage, lambda text: told.write_text(text, "utf-8")
        )
        asyncio.run(talking.run(talked))
        return talking, systems.versions


def _floor(talked: Talk, ours: System) -> dict[str, float]:
    """Return what lies between our first sound and the models under it."""
    from inference import conf  # noqa: PLC0415 after setup

    answered = list(answered_by(talked, ours))
    if not answered:
        return {}
    try:
        return gap(answered, floors(answered))
    finally:
        conf.shutdown()


def _settings() -> dict[str, Any]:
    from django.conf import settings  # noqa: PLC0415

    from .systems import BEAM  # noqa: PLC0415

    return {
        "beam": BEAM,
        "scorer": settings.INFERENCE["ENGINES"]["scorer"]["NAME"],
        "openers": settings.TEACHING["OPENERS"],
        **{key: settings.LIVE[key] for key in _SETTINGS if key in settings.LIVE},
    }


if __name__ == "__main__":
    main()
