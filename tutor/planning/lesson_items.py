"""A lesson's words and phrases as items: with a meaning and an example where that is sure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from ..languages.function_words import LanguageDataError
from ..languages.glosses import Sense, glosses
from ..languages.levels import word_levels
from ..learner import Level
from ..moves import PlannedItem
from ..policy.heard import content_stems, words_of

# A meaning has to fit into a sentence that a beginner can follow.
_MOST_WORDS = 9
_ABOVE = 1
_GAP = "…"


def lesson_items(
    phrases: Sequence[str],
    words: Sequence[str],
    *,
    about: Iterable[str],
    language: str,
    level: Level,
    known: Collection[str] = (),
) -> tuple[PlannedItem, ...]:
    """Return the items in the order in which they shall come: new ones before known ones.

    ``about`` are the lesson's texts: they tell which meaning of a word is meant. ``known``
    are texts met in earlier talks, lower case.
    """
    theme = " ".join([*about, *phrases, *words])
    items = [PlannedItem(text) for text in phrases]
    items += [explained(word, phrases, theme, language, level) for word in words]
    return tuple(sorted(items, key=lambda item: item.text.casefold() in known))


def explained(
    word: str, phrases: Iterable[str], theme: str, language: str, level: Level
) -> PlannedItem:
    """Return a word with its meaning in this lesson and an example, as far as known."""
    sense = _meant(word, theme, language, level)
    example = next((p for p in phrases if _shows(p, word)), "")
    if sense is None:
        return PlannedItem(word, example=example)
    if not example and _is_easy(sense.example, language, level):
        example = sense.example
    return PlannedItem(word, sense.meaning, example)


def _meant(word: str, theme: str, language: str, level: Level) -> Sense | None:
    """Return the meaning that is meant, None where there is none, or one too many."""
    try:
        found = glosses(language)
    except LanguageDataError:
        found = None
    senses = found.senses(word) if found is not None else ()
    if len(senses) > 1:
        stems = content_stems(theme, language) - content_stems(word, language)
        senses = tuple(
            sense
            for sense in senses
            if stems & content_stems(f"{sense.meaning} {sense.example}", language)
        )
    easy = [sense for sense in senses if _is_easy(sense.meaning, language, level)]
    return easy[0] if easy else None


def _is_easy(text: str, language: str, level: Level) -> bool:
    words = words_of(text)
    levels = word_levels(language)
    return 0 < len(words) <= _MOST_WORDS and all(
        levels.rank(word) <= level.rank + _ABOVE for word in words
    )


def _shows(phrase: str, word: str) -> bool:
    """Whether a phrase is a whole example of a word, and more than the word itself."""
    said, wanted = words_of(phrase), words_of(word)
    return (
        _GAP not in phrase
        and len(said) > len(wanted) > 0
        and any(
            said[place : place + len(wanted)] == wanted
            for place in range(len(said) - len(wanted) + 1)
        )
    )
