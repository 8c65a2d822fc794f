"""The teacher of one live talk, made of plain values and the stages' runner."""

from __future__ import annotations

import asyncio
import concurrent.futures
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any

from inference.errors import StageError
from inference.runners.base import StageRunner
from inference.stages.stage import Stage
from inference.types.dialogue import DialogueRequest
from inference.types.short_request import short_request
from sessions.turns.clauses import ClauseCutter
from sessions.turns.context import TurnContext
from sessions.turns.health import StageHealth
from sessions.turns.teaching import TalkTeacher
from tutor.analysis import Form, Trust
from tutor.brief import LessonPlan
from tutor.completion import Completion, CompletionError, Stop, current_stop
from tutor.history import TalkState
from tutor.learner import Learner
from tutor.teaching import Teacher

# A correction may take so long; who waits for an answer stops it earlier.
_LATE_S = 8.0


@dataclass(frozen=True, slots=True)
class TeachingSettings:
    """Whom to teach what, and how far the language model is trusted.

    ``analysis_deadline_s`` is how long an answer waits for the model's correction; with 0
    the rules alone decide it, and the correction comes while it is heard. The model
    corrects in ``form``. A template is
    said in place of a model that has no clause ready within ``clause_deadline_s``; with 0
    it is waited for. With ``openers`` a few ready-made words are often heard before the
    model has written any.
    """

    learner: Learner
    plan: LessonPlan
    trust: Trust
    words_corrections: bool
    analysis_deadline_s: float
    clause_deadline_s: float
    form: Form = Form.MARK
    openers: bool = True
    state: TalkState = field(default_factory=TalkState)


def make_talk_teacher(
    settings: TeachingSettings,
    *,
    runner: StageRunner,
    health: StageHealth,
    on_looked: Callable[[TurnContext], None],
    clock: Callable[[], float] = time.monotonic,
) -> TalkTeacher:
    """Return the teacher of a talk. To be called on the event loop that the talk runs on."""
    completion = StageCompletion(
        runner,
        asyncio.get_running_loop(),
        deadline_s=_LATE_S,
        language=settings.learner.l2,
    )
    teacher = Teacher(
        settings.learner,
        settings.plan,
        completion=completion,
        cutter=ClauseCutter,
        trust=settings.trust,
        form=settings.form,
        words_corrections=settings.words_corrections,
        analysis_deadline_s=settings.analysis_deadline_s,
        clause_deadline_s=settings.clause_deadline_s or None,
        head_start=settings.analysis_deadline_s > 0,
        openers=settings.openers,
    )
    return TalkTeacher(
        teacher,
        runner=runner,
        health=health,
        state=settings.state,
        on_looked=on_looked,
        clock=clock,
    )


class StageCompletion(Completion):
    """Short completions by the model that also words the replies.

    It is called in a thread and runs the stage on the event loop. Each purpose and language
    is a conversation of its own, so that the engine keeps its fixed prompt read. A caller
    who stops gets a CompletionError, also for what was not asked yet.
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

    def __call__(
        self,
        messages: Sequence[tuple[str, str]],
        *,
        max_tokens: int,
        schema: Mapping[str, Any] | None = None,
        purpose: str = "",
    ) -> str:
        """Return the text. Raises CompletionError."""
        stop = current_stop.get() or Stop()
        if stop.is_set():
            raise CompletionError("cancelled")
        request = short_request(
            messages,
            conversation=f"{purpose or 'completion'}:{self._language}",
            max_tokens=max_tokens,
            schema=schema,
        )
        cancelled = threading.Event()
        asked = asyncio.run_coroutine_threadsafe(
            self._collect(request, cancelled), self._loop
        )
        # The engine's thread looks at the event, before the loop comes to the rest.
        stop.then(cancelled.set)
        stop.then(asked.cancel)
        try:
            return asked.result(self._deadline_s)
        except TimeoutError as late:
            asked.cancel()
            raise CompletionError("llm.timeout") from late
        except concurrent.futures.CancelledError as stopped:
            raise CompletionError("cancelled") from stopped
        except StageError as error:
            raise CompletionError(error.code) from error

    async def _collect(
        self, request: DialogueRequest, cancelled: threading.Event
    ) -> str:
        run = self._runner.run(Stage.RESPOND, request, cancelled=cancelled)
        try:
            async with aclosing(run):
                return "".join([produced.value.text async for produced in run])
        finally:
            cancelled.set()
