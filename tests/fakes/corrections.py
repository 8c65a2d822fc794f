"""A model that words replies and corrects sentences, each at its own pace."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from inference.protocols import Cancelled
from inference.types.dialogue import DialogueRequest, ReplyDelta

from .engines import ScriptedDialogue, scripted_sleep

_RIGHT = "OK"


class CorrectingDialogue(ScriptedDialogue):
    """Says the scripted replies; ``better`` are corrections it knows, the rest is right.

    ``begun`` and ``done`` are sentences that it was asked to correct and has corrected.
    ``competed`` counts replies that began while a correction was still wanted.
    """

    def __init__(
        self,
        better: Mapping[str, str] | None = None,
        *,
        correction_s: float = 0.0,
        replies: tuple[str, ...] = ("That sounds nice. What did you eat there?",),
        first_token_s: float = 0.0,
        token_s: float = 0.0,
    ) -> None:
        super().__init__(replies, first_token_s, token_s)
        self._better = dict(better or {})
        self.correction_s = correction_s
        self.begun: list[str] = []
        self.done: list[str] = []
        self.competed = 0
        self._correcting: list[Cancelled] = []

    def respond(
        self, request: DialogueRequest, *, cancelled: Cancelled
    ) -> Iterator[ReplyDelta]:
        """Stream a reply, or answer with one correction."""
        if not request.conversation.startswith("correction"):
            wanted = [one for one in self._correcting if not one.is_set()]
            self.competed += bool(request.max_tokens and wanted)
            yield from super().respond(request, cancelled=cancelled)
            return
        said = request.messages[-1].text
        self.begun.append(said)
        self._correcting.append(cancelled)
        in_time = scripted_sleep(self.correction_s, cancelled)
        self._correcting.remove(cancelled)
        if in_time:
            self.done.append(said)
            yield ReplyDelta(self._better.get(said, _RIGHT))
