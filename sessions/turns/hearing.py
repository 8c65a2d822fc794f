"""What the learner said: recognition of one utterance."""

from __future__ import annotations

import time
from dataclasses import replace

from inference.protocols import Cancelled
from inference.runners.base import StageRunner
from inference.stages.stage import Stage
from inference.types.audio import AudioClip
from inference.types.speech import TranscribeRequest, Transcript

from .context import LearnerWords, Transcribed
from .events import Source
from .growing import GrowingUtterance

# With the silence around it no word takes less.
SHORTEST_ANSWER_MS = 600.0

_NOTHING = Transcript(
    text="", words=(), language="", confidence=0.0, no_speech_probability=1.0
)


async def transcribe(
    runner: StageRunner,
    clip: AudioClip,
    *,
    language: str,
    cancelled: Cancelled,
    hint: str = "",
) -> Transcribed:
    """Return the final transcript of a clip, with features for the scorer.

    ``hint`` is what was said before it. Raises StageError.
    """
    request = TranscribeRequest(
        clip=clip, language=language, want_features=True, hint=hint
    )
    async for produced in runner.run(Stage.TRANSCRIBE, request, cancelled=cancelled):
        return Transcribed(produced.value, produced.began_at, produced.produced_at)
    now = time.monotonic()
    return Transcribed(_NOTHING, now, now)


async def transcribe_rest(
    runner: StageRunner,
    clip: AudioClip,
    grown: GrowingUtterance,
    *,
    language: str,
    cancelled: Cancelled,
    asked: str = "",
) -> Transcribed:
    """Return the final transcript of an utterance of which a part is recognised.

    A word by itself is hard to hear: where none is made out, one is looked for once more as
    an answer to the question ``asked``, if there was one. Raises StageError.
    """
    rest = grown.rest(clip)
    heard = await transcribe(
        runner, rest, language=language, cancelled=cancelled, hint=grown.hint
    )
    nothing = not (grown.text or heard.transcript.text).strip()
    if asked and nothing and rest.duration_ms >= SHORTEST_ANSWER_MS:
        again = await transcribe(
            runner, rest, language=language, cancelled=cancelled, hint=asked
        )
        heard = replace(again, began_at=heard.began_at)
    return replace(heard, transcript=grown.whole(heard.transcript))


async def transcribe_partial(
    runner: StageRunner, clip: AudioClip, *, language: str, cancelled: Cancelled
) -> str:
    """Return a quick look at unfinished speech. Raises StageError."""
    request = TranscribeRequest(clip=clip, language=language, partial=True)
    async for produced in runner.run(Stage.TRANSCRIBE, request, cancelled=cancelled):
        transcript: Transcript = produced.value
        return transcript.text
    return ""


def words_of(heard: Transcribed) -> LearnerWords | None:
    """Return the learner's words as they were recognised; None: there are none."""
    transcript = heard.transcript
    text = transcript.text.strip()
    if not text:
        return None
    return LearnerWords(
        text,
        Source.SPEECH,
        words=transcript.words,
        language=transcript.language,
        confidence=transcript.confidence,
    )


def stable_prefix(previous: str, current: str) -> str:
    """Return the leading words that two partial transcripts share."""
    shared = []
    for before, now in zip(previous.split(), current.split(), strict=False):
        if before.strip(".,!?").lower() != now.strip(".,!?").lower():
            break
        shared.append(now)
    return " ".join(shared)
