"""A scripted model that also answers what learners ask for help with, as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from inference.protocols import Cancelled
from inference.types.dialogue import DialogueRequest, ReplyDelta

from .engines import ScriptedDialogue, scripted_sleep


class HelpfulDialogue(ScriptedDialogue):
    """Answers what help asks by the question's own text, everything else as scripted."""

    def __init__(
        self,
        answers: Mapping[str, str],
        otherwise: str = "",
        replies: tuple[str, ...] = (
            "That sounds good. What do you like to eat with it?",
        ),
        help_s: float = 0.0,
        first_token_s: float = 0.0,
        token_s: float = 0.0,
    ) -> None:
        super().__init__(replies, first_token_s=first_token_s, token_s=token_s)
        self._answers = answers
        self._otherwise = otherwise
        self._help_s = help_s

    def respond(
        self, request: DialogueRequest, *, cancelled: Cancelled
    ) -> Iterator[ReplyDelta]:
        """Stream the reply, or the answer of which the question holds the key."""
        if request.schema is None or request.conversation != "help":
            yield from super().respond(request, cancelled=cancelled)
            return
        if not scripted_sleep(self._help_s, cancelled):
            return
        asked = json.loads(request.messages[-1].text)
        key = asked.get("text") or asked.get("word") or asked.get("better", "")
        yield ReplyDelta(json.dumps({"text": self._answers.get(key, self._otherwise)}))
