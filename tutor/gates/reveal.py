"""On an elicit the learner finds the answer: the reply must not say it.

Words that carry meaning are searched one by one, so that they may not hide in another
clause; where another word was wanted, its inflected forms count too. Short words such as
"the" and "to" are everywhere: for them the corrected phrase is searched, the word with its
neighbours in the learner's sentence, and the word where it is named rather than used:
in quotation marks, or at the end of a clause where a verb or an article never stands.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..findings import Finding
from ..gating import GateResult, ReplyContext
from ..languages.function_words import function_words, primary
from ..languages.levels import UNKNOWN, bases, word_levels
from ..moves import MoveKind
from .clitics import readings
from .reading import Reading, Token, read

_NEIGHBOURS = 2
_SAME_BEGINNING = 4
_SHORTEST_SPELLING = 3

_CLOSING = ",;:.!?"

# A word of a phrase, and whether its other forms will do too.
_Part = tuple[str, bool]


class RevealGate:
    """The better form is not in the reply."""

    name = "reveal"
    by_clause = True

    def __init__(self, l2: str) -> None:
        self._language = primary(l2)
        self._function = function_words(l2)
        self._levels = word_levels(l2)

    def check(self, reply: str, context: ReplyContext, *, whole: bool) -> GateResult:
        """Measure how many answers are given away."""
        if context.move.kind is not MoveKind.ELICIT:
            return GateResult(self.name, True)
        reading = read(reply, self._language)
        given = [
            finding
            for finding in context.move.findings
            if self.reveals(reading, finding, context.analysis.text)
        ]
        if not given:
            return GateResult(self.name, True)
        answer = given[0].better or "the corrected phrase"
        reason = f'Do not give the answer away ("{answer}"): the learner must find it.'
        return GateResult(self.name, False, reason, len(given))

    def reveals(self, reading: Reading, finding: Finding, text: str) -> bool:
        """Whether a reply says what the learner should find."""
        better = self._texts(finding.better)
        said = self._texts(finding.said)
        changed = [word for word in better if word not in said]
        words = [token.text for token in reading.tokens]
        content = [word for word in changed if word not in self._function]
        if content:
            return any(self._says(reading, word, said) for word in content)
        if len(better) > 1 and self._contains(
            words, [(word, False) for word in better]
        ):
            return True
        if any(self._names(reading, word, text) for word in changed):
            return True
        return any(
            self._contains(words, phrase)
            for phrase in self._phrases(better, changed, finding, text)
        )

    def _says(self, reading: Reading, word: str, said: Sequence[str]) -> bool:
        """Whether a meaningful word is said, spelled, or said in another form."""
        words = [token.text for token in reading.tokens]
        if any(_alike(word, other) for other in words):
            return True
        if word in _spelled(reading.tokens, reading.text):
            return True
        if any(self._related(word, other) for other in said):
            # Another form of the same word was wanted: the others are fair hints.
            return False
        forms = self._forms(word)
        return any(
            forms & self._forms(other) for other in words if other not in self._function
        )

    def _names(self, reading: Reading, word: str, text: str) -> bool:
        """Whether a short word is spoken about: 'Do we say "has" here?'"""
        said = self._texts(text)
        groups = self._function.groups
        closing = word in groups["auxiliaries"] or word in groups["articles"]
        for place, token in enumerate(reading.tokens):
            if not _alike(word, token.text):
                continue
            if token.quoted and not _within(_quotation(reading.tokens, place), said):
                return True
            after = reading.text[token.end :].lstrip()[:1]
            if closing and after and after in _CLOSING and not token.quoted:
                return True
        return False

    def _phrases(
        self, better: list[str], changed: list[str], finding: Finding, text: str
    ) -> list[list[_Part]]:
        """Return the corrected phrase as it could be said: its words, and whether freely."""
        left = self._texts(text[: finding.start], last=True)[-_NEIGHBOURS:]
        right = self._texts(text[finding.end :], first=True)[:_NEIGHBOURS]
        middle = [(word, False) for word in better]
        if not better:
            if not (left and right):
                return []
            return [[(left[-1], True), (right[0], True)]]
        phrases = []
        groups = self._function.groups
        for count, word in enumerate(right, 1):
            if word not in self._function:
                phrases.append([*middle, *((near, True) for near in right[:count])])
                break
        if not set(changed or better) <= groups["articles"]:
            for count, word in enumerate(reversed(left), 1):
                if word not in self._function:
                    phrases.append([*((near, True) for near in left[-count:]), *middle])
                    break
        if left and left[-1] in groups["pronouns"]:
            subject = (left[-1], False)
            phrases += [[subject, *middle], [*middle, subject]]
        return phrases

    def _texts(
        self, text: str, *, first: bool = False, last: bool = False
    ) -> list[str]:
        """Return the words of a text, or of its first or last sentence."""
        reading = read(text, self._language)
        tokens = reading.tokens
        if tokens and (first or last):
            number = tokens[0 if first else -1].sentence
            closed = last and reading.sentences[number].text.endswith((".", "!", "?"))
            tokens = tuple(
                token for token in tokens if token.sentence == number and not closed
            )
        return [token.text for token in tokens]

    def _forms(self, word: str) -> frozenset[str]:
        """Return a word with what it may be a form of."""
        return frozenset(
            [
                word,
                *(
                    base
                    for base in bases(word, self._levels.endings)
                    if self._levels.rank(base) != UNKNOWN
                ),
            ]
        )

    def _contains(self, words: Sequence[str], phrase: Sequence[_Part]) -> bool:
        return any(
            all(
                self._fits(part, word)
                for part, word in zip(phrase, words[at:], strict=False)
            )
            for at in range(len(words) - len(phrase) + 1)
        )

    def _fits(self, part: _Part, word: str) -> bool:
        wanted, freely = part
        if _alike(wanted, word):
            return True
        if not freely or wanted in self._function or word in self._function:
            return False
        return bool(self._forms(wanted) & self._forms(word))

    def _related(self, word: str, other: str) -> bool:
        begin = word[:_SAME_BEGINNING]
        if len(begin) == _SAME_BEGINNING and other.startswith(begin):
            return True
        return bool(self._forms(word) & self._forms(other))


def _alike(word: str, other: str) -> bool:
    return word == other or word in readings(other) or other in readings(word)


def _spelled(tokens: Sequence[Token], text: str) -> set[str]:
    """Return words given letter by letter ("w-e-n-t") or in pieces ("wen-t")."""
    found: set[str] = set()
    letters = ""
    for number, token in enumerate(tokens):
        letters = letters + token.text if len(token.text) == 1 else ""
        if len(letters) >= _SHORTEST_SPELLING:
            found |= {letters[at:] for at in range(len(letters) - 2)}
        before = tokens[number - 1] if number else None
        if before is not None and text[before.end : token.start] == "-":
            found.add(before.text + token.text)
    return found


def _quotation(tokens: Sequence[Token], place: int) -> list[str]:
    """Return the words quoted together with the one at a place."""
    first = last = place
    while first and tokens[first - 1].quoted:
        first -= 1
    while last + 1 < len(tokens) and tokens[last + 1].quoted:
        last += 1
    return [token.text for token in tokens[first : last + 1]]


def _within(part: list[str], words: list[str]) -> bool:
    size = len(part)
    return any(words[at : at + size] == part for at in range(len(words) - size + 1))
