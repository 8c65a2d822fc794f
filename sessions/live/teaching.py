"""The teacher of one live talk, made of plain values and the stages' runner."""

from __future__ import annotations

import asyncio
import concurrent.futures
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from inference.errors import StageError
from inference.runners.base import StageRunner
from inference.stages.stage import Stage
from inference.types.dialogue import DialogueRequest, Message
from sessions.turns.clauses import ClauseCutter
from sessions.turns.health import StageHealth
from sessions.turns.interruption import Interruption
from sessions.turns.teaching import TalkTeacher
from tutor.analysis import Trust
from tutor.brief import LessonPlan
from tutor.completion import Completion, CompletionError
from tutor.history import TalkState
from tutor.learner import Learner
from tutor.teaching import Teacher

# A correction that nobody waits for may take so long.
_LATE_S = 8.0


@dataclass(frozen=True, slots=True)
class TeachingSettings:
    """Whom to teach what, and how far the language model is trusted.

    ``analysis_deadline_s`` is how long an answer waits for the model's correction; with 0
    the rules alone decide it, and the correction comes while it is heard.
    """

    learner: Learner
    plan: LessonPlan
    trust: Trust
    words_corrections: bool
    analysis_deadline_s: float
    state: TalkState = field(default_factory=TalkState)


def make_talk_teacher(
    settings: TeachingSettings, *, runner: StageRunner, health: StageHealth
) -> TalkTeacher:
    """Return the teacher of a talk. To be called on the event loop that the talk runs on."""
    completion = StageCompletion(
        runner,
        asyncio.get_running_loop(),
        deadline_s=settings.analysis_deadline_s or _LATE_S,
        language=settings.learner.l2,
    )
    teacher = Teacher(
        settings.learner,
        settings.plan,
        completion=completion,
        cutter=ClauseCutter,
        trust=settings.trust,
        words_corrections=settings.words_corrections,
        analysis_deadline_s=settings.analysis_deadline_s,
        head_start=settings.analysis_deadline_s > 0,
    )
    return TalkTeacher(
        teacher,
        runner=runner,
        health=health,
        state=settings.state,
        stop_looking=completion.cancel,
    )


class StageCompletion(Completion):
    """Short completions by the model that also words the replies.

    It is called in a thread and runs the stage on the event loop. Each purpose and language
    is a conversation of its own, so that the engine keeps its fixed prompt read.
    """

    def __init__(
        self,
        runner: StageRunner,
        loop: asyncio.AbstractEventLoop,
        *,
        deadline_s: float,
        language: str,
    ) -> None:
        self._runner = runner
        self._loop = loop
        self._deadline_s = deadline_s
        self._language = language
        self._asked: concurrent.futures.Future[str] | None = None

    def cancel(self) -> None:
        """Stop what is going on; whoever waits for it gets a CompletionError."""
        if self._asked is not None:
            self._asked.cancel()

    def __call__(
        self,
        messages: Sequence[tuple[str, str]],
        *,
        max_tokens: int,
        schema: Mapping[str, Any] | None = None,
        purpose: str = "",
    ) -> str:
        """Return the text. Raises CompletionError."""
        request = DialogueRequest(
            messages=tuple(Message(role, text) for role, text in messages),  # type: ignore[arg-type]
            conversation=f"{purpose or 'completion'}:{self._language}",
            max_tokens=max_tokens,
            temperature=0.0,
            schema=schema,
        )
        asked = asyncio.run_coroutine_threadsafe(self._collect(request), self._loop)
        self._asked = asked
        try:
            return asked.result(self._deadline_s)
        except TimeoutError as late:
            asked.cancel()
            raise CompletionError("llm.timeout") from late
        except concurrent.futures.CancelledError as stopped:
            raise CompletionError("cancelled") from stopped
        except StageError as error:
            raise CompletionError(error.code) from error

    async def _collect(self, request: DialogueRequest) -> str:
        cancelled = Interruption()
        parts: list[str] = []
        try:
            async for produced in self._runner.run(
                Stage.RESPOND, request, cancelled=cancelled
            ):
                parts.append(produced.value.text)
        except asyncio.CancelledError:
            cancelled.set("late")
            raise
        return "".join(parts)
