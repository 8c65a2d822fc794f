"""What was said in an exercise of a lesson: recognised, and judged as far as can be."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from inference.errors import StageError
from inference.protocols import Cancelled
from inference.runners.base import StageRunner
from inference.stages.stage import Stage
from inference.types.assessment import (
    AssessmentOutcome,
    AssessRequest,
    PromptSource,
    PronunciationAssessment,
    Verdict,
)
from inference.types.audio import AudioClip
from learners.services.lesson_attempts import Sounds
from tutor.exercises.comparing import DifferenceKind, differences
from tutor.exercises.forms import tokens

from .turns.hearing import transcribe

_JUDGED = frozenset({AssessmentOutcome.JUDGED, AssessmentOutcome.INCOMPLETE})
# The sound itself was no answer: try again.
_NOT_HEARD = frozenset(
    {
        AssessmentOutcome.SILENCE,
        AssessmentOutcome.NOISE,
        AssessmentOutcome.CLIPPED,
        AssessmentOutcome.TOO_SHORT,
        AssessmentOutcome.OTHER_VOICE,
    }
)
# So much of the text was recognised, and the scorer's doubt is about sounds alone.
_WORDS_ENOUGH = 0.5


@dataclass(frozen=True, slots=True)
class Said:
    """What was recognised; ``assessment`` is None where nothing judged the sounds."""

    heard: str
    assessment: PronunciationAssessment | None

    @property
    def is_judged(self) -> bool:
        """Whether there are marks for the words."""
        return self.assessment is not None and self.assessment.outcome in _JUDGED

    @property
    def sounds(self) -> Sounds | None:
        """The marks in numbers, where experts' ratings stand behind them."""
        found = self.assessment
        if found is None or not self.is_judged or not found.validated:
            return None
        to_work_on = sum(word.verdict is Verdict.WORK for word in found.words)
        return Sounds(len(found.words), to_work_on)


async def judge_said(
    runner: StageRunner,
    clip: AudioClip,
    *,
    text: str,
    language: str,
    cancelled: Cancelled,
) -> Said:
    """Recognise a clip and judge it against ``text``, or against what was heard.

    A scorer that fails takes nothing away. Raises StageError ``asr.failed``.
    """
    heard = await transcribe(runner, clip, language=language, cancelled=cancelled)
    words = heard.transcript.text.strip()
    if not (text or words):
        return Said("", None)
    request = AssessRequest(
        clip=clip,
        text=text or words,
        language=language,
        source=PromptSource.READ if text else PromptSource.HEARD,
        heard=heard.transcript,
    )
    try:
        async for produced in runner.run(Stage.ASSESS, request, cancelled=cancelled):
            return Said(words, replace(produced.value, voice=None))
    except StageError:
        pass
    return Said(words, None)


def was_not_heard(said: Said, *, text: str, language: str) -> bool:
    """Whether there is nothing to be marked, so that the learner should try again."""
    found = said.assessment
    if found is not None and found.outcome in _NOT_HEARD:
        return True
    if not tokens(said.heard, language):
        return not said.is_judged
    if found is not None and found.outcome is AssessmentOutcome.WRONG_TEXT:
        return share_heard(said.heard, text, language) < _WORDS_ENOUGH
    return False


def share_heard(heard: str, text: str, language: str) -> float:
    """Return how much of a text was recognised, 0 to 1."""
    wanted = tokens(text, language)
    if not wanted:
        return 0.0
    missed = sum(
        one.kind is not DifferenceKind.EXTRA
        for one in differences(heard, text, language, lambda word: True)
    )
    return max(0.0, 1 - missed / len(wanted))


def note_of(said: Said) -> str:
    """Return what to know about the marks, in words; ``""`` where sounds were judged."""
    if said.is_judged:
        return ""
    found = said.assessment
    if found is not None and found.outcome is AssessmentOutcome.UNSUPPORTED_LANGUAGE:
        return _(
            "I judged the words I recognised. I cannot judge sounds in this language yet."
        )
    return _("I judged the words I recognised, not the sounds.")
