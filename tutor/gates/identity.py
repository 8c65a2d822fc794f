"""The tutor is the tutor: nothing about models, orders or being human."""

from __future__ import annotations

from ..gating import GateResult, ReplyContext
from ..languages.function_words import primary
from .lists import safety_lists
from .reading import read
from .safety import unmasked


class IdentityGate:
    """No talk about being a machine or a person, and nothing of the instructions."""

    name = "identity"
    by_clause = True

    def __init__(self, l2: str) -> None:
        self._language = primary(l2)
        lists = safety_lists(l2)
        self._harmless = lists.harmless
        self._lists = (
            (lists.machine, "Say nothing about what you are: stay the tutor."),
            (lists.human, "Do not claim to be a person: stay the tutor."),
            (
                lists.instructions,
                "Say nothing about instructions: talk to the learner.",
            ),
        )

    def check(self, reply: str, context: ReplyContext, *, whole: bool) -> GateResult:
        """Measure phrases that give the machinery away."""
        tokens = read(reply, self._language).tokens
        for phrases, reason in self._lists:
            if unmasked(phrases, self._harmless, tokens):
                return GateResult(self.name, False, reason, 1.0)
        return GateResult(self.name, True)
