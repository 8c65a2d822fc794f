"""What is wrong in a learner's turn, and how surely."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """How much a mistake matters to being understood."""

    SLIP = "slip"
    ERROR = "error"
    BLOCKING = "blocking"


class Evidence(StrEnum):
    """Who says that it is a mistake."""

    MODEL = "model"
    RULE = "rule"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Finding:
    """One mistake: ``said`` at ``start``..``end`` of the turn's text, ``better`` in its place.

    ``said`` is empty where something is missing (then ``start == end``), ``better`` where
    something is too much. ``type`` is ERRANT's (``R:VERB:TENSE``) or ``""`` where nothing
    types this language; ``category`` is the coarse key that ledger, policy and templates
    share (``categories.py``). ``key`` groups repetitions of the same mistake.
    """

    start: int
    end: int
    said: str
    better: str
    type: str
    category: str
    severity: Severity
    evidence: Evidence

    @property
    def key(self) -> str:
        """The same for the same mistake in another sentence."""
        return f"{self.category}:{self.said.casefold()}>{self.better.casefold()}"


@dataclass(frozen=True, slots=True)
class Analysis:
    """The findings of one turn, in the order of the text.

    ``judged`` is false where nothing here can judge the language or the model failed:
    then an empty list does not mean that the turn was right. ``typed`` tells whether
    findings carry types; ``missing`` says in words what could not be done.
    """

    text: str
    corrected: str
    findings: tuple[Finding, ...] = field(default=())
    judged: bool = True
    typed: bool = True
    missing: str = ""

    @property
    def clean(self) -> bool:
        """Judged, and nothing found."""
        return self.judged and not self.findings
