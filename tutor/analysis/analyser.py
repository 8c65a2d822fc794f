"""Analyses a learner's turn: what was wrong in it, and how surely.

The order: take out what the speaker took back, let the model correct and the rules look,
find the edits between said and corrected, drop what is no mistake in speech, what is only
spoken about and what was not surely heard, and claim only what model and rules together are
believed in and what rules find no fault with.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from tutor.completion import Completion
from tutor.findings import Analysis, Evidence, Finding
from tutor.learner import Learner, LearnerTurn

from . import edits, typing_en
from .correction import Corrector, Form
from .edit import Edit, replaced
from .fluency import Fluent, fluent
from .hearing import tokens
from .mentions import is_no_use
from .remedies import without_faults
from .rules import rule_edits
from .severity import severity
from .speech import heard_apart, is_spoken_mistake, surely_heard
from .speech_data import LANGUAGES, speech_data
from .trust import EMBEDDED, Trust
from .whole import whole_words

_NO_MODEL = "no model: only rules looked"
_UNUSABLE = "the model gave no usable correction: only rules looked"
_DOUBTFUL = "the model changed more than it is believed about"
_UNTYPED = "nothing types mistakes in this language: kinds are coarse"
# "Yes." and "Of course." hold nothing to judge.
_SHORTEST_WORDS = 3


class Analyser(Protocol):
    """Finds mistakes in one language."""

    def analyse(self, turn: LearnerTurn, learner: Learner) -> Analysis:
        """Return what is wrong in a turn. Never raises for what a learner said."""
        ...


def analyser(
    l2: str,
    completion: Completion | None,
    *,
    trust: Trust = EMBEDDED,
    form: Form = Form.MARK,
) -> Analyser:
    """Return the analyser of a language (BCP 47 tag).

    Without ``completion``, or where ``trust`` does not reach the language, only rules look
    and nothing is judged to be right. Other languages get one that says so.
    """
    language = l2.split("-")[0].casefold()
    if language not in LANGUAGES:
        return UnknownLanguage(language)
    corrector = None
    if completion is not None and language in trust.languages:
        corrector = Corrector(language, completion, form=form)
    return TurnAnalyser(language, corrector, trust)


def warm(l2: str) -> None:
    """Load what a language's analysis needs, so that no learner waits for it.

    English takes some seconds and about 200 MB once a process, the others nothing.
    """
    language = l2.split("-")[0].casefold()
    if language in LANGUAGES:
        rule_edits(language, "Hello.")
    if language == "en":
        typing_en.load()


class UnknownLanguage:
    """Stands where nothing can judge a language."""

    def __init__(self, language: str) -> None:
        self._language = language

    def analyse(self, turn: LearnerTurn, learner: Learner) -> Analysis:
        """Judge nothing, and say so."""
        return _unjudged(turn.text, f"no analysis for {self._language!r}")


class TurnAnalyser:
    """Model and rules of one language."""

    def __init__(
        self, language: str, corrector: Corrector | None, trust: Trust
    ) -> None:
        self._language = language
        self._data = speech_data(language)
        self._corrector = corrector
        self._trust = trust
        self._is_typed = language == "en"

    def analyse(self, turn: LearnerTurn, learner: Learner) -> Analysis:
        """Return what is wrong in a turn."""
        heard_in = turn.language.split("-")[0].casefold()
        if heard_in and heard_in != self._language:
            return _unjudged(turn.text, f"said in {heard_in!r}")
        said = fluent(turn.text, self._data)
        if not tokens(said.text):
            return Analysis(turn.text, turn.text, typed=self._is_typed)
        by_rule = self._by_rule(said.text)
        by_model, why_not = self._by_model(said.text)
        if by_model is None:
            claims = [(edit, Evidence.RULE) for edit in by_rule]
        else:
            claims, is_doubtful = weighed(by_model, by_rule, self._trust)
            claims, is_dropped = without_faults(
                claims, said.text, self._by_rule, self._data
            )
            if (is_doubtful or is_dropped) and not claims:
                why_not = _DOUBTFUL
        findings = self._findings(claims, said, turn)
        if findings and why_not == _DOUBTFUL:
            why_not = ""
        missing = [why_not, "" if self._is_typed else _UNTYPED]
        return Analysis(
            text=turn.text,
            corrected=_corrected(turn.text, findings),
            findings=findings,
            judged=not why_not,
            typed=self._is_typed,
            missing="; ".join(part for part in missing if part),
        )

    def _by_rule(self, text: str) -> list[Edit]:
        return self._mistakes(rule_edits(self._language, text), text)

    def _by_model(self, text: str) -> tuple[list[Edit] | None, str]:
        """Return the model's mistakes, or None and why there are none."""
        if self._corrector is None:
            return None, _NO_MODEL
        if len(tokens(text)) < _SHORTEST_WORDS:
            return [], ""
        corrected = self._corrector.correct(text)
        if corrected is None:
            return None, _UNUSABLE
        if self._is_typed:
            found = typing_en.edits(text, corrected)
        else:
            found = edits.edits(text, corrected, self._data)
        mistakes = self._mistakes(found, text)
        if len(mistakes) > self._trust.most_edits:
            return None, _UNUSABLE
        return mistakes, ""

    def _mistakes(self, found: Sequence[Edit], text: str) -> list[Edit]:
        found = heard_apart(found, text, self._data)
        return [
            edit
            for edit in found
            if is_spoken_mistake(edit, text, self._data)
            and not is_no_use(edit, text, self._data)
        ]

    def _findings(
        self,
        claims: Sequence[tuple[Edit, Evidence]],
        said: Fluent,
        turn: LearnerTurn,
    ) -> tuple[Finding, ...]:
        findings = []
        for edit, evidence in claims:
            start, end = said.original(edit.start, edit.end)
            if not surely_heard(edit, start, end, turn):
                continue
            end, better = whole_words(turn.text, start, end, edit.better.strip())
            findings.append(
                Finding(
                    start=start,
                    end=end,
                    said=turn.text[start:end],
                    better=better,
                    type=edit.type,
                    category=edit.category,
                    severity=severity(edit, said.text),
                    evidence=evidence,
                )
            )
        return tuple(sorted(findings, key=lambda one: (one.start, one.end)))


def weighed(
    by_model: Sequence[Edit], by_rule: Sequence[Edit], trust: Trust
) -> tuple[list[tuple[Edit, Evidence]], bool]:
    """Return what may be claimed, and whether the model changed more than that."""
    agreed = [edit for edit in by_model if any(edit.meets(rule) for rule in by_rule)]
    alone = [edit for edit in by_model if edit not in agreed]
    believed = [edit for edit in alone if trust.believes(edit)]
    is_doubtful = len(believed) < len(alone)
    if len(alone) - len(believed) > trust.most_doubtful:
        # It rewrote the sentence: what looks like a correction may belong to that.
        believed = []
    claims = [(edit, Evidence.BOTH) for edit in agreed]
    claims += [(edit, Evidence.MODEL) for edit in believed]
    if not trust.overrules_rules:
        claims += [
            (rule, Evidence.RULE)
            for rule in by_rule
            if not any(rule.meets(edit) for edit in by_model)
        ]
    return claims, is_doubtful


def _corrected(text: str, findings: Sequence[Finding]) -> str:
    """Return the text with the findings' corrections and nothing else changed."""
    for one in reversed(findings):
        text = replaced(text, one.start, one.end, one.better)
    return " ".join(text.split())


def _unjudged(text: str, missing: str) -> Analysis:
    return Analysis(text, text, judged=False, typed=False, missing=missing)
