"""The language model under test, and the settings that the product teaches with."""

from __future__ import annotations

import os
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

import django

from inference.protocols import Cancelled
from inference.runners.base import Produced, StageRunner
from inference.stages.stage import Stage
from inference.types.dialogue import DialogueRequest
from tutor.analysis import EMBEDDED, STRONG, Form, Trust

SETTINGS = "tutorplatform.settings.local"
# Whose answers are kept beside those at temperature 0.
PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Shipped:
    """What ``settings.TEACHING`` grants this model, as a live talk takes it from there."""

    trust: Trust
    words_corrections: bool
    analysis_deadline_s: float
    clause_deadline_s: float
    openers: bool
    reply_tokens: Mapping[str, int]
    temperature: float
    form: Form = Form.MARK

    @classmethod
    def of(cls, conf: Mapping[str, Any]) -> Shipped:
        """Return it from ``settings.TEACHING``."""
        trusted = conf["TRUST"] == "strong"
        return cls(
            trust=STRONG if trusted else EMBEDDED,
            words_corrections=trusted,
            analysis_deadline_s=conf["ANALYSIS_DEADLINE_S"],
            clause_deadline_s=conf["CLAUSE_DEADLINE_S"],
            openers=conf["OPENERS"],
            reply_tokens=conf["REPLY_TOKENS"],
            temperature=conf["TEMPERATURE"],
            form=Form.JSON if conf["CORRECTS_BY_SCHEMA"] else Form.MARK,
        )

    def as_json(self) -> dict[str, Any]:
        """Return what a reader of the figures should know."""
        return {
            "trust": self.trust.name,
            "form": self.form.value,
            "words_corrections": self.words_corrections,
            "analysis_deadline_s": self.analysis_deadline_s,
            "clause_deadline_s": self.clause_deadline_s,
            "openers": self.openers,
            "reply_tokens": dict(self.reply_tokens),
            "temperature": self.temperature,
        }


@dataclass(frozen=True, slots=True)
class Model:
    """A model behind the product's runner of stages; ``close`` ends what it runs on."""

    name: str
    runner: StageRunner
    shipped: Shipped
    close: Callable[[], None] = lambda: None


class RememberingRunner:
    """Asks once for what has the same answer, or need not have another.

    That is what is asked at temperature 0, and the plain prompt's answers. An answer that
    failed or was not read to its end is not kept. ``asked`` counts requests and letters of
    answers by conversation.
    """

    def __init__(self, runner: StageRunner) -> None:
        self._runner = runner
        self._known: dict[Any, tuple[Produced, ...]] = {}
        self.asked: dict[str, dict[str, float]] = {}

    def busy(self, stage: Stage) -> bool:
        """Whether a new run of this stage would have to wait for its turn."""
        return self._runner.busy(stage)

    async def run(
        self, stage: Stage, request: Any, *, cancelled: Cancelled
    ) -> AsyncGenerator[Produced, None]:
        """Yield the stage's results. Raises StageError."""
        key = _key(stage, request)
        if key in self._known:
            for produced in self._known[key]:
                yield produced
            return
        results = []
        run = self._runner.run(stage, request, cancelled=cancelled)
        async with aclosing(run):
            async for produced in run:
                results.append(produced)
                yield produced
        self._count(request, results)
        if key is not None and not cancelled.is_set():
            self._known[key] = tuple(results)

    def _count(self, request: Any, results: list[Produced]) -> None:
        counts = self.asked.setdefault(
            request.conversation, {"requests": 0, "letters": 0, "seconds": 0.0}
        )
        counts["requests"] += 1
        counts["letters"] += sum(len(one.value.text) for one in results)
        if results:
            taken = results[-1].produced_at - results[0].began_at
            counts["seconds"] = round(counts["seconds"] + taken, 2)


def _key(stage: Stage, request: Any) -> Any:
    """Return what an answer is kept by; None: it is not."""
    if stage is not Stage.RESPOND or not isinstance(request, DialogueRequest):
        return None
    if request.max_tokens == 0:
        return None
    if request.temperature > 0 and request.conversation != PLAIN:
        return None
    return (request.conversation, request.messages, request.max_tokens)


def configured_model() -> Model:
    """Return the model of the settings, loaded. Raises EngineUnavailable."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    django.setup()
    from django.conf import settings  # noqa: PLC0415

    from inference.conf import (  # noqa: PLC0415 settings come first
        get_engine,
        get_runner,
        shutdown,
    )
    from inference.stages.stage import EngineKind  # noqa: PLC0415

    get_engine(EngineKind.DIALOGUE).warm()
    options = settings.INFERENCE["ENGINES"]["dialogue"]["OPTIONS"]
    return Model(
        name=str(options.get("model", "")),
        runner=RememberingRunner(get_runner()),
        shipped=Shipped.of(settings.TEACHING),
        close=shutdown,
    )
