"""Measures this host, one engine after the other, nothing beside it."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing
from threading import Event

from inference.protocols import SpeechSynthesizer
from inference.stages.stage import EngineKind
from inference.types.speech import SpeechChunk, SynthesisRequest

from . import answering, hearing
from .engines import made, name_of
from .figures import HostFigures

SPOKEN = "Yesterday I went to the market with my sister and we bought two apples."


def measure(
    *, runs: int, say: Callable[[str], None], with_face: bool = False
) -> HostFigures:
    """Return what this host can do. ``say`` is told what is going on.

    The drawn head is measured where it is chosen, or with ``with_face``: it takes a while.
    Raises StageError where an engine that talks need cannot be used.
    """
    cores, load = _cores(), os.getloadavg()[0]
    say("voice")
    chunk = _spoken()
    clip = hearing.four_seconds(chunk.clip)
    voice_s = answering.voice_s("en", runs)
    say("voice detection, end of turns")
    detector_s = hearing.detector_s(clip)
    turn_detector_s = hearing.turn_detector_s(clip, runs)
    say("recognition")
    recognition = tuple(hearing.recognition(clip, _threads(cores), runs))
    scoring_s = hearing.scoring_s(clip, SPOKEN, runs)
    say("language model")
    writing = tuple(answering.writing(_threads(cores), runs))
    face = None
    if with_face or name_of(EngineKind.FACE_RENDERER) == "cpu_head":
        say("face")
        face = answering.face(chunk)
    return HostFigures(
        cores=cores,
        recognition=recognition,
        writing=writing,
        voice_s=voice_s,
        detector_s=detector_s,
        turn_detector_s=turn_detector_s,
        scoring_s=scoring_s,
        face_cores=face[0] if face else None,
        face_keeps_up=face[1] if face else False,
        own_model=name_of(EngineKind.DIALOGUE) == "llama_cpp",
        load=load,
    )


def _spoken() -> SpeechChunk:
    engine: SpeechSynthesizer = made(EngineKind.SYNTHESIZER)
    with closing(engine):
        return next(
            iter(engine.synthesize(SynthesisRequest(SPOKEN), cancelled=Event()))
        )


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _threads(cores: int) -> list[int]:
    """Return the numbers of threads worth trying: all, those but two, four, half of them."""
    tried = {cores, cores // 2, min(cores, 4)}
    if cores > 4:
        tried.add(cores - 2)
    return sorted({max(1, each) for each in tried})
