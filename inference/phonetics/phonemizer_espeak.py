"""Spanish, French and German text to pronunciations, through espeak-ng and rules."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import zip_longest

from .espeak_symbols import read_espeak
from .guessing import WordGuesser, for_voice
from .lexicon.french import french
from .lexicon.german import german
from .lexicon.spanish import spanish
from .lexicon.spoken import Place, Rules, Spoken
from .lexicon.variants import MOST_VARIANTS
from .prompt_text import SpokenToken, read_prompt
from .pronunciation import PromptWord, Variant, VariantKind
from .unspoken import is_latin

_RULES: dict[str, Rules] = {"es": spanish, "fr": french, "de": german}
# What espeak-ng says amiss when a word stands alone: it takes "y" for the letter, and
# only knows the weak form of "der".
_SAID: dict[str, dict[str, str]] = {
    "fr": {"y": "i"},
    "es": {},
    "de": {"der": "dˈeːr", "er": "ˈeːr"},
}
_LETTERS = {"fr": {"y": "i grec"}, "es": {"y": "i griega"}, "de": {}}


class EspeakPronouncer:
    """One language through espeak-ng. Without it every word is unknown. Thread-safe."""

    def __init__(self, language: str, guesser: WordGuesser) -> None:
        self.language = language
        self._guesser = guesser
        self._rules = _RULES[language]
        self._read = lru_cache(maxsize=8192)(read_espeak)

    def pronounce(self, text: str) -> tuple[PromptWord, ...]:
        """Return the spoken words in order; unknown ones without variants."""
        tokens = read_prompt(text, self.language)
        spoken = self._ask(tokens)
        return tuple(
            PromptWord(token.index, token.text, self._variants(tokens, at, spoken))
            for at, token in enumerate(tokens)
        )

    def close(self) -> None:
        """End the guesser. Safe to call twice."""
        self._guesser.close()

    def _ask(self, tokens: tuple[SpokenToken, ...]) -> dict[str, Spoken]:
        """Return how each word sounds by itself; all are asked for at once."""
        said = _SAID[self.language]
        words = {
            word: self._written(word)
            for token in tokens
            for reading in token.readings
            for word in reading
            if is_latin(word) and word not in said
        }
        guesses = self._guesser.guess(tuple(words.values()), self.language)
        known = {
            word: self._read(guess, self.language)
            for word, guess in zip(words, guesses, strict=True)
        }
        return known | {w: self._read(s, self.language) for w, s in said.items()}

    def _written(self, word: str) -> str:
        """Return what espeak-ng shall read: letters by name lose their full stop."""
        letter = word.removesuffix(".")
        if letter == word:
            return for_voice(word)
        return _LETTERS[self.language].get(letter, letter)

    def _variants(
        self, tokens: tuple[SpokenToken, ...], at: int, spoken: dict[str, Spoken]
    ) -> tuple[Variant, ...]:
        token = tokens[at]
        before = _edge(tokens[at - 1], -1) if at and not tokens[at - 1].pause else ""
        after = ""
        if at + 1 < len(tokens) and not token.pause:
            after = _edge(tokens[at + 1], 0)
        readings = []
        for reading in token.readings:
            if reading and all(spoken.get(word) for word in reading):
                readings.append(self._row([before, *reading, after], spoken))
        in_turn = (v for row in zip_longest(*readings) for v in row if v is not None)
        return _distinct(in_turn)

    def _row(self, words: list[str], spoken: dict[str, Spoken]) -> list[Variant]:
        """Return the variants of a reading between its two neighbours."""
        parts = [
            [
                _variant(form, kind)
                for form, kind in self._rules(
                    word,
                    spoken[word],
                    Place(
                        spoken.get(words[i], ()),
                        spoken.get(words[i + 2], ()),
                        words[i + 2],
                    ),
                )
                if form
            ]
            for i, word in enumerate(words[1:-1])
        ]
        if len(parts) == 1:
            return parts[0]
        first = [part[0] for part in parts]
        return [
            Variant(
                tuple(phoneme for v in first for phoneme in v.phonemes),
                tuple(stress for v in first for stress in v.stress),
            )
        ]


def _edge(token: SpokenToken, end: int) -> str:
    return token.readings[0][end] if token.readings and token.readings[0] else ""


def _variant(spoken: Spoken, kind: VariantKind) -> Variant:
    return Variant(
        tuple(phoneme for phoneme, _ in spoken), tuple(s for _, s in spoken), kind
    )


def _distinct(candidates: Iterable[Variant]) -> tuple[Variant, ...]:
    kept: dict[tuple[str, ...], Variant] = {}
    for variant in candidates:
        kept.setdefault(variant.phonemes, variant)
    return tuple(kept.values())[:MOST_VARIANTS]
