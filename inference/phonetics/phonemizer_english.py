"""English text to pronunciations: dictionary, rules, and espeak-ng for what is left."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest

from .espeak_symbols import read_espeak
from .guessing import WordGuesser, for_voice
from .inventory import to_arpabet
from .lexicon.derived import compound, inflected
from .lexicon.dictionary import Dictionary
from .lexicon.linking import Neighbours, neighbours
from .lexicon.phones import Phones
from .lexicon.variants import distinct, variants
from .prompt_text import SpokenToken, read_prompt
from .pronunciation import PromptWord, Variant, VariantKind
from .unspoken import is_latin, without_accents

_VOICE = "en-us"
# How many variants of each word of "25 km" are tried with the first of the others.
_MOST_OF_A_PART = 2


@dataclass(frozen=True, slots=True)
class _Word:
    """A spoken word by itself."""

    text: str
    listed: tuple[Phones, ...]
    kind: VariantKind


class EnglishPronouncer:
    """Knows 126,000 words; weak, linked and other accents' forms follow by rule.

    Thread-safe. Words are remembered, so a text costs about a millisecond.
    """

    language = "en"

    def __init__(
        self, guesser: WordGuesser, dictionary: Dictionary | None = None
    ) -> None:
        self._guesser = guesser
        self._dictionary = dictionary or Dictionary()
        self._word = lru_cache(maxsize=8192)(self._look_up)

    def pronounce(self, text: str) -> tuple[PromptWord, ...]:
        """Return the spoken words in order; unknown ones without variants."""
        tokens = read_prompt(text, "en", known=self._dictionary.__contains__)
        return tuple(
            PromptWord(token.index, token.text, self._variants(tokens, at))
            for at, token in enumerate(tokens)
        )

    def close(self) -> None:
        """End the guesser. Safe to call twice."""
        self._guesser.close()

    def _variants(
        self, tokens: tuple[SpokenToken, ...], at: int
    ) -> tuple[Variant, ...]:
        token = tokens[at]
        linked_before = at > 0 and not tokens[at - 1].pause
        linked_after = at + 1 < len(tokens) and not token.pause
        before = self._edge(tokens[at - 1], last=True) if linked_before else None
        after = self._edge(tokens[at + 1], last=False) if linked_after else None
        readings = []
        for reading in token.readings:
            words = [self._word(text) for text in reading]
            if words and all(word.listed for word in words):
                readings.append(_spoken([before, *words, after]))
        # Each reading's first, then each one's second: all of them get a chance.
        in_turn = (v for row in zip_longest(*readings) for v in row if v is not None)
        return distinct(in_turn)

    def _edge(self, token: SpokenToken, *, last: bool) -> _Word | None:
        """Return the word of a neighbouring token that touches this one."""
        if not token.readings or not token.readings[0]:
            return None
        return self._word(token.readings[0][-1 if last else 0])

    def _look_up(self, text: str) -> _Word:
        listed = self._known(text)
        if listed:
            return _Word(text, listed, VariantKind.DICTIONARY)
        plain = without_accents(text)
        if plain != text and (listed := self._known(plain)):
            return _Word(text, listed, VariantKind.DICTIONARY)
        if listed := compound(plain, self._dictionary.pronunciations):
            return _Word(text, listed, VariantKind.GUESSED)
        if not is_latin(text):
            return _Word(text, (), VariantKind.GUESSED)
        (guess,) = self._guesser.guess((for_voice(text),), _VOICE)
        phones = _arpabet(guess)
        return _Word(text, (phones,) if phones else (), VariantKind.GUESSED)

    def _known(self, text: str) -> tuple[Phones, ...]:
        lookup = self._dictionary.pronunciations
        return lookup(text) or inflected(text, lookup)


def _arpabet(guess: str) -> Phones:
    """Return a guess as ARPAbet. espeak-ng writes the r of "rural" twice."""
    phones = [
        to_arpabet(phoneme, stress) for phoneme, stress in read_espeak(guess, "en")
    ]
    return tuple(
        phone
        for i, phone in enumerate(phones)
        if not (phone == "R" and phones[i + 1 : i + 2] == ["R"])
    )


def _spoken(row: list[_Word | None]) -> tuple[Variant, ...]:
    """Return the variants of the words of a token between its two neighbours."""
    parts = [
        variants(
            word.text, word.listed, _between(row[i], row[i + 2]),
            final=row[i + 2] is None, kind=word.kind,
        )
        for i, word in enumerate(row[1:-1])
        if word is not None
    ]  # fmt: skip
    if len(parts) == 1:
        return parts[0]
    first = [part[0] for part in parts]
    rows = [first]
    for i, part in enumerate(parts):
        rows += [[*first[:i], v, *first[i + 1 :]] for v in part[1:_MOST_OF_A_PART]]
    return tuple(_one(row) for row in rows)


def _one(row: list[Variant]) -> Variant:
    """Return several words as one variant; one guess makes it a guess."""
    kinds = {variant.kind for variant in row}
    kind = next(
        (k for k in (VariantKind.GUESSED, VariantKind.DIALECT) if k in kinds),
        VariantKind.DICTIONARY,
    )
    return Variant(
        tuple(phoneme for variant in row for phoneme in variant.phonemes),
        tuple(stress for variant in row for stress in variant.stress),
        kind,
    )


def _between(before: _Word | None, after: _Word | None) -> Neighbours:
    return neighbours(
        before.listed[0] if before and before.listed else (),
        after.listed[0] if after and after.listed else (),
        after.text if after else "",
    )
