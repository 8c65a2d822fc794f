"""What the gate refuses: sounds that are no reading, and other people's voices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from inference.types.assessment import AssessmentOutcome
from training.corpus import Reading, load_audio

from .pronunciation_pass import Judged, assess, in_parallel
from .pronunciation_sounds import SEED, sounds
from .pronunciation_system import Judge, as_text

CLIPS = 20
# So many readings of each speaker are tried with their own and with another's voice.
PER_SPEAKER = 3

JUDGED = (AssessmentOutcome.JUDGED, AssessmentOutcome.INCOMPLETE)


def shares(outcomes: Iterable[AssessmentOutcome]) -> dict[str, Any]:
    """Return how many were refused, and what was said of them."""
    counted = Counter(outcomes)
    total = sum(counted.values())
    if not total:
        return {"n": 0}
    refused = sum(n for outcome, n in counted.items() if outcome not in JUDGED)
    return {
        "n": total,
        "refused": round(refused / total, 4),
        "outcomes": {str(outcome): n for outcome, n in sorted(counted.items())},
    }


def refused_sounds(
    scorer: Judge, readings: Sequence[Reading], workers: int
) -> dict[str, Any]:
    """Return what becomes of sounds that are no reading, by kind."""
    rng = np.random.default_rng(SEED)
    picked = rng.choice(len(readings), size=min(CLIPS, len(readings)), replace=False)
    speech = [load_audio(readings[index].audio) for index in picked]
    texts = [as_text(readings[index]) for index in picked]
    found = {}
    for kind, clips in sounds(speech, CLIPS).items():
        pairs = [(clip, texts[i % len(texts)]) for i, clip in enumerate(clips)]
        outcomes = in_parallel(
            lambda pair: assess(scorer, *pair).outcome, pairs, workers, name=kind
        )
        found[kind] = shares(outcomes)
    return found


def refused_voices(
    scorer: Judge, judged: Sequence[Judged], workers: int
) -> dict[str, Any]:
    """Return how often a speaker passes with the own voice, and with another's."""
    known = [one for one in judged if one.shown.voice is not None]
    speakers: dict[str, list[Judged]] = {}
    for one in known:
        speakers.setdefault(one.reading.speaker, []).append(one)
    rng = np.random.default_rng(SEED)
    own, other = [], []
    for speaker, readings in sorted(speakers.items()):
        strangers = [one for one in known if one.reading.speaker != speaker]
        if len(readings) < 2 or not strangers:
            continue
        first, *rest = readings
        for one in rest[:PER_SPEAKER]:
            own.append((one, first))
            other.append((one, strangers[int(rng.integers(len(strangers)))]))

    def ask(pair: tuple[Judged, Judged]) -> AssessmentOutcome:
        one, before = pair
        samples = load_audio(one.reading.audio)
        text = as_text(one.reading)
        return assess(scorer, samples, text, voice=before.shown.voice).outcome

    return {
        "own_voice": shares(in_parallel(ask, own, workers, name="own voice")),
        "other_voice": shares(in_parallel(ask, other, workers, name="other voice")),
    }
