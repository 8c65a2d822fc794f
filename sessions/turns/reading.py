"""A text read aloud, outside of a talk: recognised, then judged against the text."""

from __future__ import annotations

from dataclasses import dataclass, replace

from inference.errors import StageError
from inference.protocols import Cancelled
from inference.runners.base import StageRunner
from inference.stages.stage import STAGES, Stage
from inference.types.assessment import (
    AssessRequest,
    PromptSource,
    PronunciationAssessment,
)
from inference.types.audio import AudioClip

from .hearing import transcribe


@dataclass(frozen=True, slots=True)
class Reading:
    """What was heard, and how it was said."""

    heard: str
    assessment: PronunciationAssessment


async def judge_reading(
    runner: StageRunner,
    clip: AudioClip,
    text: str,
    *,
    language: str,
    cancelled: Cancelled,
) -> Reading:
    """Judge a clip against the text that should have been read.

    Raises StageError ``asr.failed`` or ``assess.failed``.
    """
    heard = await transcribe(runner, clip, language=language, cancelled=cancelled)
    request = AssessRequest(
        clip=clip,
        text=text,
        language=language,
        source=PromptSource.READ,
        heard=heard.transcript,
    )
    async for produced in runner.run(Stage.ASSESS, request, cancelled=cancelled):
        # Nobody looks at a voice print here: it goes no further.
        assessment = replace(produced.value, voice=None)
        return Reading(heard.transcript.text.strip(), assessment)
    raise StageError(STAGES[Stage.ASSESS].failed_code, "the scorer gave no result")
