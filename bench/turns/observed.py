"""What is known at each pause of the takes: voice, words, and whether the turn was over.

``python -m bench.turns.observed`` writes it to ``var/bench/turns/observed.json``, for
``bench.turns.fitted`` to fit the decision's numbers on.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import django

from bench.report import say
from inference.protocols import SpeechDetector
from inference.types.audio import FloatSamples
from sessions.turns.segmenter import (
    CandidateReady,
    Segmenter,
    SegmenterSettings,
)

from .decided import LOOK_MS, text_at
from .fast import FRAME_S, VirtualClock
from .heard import Recogniser
from .scripts import Kind
from .speakers import RATE_HZ, Speakers
from .takes import Take, TakeMaker

ROOT = Path(__file__).resolve().parents[2]
# What voice detection hears of the end of a turn may be so much shorter.
_TOLERANCE_S = 0.15
_NEVER_MS = 3_600_000.0
Prepared = Callable[[FloatSamples], FloatSamples]


@dataclass(frozen=True, slots=True)
class Observation:
    """One pause. ``detected``: the detector's probability, by how the sound was prepared.

    ``over``: the turn was. ``pause_ms`` is how long the pause lasts where it is not.
    ``last_confidence`` is how sure the recogniser is of the last word that it heard.
    ``hesitated_ms`` is the longest pause before this one in the turn.
    """

    take: str
    half: str
    label: str
    speaker: str
    noise: str
    asked: str
    said: str
    heard: str
    over: bool
    pause_ms: float
    hesitated_ms: float
    last_confidence: float
    detected: dict[str, float]


def observations(
    take: Take,
    *,
    half: str,
    detector: SpeechDetector,
    prepared: Mapping[str, Prepared],
    end_probability: Callable[[FloatSamples], float | None],
    recogniser: Recogniser,
) -> Iterator[Observation]:
    """Return what is known at each pause of one take."""
    for clip, whole, voiced_s, pause_ms, hesitated_ms in _pauses(take, detector):
        transcript = recogniser.hear(clip).transcript
        variants = {
            name: end_probability(prepare(whole)) or 0.0
            for name, prepare in prepared.items()
        }
        variants["trimmed"] = end_probability(clip.as_float32()) or 0.0
        yield Observation(
            take=take.name,
            half=half,
            label=take.label,
            speaker=take.speaker,
            noise=str(take.noise or "none"),
            asked=take.asked,
            said=text_at(take, int(voiced_s * RATE_HZ)),
            heard=transcript.text,
            over=voiced_s >= take.truth.ends / RATE_HZ - _TOLERANCE_S,
            pause_ms=pause_ms,
            hesitated_ms=hesitated_ms,
            last_confidence=(
                transcript.words[-1].confidence if transcript.words else 0.0
            ),
            detected=variants,
        )


def _pauses(take: Take, detector: SpeechDetector) -> list[Any]:
    """Return clip, sound with the silence after it, its end, and the pauses around."""
    clock = VirtualClock()
    limits = SegmenterSettings(end_silence_ms=_NEVER_MS, candidate_silence_ms=LOOK_MS)
    segmenter = Segmenter(detector.open(), limits, clock=clock)
    found: list[Any] = []
    voiced_s, longest_ms, open_ = 0.0, 0.0, False
    for frame in take.frames:
        clock.now_s += FRAME_S
        for event in segmenter.push(frame):
            if isinstance(event, CandidateReady):
                whole = segmenter.snapshot().as_float32()
                found.append([event.clip, whole, voiced_s, 9_999.0, longest_ms])
                open_ = True
        if segmenter.recently_voiced:
            if open_:
                pause_ms = 1000 * (clock.now_s - voiced_s)
                found[-1][3] = pause_ms
                longest_ms = max(longest_ms, pause_ms)
                open_ = False
            voiced_s = clock.now_s
    return found


def gather(
    takes: Iterable[tuple[str, Take]], *, prepared: Mapping[str, Prepared], folder: Path
) -> list[Observation]:
    """Return what is known at the pauses of takes, each with the half it belongs to."""
    from inference.conf import get_engine  # noqa: PLC0415
    from inference.stages.stage import EngineKind  # noqa: PLC0415
    from sessions.turns.near_voice import NearVoice  # noqa: PLC0415

    from .fast_runs import recogniser_in  # noqa: PLC0415

    recogniser = recogniser_in(folder)
    detector = NearVoice(get_engine(EngineKind.DETECTOR))
    turns = get_engine(EngineKind.TURN_DETECTOR)
    found: list[Observation] = []
    for half, take in takes:
        if take.kind is not Kind.TURN:
            continue
        of_take = list(
            observations(
                take,
                half=half,
                detector=detector,
                prepared=prepared,
                end_probability=turns.end_probability,
                recogniser=recogniser,
            )
        )
        for each in of_take:
            mark = "over" if each.over else f"{each.pause_ms:.0f} ms"
            shown = " ".join(f"{k} {v:.2f}" for k, v in each.detected.items())
            say(
                f"{half} {take.name} {each.speaker} {each.noise}: {mark}; {shown}; {each.heard!r}"
            )
        found += of_take
    return found


def main() -> None:
    """Gather and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="every so-manieth take")
    parser.add_argument("--halves", default="fit,held_out,bench")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.turns_settings")
    os.environ.setdefault("TUTOR_TURN_TAKING", "model")
    django.setup()
    from inference.conf import shutdown  # noqa: PLC0415

    from .practice import Half, practice_scripts  # noqa: PLC0415
    from .scripts import all_scripts  # noqa: PLC0415

    folder = ROOT / "var" / "bench" / "turns"
    speakers = Speakers(folder)
    maker = TakeMaker(speakers)
    takes: list[tuple[str, Take]] = []
    try:
        for name in options.halves.split(","):
            scripts = all_scripts() if name == "bench" else practice_scripts(Half(name))
            made = maker.make(scripts)[:: options.every]
            takes += [(name, take) for take in made]
        found = gather(takes, prepared=PREPARED, folder=folder)
    finally:
        speakers.close()
        shutdown()
    written = json.dumps([asdict(each) for each in found], default=float)
    (folder / "observed.json").write_text(written, "utf-8")


def _prepared() -> dict[str, Prepared]:
    from sessions.turns.turn_sound import since_pause  # noqa: PLC0415

    return {
        "whole": lambda samples: samples,
        "since": since_pause,
        "since_500": lambda s: since_pause(s, pause_ms=500),
    }


PREPARED = _prepared()

if __name__ == "__main__":
    main()
