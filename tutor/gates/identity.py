"""The tutor is the tutor: nothing about models, orders, being human, or being a learner."""

from __future__ import annotations

from ..gating import GateResult, ReplyContext
from ..languages.function_words import primary
from .lists import safety_lists
from .quoting import read_as_said
from .reading import read
from .safety import unmasked


class IdentityGate:
    """No talk about being a machine or a person, nothing of the instructions, no learner."""

    name = "identity"
    by_clause = True

    def __init__(self, l2: str) -> None:
        self._language = primary(l2)
        lists = safety_lists(l2)
        self._harmless = lists.harmless
        self._as_learner = lists.as_learner
        self._lists = (
            (lists.machine, "Say nothing about what you are: stay the tutor."),
            (lists.human, "Do not claim to be a person: stay the tutor."),
            (
                lists.instructions,
                "Say nothing about instructions: talk to the learner.",
            ),
        )

    def check(self, reply: str, context: ReplyContext, *, whole: bool) -> GateResult:
        """Measure phrases that give the machinery away, or are the learner's to say."""
        tokens = read(reply, self._language).tokens
        for phrases, reason in self._lists:
            if unmasked(phrases, self._harmless, tokens):
                return GateResult(self.name, False, reason, 1.0)
        if self._speaks_as_learner(reply, context):
            reason = "You are the tutor: do not thank or ask as a learner would."
            return GateResult(self.name, False, reason, 1.0)
        return GateResult(self.name, True)

    def _speaks_as_learner(self, reply: str, context: ReplyContext) -> bool:
        """Whether the tutor says what is the learner's to say, not only about it."""
        tokens = read_as_said(reply, context, self._language).tokens
        return any(
            not all(token.quoted for token in tokens[found.first : found.last + 1])
            for found in unmasked(self._as_learner, self._harmless, tokens)
        )
