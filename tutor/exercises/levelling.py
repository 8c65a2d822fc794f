"""Whether an exercise is easy enough for its level."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from tutor.languages.function_words import function_words, is_known
from tutor.learner import Level

from .forms import forms, plain, tokens
from .schema import GAP, Exercise, GapFill, MinimalPair, RolePlay

LevelOf = Callable[[str], Level | None]

# Words above the level + 1; the same share as for what the tutor says.
_HARD_SHARE = 0.05
# A word with a capital that does not begin a sentence.
_NAME = re.compile(r"(?<=[^\s.!?:\"“]\s)[A-ZÀ-ÖØ-Þ][^\W_]*")


def too_hard(
    text: str, l2: str, level: Level, level_of: LevelOf, known: frozenset[str]
) -> list[str]:
    """Return the words of a text above the next level. Names and numbers are not."""
    names = {plain(name) for name in _NAME.findall(text)}
    found = []
    for word in tokens(text, l2):
        if word in known or word in names or any(sign.isdigit() for sign in word):
            continue
        if word.partition("'")[0] in known or _short_form(word, l2):
            continue
        rated = level_of(word)
        if rated is None or rated.rank > level.rank + 1:
            found.append(word)
    return found


def _short_form(word: str, l2: str) -> bool:
    if word in forms(l2).full or len(word) == 1:
        return True
    return is_known(l2) and (
        word in function_words(l2) or word.partition("'")[0] in function_words(l2)
    )


def level_faults(
    exercise: Exercise, level_of: LevelOf, known: frozenset[str]
) -> Iterator[str]:
    """Yield the first text of an exercise with too many hard words."""
    texts = [exercise.prompt.replace(GAP, " "), *exercise.answers]
    if isinstance(exercise, GapFill):
        texts = [exercise.filled(exercise.solution)]
    elif isinstance(exercise, MinimalPair):
        texts = [". ".join(exercise.choices)]
    elif isinstance(exercise, RolePlay):
        # The situation is the lesson's own text, written for this level.
        texts = []
    for text in texts:
        l2, level = exercise.l2, exercise.level
        hard = too_hard(text, l2, level, level_of, known)
        if len(hard) > _HARD_SHARE * len(tokens(text, l2)):
            yield f"too hard for {level}: {', '.join(hard)}"
            return
