"""A wrong sentence is never called right; nor one that nobody judged."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..gating import GateResult, ReplyContext
from ..languages.function_words import function_words, primary
from .lists import praise_lists
from .phrases import Found
from .reading import Reading, Token, read

_REACH = 4
_BREAK = re.compile(r"[,;:–—]")


class PraiseGate:
    """No claim of correctness after a turn that was not found clean."""

    name = "praise"
    by_clause = True

    def __init__(self, l2: str) -> None:
        self._language = primary(l2)
        self._lists = praise_lists(l2)
        groups = function_words(l2).groups
        self._openers = groups["questions"] | groups["auxiliaries"]

    def check(self, reply: str, context: ReplyContext, *, whole: bool) -> GateResult:
        """Measure claims that a sentence was right."""
        if context.analysis.clean:
            return GateResult(self.name, True)
        claims = self.claims(reply)
        if not claims:
            return GateResult(self.name, True)
        why = "had mistakes" if context.analysis.findings else "was not checked"
        reason = f'The sentence {why}: do not say "{claims[0]}".'
        return GateResult(self.name, False, reason, len(claims))

    def claims(self, reply: str) -> list[str]:
        """Return the words that call something right."""
        reading = read(reply, self._language)
        tokens = reading.tokens
        claims = [
            " ".join(token.text for token in tokens[found.first : found.last + 1])
            for found in self._lists.claims.find(tokens)
            if self._counts(found, reading)
        ]
        return claims + self._alone(tokens, reading)

    def _alone(self, tokens: Sequence[Token], reading: Reading) -> list[str]:
        """Return clauses that are nothing but a verdict ("Exactly!")."""
        clauses: list[list[Token]] = []
        for token in tokens:
            before = clauses[-1][-1] if clauses else None
            if (
                before is None
                or before.sentence != token.sentence
                or "," in reading.text[before.end : token.start]
            ):
                clauses.append([])
            clauses[-1].append(token)
        verdicts = []
        for clause in clauses:
            text = " ".join(token.text for token in clause)
            sentence = reading.sentences[clause[0].sentence]
            ends = clause[-1].end == _end_of(clause[0].sentence, tokens)
            # "Right, and then?" leads on, "Right?" asks; "Right." is a verdict.
            verdict = not sentence.asks if ends else len(clause) > 1
            if clause[0].opens and verdict:
                verdicts += [text] if text in self._lists.alone else []
        return verdicts

    def _counts(self, found: Found, reading: Reading) -> bool:
        tokens = reading.tokens
        first, last = tokens[found.first], tokens[found.last]
        inside = tokens[found.first : found.last + 1]
        listed = found.phrase.replace("|", " ").split()
        if not _same_clause(first, last, reading) or any(
            token.text in self._lists.unless_before and token.text not in listed
            for token in inside
        ):
            return False
        opening = reading.opening.get(first.sentence, "")
        if reading.sentences[first.sentence].asks and opening in self._openers:
            return False
        after = tokens[found.last + 1] if found.last + 1 < len(tokens) else None
        if (
            after is not None
            and after.text in self._lists.unless_after
            and _same_clause(last, after, reading)
        ):
            return False
        before = [
            token
            for token in tokens[max(0, found.first - _REACH) : found.first]
            if _same_clause(token, first, reading)
        ]
        if before and before[-1].text in self._lists.unless_just_before:
            return False
        return not any(token.text in self._lists.unless_before for token in before)


def _end_of(sentence: int, tokens: Sequence[Token]) -> int:
    return max(token.end for token in tokens if token.sentence == sentence)


def _same_clause(one: Token, other: Token, reading: Reading) -> bool:
    if one.sentence != other.sentence:
        return False
    return not _BREAK.search(reading.text, one.end, other.start)
