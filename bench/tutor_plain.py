"""What the tutor is compared with: one prompt that asks for everything, unchecked.

The prompt is the one that guides to such tutors give, with its settings.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import aclosing

from inference.errors import StageError
from inference.stages.stage import Stage
from inference.types.dialogue import DialogueRequest, Message
from sessions.turns.interruption import Interruption
from sessions.turns.prompting import MAX_HISTORY_CHARS, alternating
from tutor.completion import CompletionError
from tutor.learner import Learner, LearnerTurn
from tutor.wording.prompt import language_name

from .tutor_models import PLAIN, Model

MAX_TOKENS = 200
TEMPERATURE = 0.7
PATIENCE_S = 90.0

_PROMPT = """You are a {target_language} language tutor speaking with a
{proficiency_level} level student whose native language is {native_language}.

Rules:
1. Respond primarily in {target_language}, using {native_language} only for grammar
   explanations the student cannot understand in the target language.
2. When the student makes a grammar error, do not correct it directly. Instead,
   rephrase their sentence correctly and ask if they notice the difference.
3. When pronunciation scores indicate a problem word, naturally incorporate that
   word into your response to model correct pronunciation.
4. Adjust vocabulary and sentence complexity to {proficiency_level} level (CEFR).
5. Every 3-4 exchanges, introduce one new vocabulary word or grammar pattern.
6. Be encouraging but honest. Do not say "perfect" when there were errors.
7. Keep responses to 2-3 sentences for conversation flow.
"""
_NAMES = {"ar": "Arabic", "ja": "Japanese", "zh": "Chinese"}
_SILENCE = "..."


def plain_prompt(learner: Learner) -> str:
    """Return the system message."""
    return _PROMPT.format(
        target_language=language_name(learner.l2),
        proficiency_level=learner.level,
        native_language=_NAMES.get(learner.l1) or language_name(learner.l1),
    )


def plain_words(turn: LearnerTurn) -> str:
    """Return a turn as the plain prompt gets it: with the badly pronounced words."""
    said = turn.text or _SILENCE
    if not turn.sounds:
        return said
    words = ", ".join(sound.word for sound in turn.sounds)
    return f"{said}\n[System: Student struggled with pronunciation of: {words}]"


class PlainTalk:
    """A talk with the plain prompt. Its model reads as much of the past as ours does."""

    def __init__(self, learner: Learner, model: Model, *, opening: str = "") -> None:
        self._system = ("system", plain_prompt(learner))
        self._model = model
        self._past: list[tuple[str, str]] = []
        if opening:
            self._past.append(("assistant", opening))

    def messages(self, turn: LearnerTurn) -> list[tuple[str, str]]:
        """Return what the model is asked for a turn."""
        while sum(len(text) for _, text in self._past) > MAX_HISTORY_CHARS:
            # Half of it at once, and whole exchanges: the beginning is read anew.
            self._past = self._past[max(2, len(self._past) // 4 * 2) :]
        return [self._system, *self._past, ("user", plain_words(turn))]

    async def answer(self, turn: LearnerTurn) -> str:
        """Answer a turn. Raises CompletionError."""
        reply = await asked(self._model, self.messages(turn))
        self._past += [("user", plain_words(turn)), ("assistant", reply)]
        return reply


async def asked(model: Model, messages: Sequence[tuple[str, str]]) -> str:
    """Return a whole reply to the plain prompt. Raises CompletionError."""
    request = DialogueRequest(
        messages=alternating(Message(role, text) for role, text in messages),  # type: ignore[arg-type]
        conversation=PLAIN,
        max_tokens=MAX_TOKENS,
        temperature=TEMPERATURE,
    )
    stop = Interruption()
    run = model.runner.run(Stage.RESPOND, request, cancelled=stop)
    try:
        async with asyncio.timeout(PATIENCE_S), aclosing(run):
            return "".join([produced.value.text async for produced in run]).strip()
    except StageError as error:
        raise CompletionError(error.code) from error
    except TimeoutError as late:
        raise CompletionError("llm.timeout") from late
    finally:
        stop.set("over")
