"""The model reads a talk's prompt in before it is asked."""

from __future__ import annotations

from inference.errors import StageError
from inference.runners.base import StageRunner
from inference.stages.stage import Stage
from inference.types.dialogue import DialogueRequest
from sessions.turns.health import StageHealth
from sessions.turns.interruption import Interruption
from sessions.turns.prompting import Conversation

FEWEST_WORDS = 16


class PromptReading:
    """Has the prompt of one talk read, so that its words are in the model's cache."""

    def __init__(
        self, runner: StageRunner, *, health: StageHealth, conversation_id: str
    ) -> None:
        self._runner = runner
        self._health = health
        self._conversation_id = conversation_id
        self._words: list[str] = []
        self._reading = False

    def wants(self, words: str) -> bool:
        """Whether enough of what the learner says is new, and there is room to read it.

        A few words cost the model hardly less than many, and recognition the core that it
        needs once the learner stops.
        """
        said = words.split()
        begins_alike = said[: len(self._words)] == self._words
        new = len(said) - len(self._words) if begins_alike else len(said)
        return (
            new >= FEWEST_WORDS
            and not self._reading
            and not self._runner.busy(Stage.RESPOND)
        )

    async def read(self, conversation: Conversation, words: str = "") -> None:
        """Read up to where the learner's next words will stand, or their first words, too."""
        if self._health.rests(Stage.RESPOND):
            return
        self._words, self._reading = words.split(), True
        try:
            await self._read(conversation, words)
        finally:
            self._reading = False

    async def _read(self, conversation: Conversation, words: str) -> None:
        request = DialogueRequest(
            messages=conversation.messages_ahead(words),
            conversation=self._conversation_id,
            max_tokens=0,
        )
        try:
            async for _ in self._runner.run(
                Stage.RESPOND, request, cancelled=Interruption()
            ):
                pass
        except StageError as error:
            self._health.failed(Stage.RESPOND, error.code)
