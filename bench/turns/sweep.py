"""``make plot-turns``: the decision with other limits and levels, beside fixed pauses.

Prints what ``training.plot_turns`` draws, as JSON. Each figure is of ``FAST=1`` with
recognised words.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import django

from bench.report import percentile, say
from sessions.turns.turn_taking import TurnTakingSettings
from tutor.learner import Level

from .figures import Judged
from .practice import Half, practice_scripts
from .scripts import Kind, all_scripts
from .speakers import Speakers
from .takes import Take, TakeMaker

ROOT = Path(__file__).resolve().parents[2]
RISKS = (0.01, 0.02, 0.03, 0.05, 0.1, 0.3, 0.5)
PAUSES_MS = (300, 450, 600, 800, 1_000, 1_500, 2_000, 3_000)


def main() -> None:
    """Play all of it, print the figures."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.turns_settings")
    os.environ["TUTOR_TURN_TAKING"] = "model"
    django.setup()
    from inference.conf import shutdown  # noqa: PLC0415

    folder = ROOT / "var" / "bench" / "turns"
    speakers = Speakers(folder)
    try:
        maker = TakeMaker(speakers)
        takes = [t for t in maker.make(all_scripts()) if t.kind is Kind.TURN]
        print(json.dumps(_swept(takes, maker, folder)))  # noqa: T201
    finally:
        speakers.close()
        shutdown()


def _swept(takes: Sequence[Take], maker: TakeMaker, folder: Path) -> dict[str, Any]:
    from inference.conf import get_engine  # noqa: PLC0415
    from inference.stages.stage import EngineKind  # noqa: PLC0415
    from sessions.turns.near_voice import NearVoice  # noqa: PLC0415

    from .fast_runs import Ears, by_decision, by_pause, recogniser_in  # noqa: PLC0415
    from .remembered import RememberedDetector, remembered  # noqa: PLC0415

    detector = NearVoice(RememberedDetector(get_engine(EngineKind.DETECTOR)))
    turns = get_engine(EngineKind.TURN_DETECTOR)
    ears = Ears(detector, remembered(turns.end_probability), recogniser_in(folder))
    unseen = maker.make(practice_scripts(Half.UNSEEN))

    def pause(silence_ms: float, played: Sequence[Take] = takes) -> list[Judged]:
        return _all(
            lambda on: by_pause(
                played, maker, on, detector=detector, silence_ms=silence_ms
            )
        )

    def model(
        risk: float = TurnTakingSettings().risk,
        level: Level = Level.B1,
        played: Sequence[Take] = takes,
    ) -> list[Judged]:
        say(f"risk {risk}, level {level}")
        limits = TurnTakingSettings(risk=risk)
        return _all(
            lambda on: by_decision(played, on, ears, limits=limits, level=level)
        )

    def trade(played: Sequence[Take]) -> dict[str, Any]:
        pauses = [{"at": ms, **_trade(pause(ms, played))} for ms in PAUSES_MS]
        risks = [{"at": risk, **_trade(model(risk, played=played))} for risk in RISKS]
        return {"pauses": pauses, "risks": risks}

    return {
        "pause": _by_class(pause(600)),
        "model": _by_class(model()),
        "trade": {"bench": trade(takes), "unseen": trade(unseen)},
        "levels": {level.value: _by_class(model(level=level)) for level in Level},
    }


def _all(play: Callable[[Callable[[Judged], None]], None]) -> list[Judged]:
    judged: list[Judged] = []
    play(judged.append)
    return judged


def _waits(judged: Sequence[Judged]) -> list[float]:
    waits = (each.verdict.end_wait_ms for each in judged)
    return [wait for wait in waits if wait is not None]


def _trade(judged: Sequence[Judged]) -> dict[str, float]:
    cut = sum(each.verdict.cut_in for each in judged)
    waits = _waits(judged)
    return {
        "cut_in": cut / len(judged),
        "wait_p50": percentile(waits, 0.5),
        "wait_mean": sum(waits) / len(waits),
    }


def _by_class(judged: Sequence[Judged]) -> dict[str, dict[str, float]]:
    found = {}
    for label in dict.fromkeys(each.take.label for each in judged):
        group = [each for each in judged if each.take.label == label]
        waits = _waits(group) or [0.0]
        found[label] = {
            "turns": len(group),
            "cut_in": sum(each.verdict.cut_in for each in group),
            "p50": percentile(waits, 0.5),
            "p95": percentile(waits, 0.95),
        }
    return found


if __name__ == "__main__":
    main()
