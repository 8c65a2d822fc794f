"""A language model that says what it was told to, and corrects by a table."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, Callable, Mapping
from typing import Any

from bench.tutor_models import PLAIN, Model, RememberingRunner, Shipped
from inference.errors import StageError
from inference.protocols import Cancelled
from inference.runners.base import Produced
from inference.stages.stage import Stage
from inference.types.dialogue import DialogueRequest, ReplyDelta
from tutor.analysis import EMBEDDED, STRONG
from tutor.wording.fencing import CLOSE, OPEN

# Returns the reply to the messages of a request.
Says = Callable[[DialogueRequest], str]
TOKENS = {"A1": 60, "A2": 75, "B1": 90, "B2": 110, "C1": 130, "C2": 130}


class ScriptedRunner:
    """Runs no engine: replies come from functions, in two pieces.

    A correction that is not in the table fails, as that of a model does that is not there.
    """

    def __init__(
        self, talk: Says, plain: Says, corrections: Mapping[str, str] | None = None
    ) -> None:
        self._talk = talk
        self._plain = plain
        self._corrections = corrections or {}
        self.requests: list[DialogueRequest] = []

    def busy(self, stage: Stage) -> bool:
        """Nobody ever waits."""
        return False

    async def run(
        self, stage: Stage, request: Any, *, cancelled: Cancelled
    ) -> AsyncGenerator[Produced, None]:
        """Yield the reply. Raises StageError."""
        self.requests.append(request)
        if request.max_tokens == 0:
            return
        reply = self._reply(request)
        for piece in (reply[:5], reply[5:]):
            now = time.monotonic()
            yield Produced(ReplyDelta(piece), now, now)

    def _reply(self, request: DialogueRequest) -> str:
        said = request.messages[-1].text
        if request.conversation.startswith("correction"):
            if said not in self._corrections:
                raise StageError("llm.failed", "no such correction")
            return self._corrections[said]
        return (self._plain if request.conversation == PLAIN else self._talk)(request)


def shipped(*, strong: bool = False) -> Shipped:
    """Return what the settings grant the embedded model, or a strong one."""
    return Shipped(
        trust=STRONG if strong else EMBEDDED,
        words_corrections=strong,
        analysis_deadline_s=2.5 if strong else 0.0,
        clause_deadline_s=4.0,
        openers=True,
        reply_tokens=TOKENS,
        temperature=0.4,
    )


def make_model(
    talk: str | Says,
    plain: str | Says,
    corrections: Mapping[str, str] | None = None,
    *,
    strong: bool = False,
) -> Model:
    """Return a model that answers every turn alike, or as a function says."""
    runner = ScriptedRunner(_says(talk), _says(plain), corrections)
    return Model("scripted", RememberingRunner(runner), shipped(strong=strong))


def learners_words(request: DialogueRequest) -> str:
    """Return what the learner said last, from between its marks."""
    text = request.messages[-1].text
    return text.split(CLOSE)[0].split(OPEN)[-1].strip()


def _says(reply: str | Says) -> Says:
    return (lambda request: reply) if isinstance(reply, str) else reply
