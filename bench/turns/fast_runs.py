"""Which decision ``FAST=1`` plays the takes to: what the settings say."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.conf import settings

from bench.report import say
from inference.conf import get_engine, shutdown
from inference.stages.stage import EngineKind
from sessions.turns.segmenter import SegmenterSettings
from sessions.turns.turn_taking import TurnTaking, TurnTakingSettings
from tutor.learner import Level

from . import decided, fast
from .figures import Judged
from .live import AT_LENGTH
from .scripts import Kind
from .takes import Take, TakeMaker


def run(
    takes: Sequence[Take], maker: TakeMaker, *, on_judged: Callable[[Judged], None]
) -> None:
    """Play the takes one after the other."""
    try:
        if settings.LIVE["TURN_TAKING"] == "model":
            _by_decision(takes, on_judged)
        else:
            _by_pause(takes, maker, on_judged)
    finally:
        shutdown()


def _by_pause(
    takes: Sequence[Take], maker: TakeMaker, on_judged: Callable[[Judged], None]
) -> None:
    conf = settings.LIVE
    limits = SegmenterSettings(
        end_silence_ms=conf["END_SILENCE_MS"],
        candidate_silence_ms=conf["CANDIDATE_SILENCE_MS"],
        max_utterance_ms=conf["MAX_UTTERANCE_MS"],
    )
    tutor = maker.tutor(AT_LENGTH)
    detector = get_engine(EngineKind.DETECTOR)
    for take in takes:
        on_judged(
            fast.verdict_of(take, detector=detector, settings=limits, tutor=tutor)
        )


def _by_decision(takes: Sequence[Take], on_judged: Callable[[Judged], None]) -> None:
    conf = settings.LIVE
    limits = TurnTakingSettings(
        risk=conf["CUT_IN_RISK"],
        pause_ms=conf["END_SILENCE_MS"],
        thinking_ms=conf["THINKING_MS"],
    )
    detector = get_engine(EngineKind.DETECTOR)
    turn_detector = get_engine(EngineKind.TURN_DETECTOR)
    talks: dict[str, TurnTaking] = {}
    say("what the tutor stops for is not decided here: takes over it are left out")
    for take in takes:
        if take.kind is not Kind.TURN:
            continue
        # Each speaker is a learner whose pauses are remembered.
        taking = talks.setdefault(
            take.speaker, TurnTaking(language="en", level=Level.B1, settings=limits)
        )
        on_judged(
            decided.verdict_of(
                take,
                detector=detector,
                taking=taking,
                end_probability=turn_detector.end_probability,
            )
        )
