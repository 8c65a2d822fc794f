"""The session's transcript so far, as ``session.ready`` shows it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sessions.turns.context import LearnerWords, TurnContext
from sessions.turns.repository import StoredTurn

from .presenter import pronunciation_json, words_json


@dataclass(slots=True)
class TranscriptTurn:
    """One turn as the page draws it."""

    turn: int
    learner: dict[str, Any] | None = None
    tutor: dict[str, Any] | None = None
    outcome: str | None = None


@dataclass(slots=True)
class SessionTranscript:
    """Turns by index, in order of their first words."""

    turns: dict[int, TranscriptTurn] = field(default_factory=dict)
    attempts: dict[int, int] = field(default_factory=dict)
    said: dict[int, LearnerWords] = field(default_factory=dict)

    @property
    def next_index(self) -> int:
        """The index of the next new turn."""
        return max(self.turns, default=-1) + 1

    @property
    def latest(self) -> TranscriptTurn | None:
        """The latest turn."""
        return self.turns[max(self.turns)] if self.turns else None

    def open(self, index: int) -> int:
        """Make room for a turn; return the number of its next attempt."""
        self.turns.setdefault(index, TranscriptTurn(index))
        attempt = self.attempts.get(index, -1) + 1
        self.attempts[index] = attempt
        return attempt

    def put_words(self, ctx: TurnContext) -> None:
        """Take over what the learner said; the answer is still to come."""
        turn = self.turns[ctx.index]
        turn.tutor = turn.outcome = None
        if ctx.learner is not None:
            self.said[ctx.index] = ctx.learner
            turn.learner = _learner_json(ctx.learner)

    def put_assessment(self, ctx: TurnContext) -> None:
        """Take over how the words were said, unless they are others by now."""
        if ctx.learner is not None and self.said.get(ctx.index) is ctx.learner:
            self.turns[ctx.index].learner = _learner_json(ctx.learner)

    def put(self, ctx: TurnContext) -> None:
        """Take over what a turn ended with."""
        self.put_words(ctx)
        turn = self.turns[ctx.index]
        turn.outcome = ctx.outcome.value
        if ctx.reply_text:
            turn.tutor = {
                "text": ctx.reply_text.strip(),
                "heard_text": ctx.heard_reply(),
                "attempt": ctx.attempt,
            }

    def load(self, stored: StoredTurn) -> None:
        """Take over a turn of an earlier sitting."""
        turn = TranscriptTurn(stored.index)
        if stored.learner is not None:
            self.said[stored.index] = stored.learner
            turn.learner = _learner_json(stored.learner)
        # A reply that is still to be heard is said once more.
        if stored.tutor_text is not None and stored.outcome is not None:
            turn.tutor = {
                "text": stored.tutor_text,
                "heard_text": stored.tutor_heard,
                "attempt": stored.attempt,
            }
        turn.outcome = stored.outcome.value if stored.outcome else None
        self.turns[stored.index] = turn
        self.attempts[stored.index] = stored.attempt

    def as_json(self) -> list[dict[str, Any]]:
        """Return the turns as on the wire."""
        return [
            {
                "turn": turn.turn,
                "learner": turn.learner,
                "tutor": turn.tutor,
                "outcome": turn.outcome,
            }
            for _, turn in sorted(self.turns.items())
        ]


def _learner_json(words: LearnerWords) -> dict[str, Any]:
    judged = words.assessment
    return {
        "text": words.text,
        "heard": words.heard_as or words.text,
        "source": words.source.value,
        "words": words_json(words.words),
        "pronunciation": None if judged is None else pronunciation_json(judged),
    }
