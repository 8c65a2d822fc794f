"""What a word means: the lesson says it first, then the dictionary, then the tutor."""

from __future__ import annotations

from collections.abc import Sequence

from tutor.completion import Completion
from tutor.gates.clitics import parts
from tutor.languages.function_words import (
    LanguageDataError,
    function_words,
    primary,
)
from tutor.languages.glosses import ATTRIBUTION, Glosses, glosses
from tutor.learner import Level
from tutor.moves import PlannedItem
from tutor.translatable import gettext_noop

from .answers import Gloss, Meaning, Source
from .asking import asked
from .checking import indecent
from .pairs import name
from .scripts import in_script, is_foreign

MOST_SIGNS = 60
# What a short form that has two readings may stand for.
_READINGS = {"'s": ("is", "has"), "'d": ("would", "had")}
_WHOLE = {("let", "'s"): "let us", ("can", "not"): "cannot"}
_MOST_MEANINGS = 3
_MOST_GLOSS_SIGNS = 160
_MAX_TOKENS = 80
_TASK = (
    "You explain words to language learners. Say in one short phrase what `word` means in"
    " `sentence`, in simple words of the language `language` for CEFR level `level`,"
    " without using the word itself. Give the meaning only."
)


def gloss(
    word: str,
    l2: str,
    *,
    items: Sequence[PlannedItem] = (),
    sentence: str = "",
    level: Level = Level.A2,
    completion: Completion | None = None,
) -> Gloss:
    """Return what a word means, in simple words of its own language.

    ``items`` are the lesson's, whose own meanings win. ``sentence`` is where the word
    stood: only the model looks at it, and it is asked only where nothing else knows the
    word. Never raises; ``missing`` says what is not there.
    """
    word = _bare(word)
    if not word or len(word) > MOST_SIGNS:
        return _missing(word, l2, gettext_noop("This is not a word."))
    for item in items:
        if item.gloss.strip() and _bare(item.text).casefold() == word.casefold():
            meaning = Meaning(item.gloss.strip(), example=item.example.strip())
            return Gloss(item.text, (meaning,), Source.LESSON, l2)
    full = _full_form(word, l2)
    if full:
        return Gloss(word, (Meaning(full),), Source.DICTIONARY, l2)
    dictionary = _dictionary(l2)
    found = _looked_up(word, l2, dictionary)
    if found is not None:
        return found
    if completion is not None:
        text = _by_model(word, l2, sentence, level, completion)
        if text:
            return Gloss(word, (Meaning(text),), Source.MODEL, l2)
    if dictionary is None:
        return _missing(
            word, l2, gettext_noop("There is no dictionary for this language here.")
        )
    return _missing(word, l2, gettext_noop("The dictionary does not have this word."))


def _full_form(word: str, l2: str) -> str:
    """Return what "don't" is in full, ``""`` for what is no short form."""
    if primary(l2) != "en":
        return ""
    word = word.replace("\u2019", "'").casefold()
    tokens = parts(word, "en")
    if len(tokens) < 2 or "'" not in word:
        return ""
    head, end = tokens
    if (head, end) in _WHOLE:
        return _WHOLE[head, end]
    # "Tom's" is Tom's own, and no short form.
    if end in _READINGS and head not in function_words("en"):
        return ""
    head = "I" if head == "i" else head
    return ", or: ".join(f"{head} {full}" for full in _READINGS.get(end, (end,)))


def _looked_up(word: str, l2: str, dictionary: Glosses | None) -> Gloss | None:
    if dictionary is None:
        return None
    try:
        # "Tom's" is "Tom", "well-known" may be listed as "known".
        senses = dictionary.senses(word) or dictionary.senses(
            word.replace("\u2019", "'").removesuffix("'s")
        )
    except LanguageDataError:
        return None
    if not senses:
        return None
    meanings = tuple(
        Meaning(sense.meaning, sense.part, sense.example)
        for sense in senses[:_MOST_MEANINGS]
    )
    attribution = ATTRIBUTION.get(primary(l2), "")
    return Gloss(senses[0].word, meanings, Source.DICTIONARY, l2, attribution)


def _dictionary(l2: str) -> Glosses | None:
    try:
        return glosses(l2)
    except LanguageDataError:
        return None


def _by_model(
    word: str, l2: str, sentence: str, level: Level, completion: Completion
) -> str:
    text = asked(
        completion,
        _TASK,
        {
            "word": word,
            "sentence": sentence[: 4 * MOST_SIGNS],
            "language": name(l2),
            "level": str(level),
        },
        purpose="gloss",
        max_tokens=_MAX_TOKENS,
    ).rstrip(".")
    same = text.casefold() == word.casefold()
    if same or not 0 < len(text) <= _MOST_GLOSS_SIGNS or not in_script(text, l2):
        return ""
    if indecent(text, l2) or is_foreign(text, l2):
        return ""
    return text


def _missing(word: str, l2: str, reason: str) -> Gloss:
    return Gloss(word, (), Source.NONE, l2, missing=reason)


def _bare(word: str) -> str:
    """Return a word without the punctuation around it."""
    text = " ".join(word.split())
    first = next((at for at, sign in enumerate(text) if sign.isalnum()), len(text))
    last = next(
        (at for at in range(len(text), first, -1) if text[at - 1].isalnum()), first
    )
    return text[first:last]
