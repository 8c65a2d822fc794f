"""A turn of the talk as the teacher sees it, and the teacher's clauses as the turn's."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from contextlib import aclosing
from dataclasses import replace

from inference.errors import StageError
from inference.runners.base import StageRunner
from inference.types.assessment import DiagnosisKind, PronunciationAssessment
from inference.types.dialogue import DialogueRequest, Message
from inference.types.speech import Word
from tutor.completion import CompletionError
from tutor.history import TalkState
from tutor.learner import HeardWord, LearnerTurn, SoundProblem
from tutor.teaching import Spoken, TaughtTurn, Teacher

from .answering import reply_deltas
from .context import LearnerWords, TurnContext
from .events import Source
from .health import StageHealth

Teach = Callable[[TurnContext], AsyncGenerator[str, None]]


class TalkTeacher:
    """Teaches the turns of one talk, one after the other, and remembers its course."""

    def __init__(
        self,
        teacher: Teacher,
        *,
        runner: StageRunner,
        health: StageHealth,
        state: TalkState,
        stop_looking: Callable[[], None],
    ) -> None:
        self._teacher = teacher
        self._runner = runner
        self._health = health
        self._before: dict[int, TalkState] = {}
        self._sounds: tuple[SoundProblem, ...] = ()
        self._stop_looking = stop_looking
        self._looking: asyncio.Task[None] | None = None
        self._began_at = time.monotonic() - 60.0 * state.minutes
        self.state = state

    async def clauses(self, ctx: TurnContext) -> AsyncGenerator[str, None]:
        """Yield what the tutor says; ``ctx.taught`` holds the turn afterwards."""
        began = time.monotonic()
        self._look_no_more()
        # A turn that is answered again starts from what was before it.
        state = self._before.setdefault(ctx.index, self.state)
        state = replace(state, minutes=(time.monotonic() - self._began_at) / 60.0)
        steps = self._teacher.speak(
            self._turn(ctx),
            state,
            [(message.role, message.text) for message in ctx.history[1:]],
            stream=lambda messages: self._stream(ctx, messages),
        )
        async with aclosing(steps):
            async for step in steps:
                if isinstance(step, Spoken):
                    yield step.text
                else:
                    ctx.timer.span("analyse", began, began + step.analysis_ms / 1000)
                    self._taught(ctx, step)
                    if not step.analysis.judged:
                        again = self._look_again(ctx, step)
                        self._looking = asyncio.create_task(again)

    def heard(self, assessment: PronunciationAssessment) -> None:
        """Take the sounds of a turn that was judged after it was answered."""
        self._sounds = sound_problems(assessment)

    async def _look_again(self, ctx: TurnContext, taught: TaughtTurn) -> None:
        """Have the model look at a turn while its answer is being heard.

        It comes too late for the answer, not for what is remembered and reported.
        """
        analysis = await self._teacher.look_again(learner_turn(_words(ctx)))
        if analysis.judged and ctx.taught is taught:
            ctx.taught = replace(taught, analysis=analysis)

    def _look_no_more(self) -> None:
        """Leave the model to the next turn."""
        if self._looking is not None and not self._looking.done():
            self._stop_looking()
            self._looking.cancel()
        self._looking = None

    def _turn(self, ctx: TurnContext) -> LearnerTurn:
        words = _words(ctx)
        sounds, self._sounds = self._sounds, ()
        if words.assessment is not None:
            sounds = sound_problems(words.assessment)
        return replace(learner_turn(words), sounds=sounds)

    def _taught(self, ctx: TurnContext, taught: TaughtTurn) -> None:
        ctx.taught = taught
        self.state = taught.state
        self._before = {ctx.index: self._before[ctx.index]}

    async def _stream(
        self, ctx: TurnContext, messages: Sequence[tuple[str, str]]
    ) -> AsyncIterator[str]:
        request = DialogueRequest(
            messages=tuple(Message(role, text) for role, text in messages),  # type: ignore[arg-type]
            conversation=ctx.conversation,
            max_tokens=ctx.max_reply_tokens,
            temperature=ctx.temperature,
        )
        deltas = reply_deltas(
            ctx, runner=self._runner, health=self._health, request=request
        )
        try:
            async with aclosing(deltas):
                async for text in deltas:
                    yield text
        except StageError as error:
            raise CompletionError(error.code) from error


def _words(ctx: TurnContext) -> LearnerWords:
    return ctx.learner or LearnerWords("", Source.TEXT)


def learner_turn(words: LearnerWords) -> LearnerTurn:
    """Return the learner's words as the teacher takes them."""
    return LearnerTurn(
        text=words.text,
        spoken=bool(words.words),
        words=_placed(words.text, words.words),
        language=words.language,
    )


def sound_problems(assessment: PronunciationAssessment) -> tuple[SoundProblem, ...]:
    """Return the phonemes that were flagged, surest first."""
    if not assessment.judged:
        return ()
    found = [
        SoundProblem(
            word=word.text.strip(".,;:!?\"'"),
            phoneme=phoneme.phoneme,
            heard=phoneme.diagnosis.heard or ""
            if phoneme.diagnosis is not None
            and phoneme.diagnosis.kind is DiagnosisKind.SUBSTITUTED
            else "",
            probability=phoneme.wrong_probability or 0.0,
        )
        for word in assessment.words
        for phoneme in word.phonemes
        if phoneme.flagged
    ]
    return tuple(sorted(found, key=lambda one: -one.probability))


def _placed(text: str, words: Sequence[Word]) -> tuple[HeardWord, ...]:
    """Find each recognised word in the text."""
    placed = []
    at = 0
    for word in words:
        bare = word.text.strip()
        start = text.find(bare, at)
        if start < 0:
            continue
        at = start + len(bare)
        placed.append(HeardWord(bare, start, at, word.confidence))
    return tuple(placed)
