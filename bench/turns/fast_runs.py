"""Which decision ``FAST=1`` plays the takes to: what the settings say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from bench.report import say
from inference.conf import engine_name, get_engine, shutdown
from inference.protocols import SpeechDetector
from inference.stages.stage import EngineKind
from sessions.turns.near_voice import NearVoice
from sessions.turns.segmenter import SegmenterSettings
from sessions.turns.turn_taking import TurnTaking, TurnTakingSettings
from tutor.learner import Level

from . import decided, fast
from .figures import Judged
from .heard import Recogniser
from .live import AT_LENGTH
from .scripts import Kind
from .takes import Take, TakeMaker

OnJudged = Callable[[Judged], None]


def run(
    takes: Sequence[Take],
    maker: TakeMaker,
    *,
    on_judged: OnJudged,
    folder: Path,
    words: str = "heard",
    table: bool = False,
) -> None:
    """Play the takes one after the other.

    ``words`` are what is ``heard``, kept in ``folder``, or the ``script``'s. ``table`` shows
    what was known and decided at each pause.
    """
    try:
        if settings.LIVE["TURN_TAKING"] == "model":
            recogniser = recogniser_in(folder) if words == "heard" else None
            by_decision(takes, on_judged, Ears.of_deployment(recogniser), table=table)
        else:
            by_pause(takes, maker, on_judged, detector=NearVoice(_detector()))
    finally:
        shutdown()


def recogniser_in(folder: Path) -> Recogniser:
    """Return the deployment's recogniser, which keeps what it heard below a folder."""
    conf = settings.INFERENCE["ENGINES"]["transcriber"]
    name = f"{engine_name(EngineKind.TRANSCRIBER)} {sorted(conf['OPTIONS'].items())}"
    transcriber = get_engine(EngineKind.TRANSCRIBER)
    transcriber.warm()
    return Recogniser(transcriber, folder / "heard", name=name)


@dataclass(frozen=True, slots=True)
class Ears:
    """What hears; ``recogniser`` None: the script's words are heard."""

    detector: SpeechDetector
    end_probability: decided.EndProbability
    recogniser: Recogniser | None

    @classmethod
    def of_deployment(cls, recogniser: Recogniser | None) -> Ears:
        """Return the deployment's voice detection and turn detector."""
        turns = get_engine(EngineKind.TURN_DETECTOR)
        return cls(NearVoice(_detector()), turns.end_probability, recogniser)


def by_decision(
    takes: Sequence[Take],
    on_judged: OnJudged,
    ears: Ears,
    *,
    table: bool = False,
    limits: TurnTakingSettings | None = None,
    level: Level = Level.B1,
) -> None:
    """Play the takes to the decision; each speaker is a learner whose pauses are kept."""
    conf = settings.LIVE
    limits = limits or TurnTakingSettings(
        risk=conf["CUT_IN_RISK"],
        pause_ms=conf["END_SILENCE_MS"],
        thinking_ms=conf["THINKING_MS"],
    )
    hear = ears.recogniser.hear if ears.recogniser else None
    talks: dict[str, TurnTaking] = {}
    for take in takes:
        # What the tutor stops for is not decided here.
        if take.kind is not Kind.TURN:
            continue
        taking = talks.setdefault(
            take.speaker, TurnTaking(language="en", level=level, settings=limits)
        )
        on_judged(
            decided.verdict_of(
                take,
                detector=ears.detector,
                taking=taking,
                end_probability=ears.end_probability,
                recognise=hear,
                on_pause=_tell if table else lambda _: None,
            )
        )


def by_pause(
    takes: Sequence[Take],
    maker: TakeMaker,
    on_judged: OnJudged,
    *,
    detector: SpeechDetector,
    silence_ms: float | None = None,
) -> None:
    """Play the takes to a silence that is always as long."""
    conf = settings.LIVE
    limits = SegmenterSettings(
        end_silence_ms=silence_ms or conf["END_SILENCE_MS"],
        candidate_silence_ms=conf["CANDIDATE_SILENCE_MS"],
        max_utterance_ms=conf["MAX_UTTERANCE_MS"],
    )
    tutor = maker.tutor(AT_LENGTH)
    for take in takes:
        on_judged(
            fast.verdict_of(take, detector=detector, settings=limits, tutor=tutor)
        )


def _detector() -> SpeechDetector:
    found: SpeechDetector = get_engine(EngineKind.DETECTOR)
    return found


def _tell(pause: decided.Pause) -> None:
    heard, decision = pause.heard, pause.decision
    sure = "-" if heard.last_confidence is None else f"{heard.last_confidence:.2f}"
    detected = "-" if heard.end_probability is None else f"{heard.end_probability:.2f}"
    say(
        f"      at {pause.at_s:5.2f} s: voice {detected}, {decision.ending.value}"
        f", last word {sure}, wait {decision.wait_ms:.0f} ms: {heard.text!r}"
    )
