"""Asks every gate about a reply."""

from __future__ import annotations

from ..gating import Gate, GateResult, ReplyContext
from ..languages.function_words import is_known
from .doing import DoingGate
from .echo import EchoGate
from .form import FormGate
from .identity import IdentityGate
from .language import LanguageGate
from .length import LengthGate
from .level import LevelGate
from .praise import PraiseGate
from .questions import QuestionsGate
from .reveal import RevealGate
from .safety import SafetyGate


class Gatekeeper:
    """All gates of a language, the gravest first.

    For a language without data only the gates that need none are asked. Making one reads
    the data (some 100 ms the first time for each language); checking does not.
    """

    def __init__(self, l2: str) -> None:
        self.gates: tuple[Gate, ...] = (FormGate(l2), LengthGate(l2))
        if is_known(l2):
            self.gates = (
                SafetyGate(l2),
                IdentityGate(l2),
                FormGate(l2),
                LanguageGate(l2),
                RevealGate(l2),
                PraiseGate(l2),
                QuestionsGate(l2),
                LengthGate(l2),
                LevelGate(l2),
                EchoGate(l2),
                DoingGate(l2),
            )

    def check(
        self, reply: str, context: ReplyContext, *, whole: bool
    ) -> tuple[GateResult, ...]:
        """Return every gate's result for a reply, or its beginning if not ``whole``."""
        return tuple(
            gate.check(reply, context, whole=whole)
            for gate in self.gates
            if whole or gate.by_clause
        )

    def first_failure(
        self, reply: str, context: ReplyContext, *, whole: bool
    ) -> GateResult | None:
        """Return the first gate's result that did not pass, if there is one."""
        for gate in self.gates:
            if whole or gate.by_clause:
                result = gate.check(reply, context, whole=whole)
                if not result.passed:
                    return result
        return None
