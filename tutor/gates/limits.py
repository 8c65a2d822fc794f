"""Every number that a reply is held to, in one place."""

from __future__ import annotations

from typing import Final

from ..learner import Level

# Human tutors say two or three sentences, some 18 words; models talk on if they may.
MAX_SENTENCES: Final = 3
MAX_WORDS: Final[dict[Level, int]] = {
    Level.A1: 14,
    Level.A2: 20,
    Level.B1: 28,
    Level.B2: 36,
    Level.C1: 45,
    Level.C2: 45,
}
MAX_QUESTIONS: Final = 1

# "Oh, nice!" is no sentence of its own: so many words without a question are not counted.
INTERJECTION_WORDS: Final = 2

# Words above the learner's level + 1, as a share of all words of the reply ...
ABOVE_SHARE: Final = 0.05
# ... but this many always, for word lists err by a level now and then.
ABOVE_ALWAYS: Final = 1
# A word this far above the learner's level is no error of the list: it is never free.
FAR_ABOVE: Final = 4

# Words of the language taught, as a share of the words that belong to any language.
TARGET_SHARE: Final = 0.7
# So many foreign words are let pass whatever their share: a dish, a greeting.
FOREIGN_ALWAYS: Final = 1

# A sentence of so many words that holds this share of the learner's, in their order, is one
# that says the learner's back; a little less is enough where nearly all of theirs is in it ...
ECHO_TOKENS: Final = 4
ECHO_SHARE: Final = 0.75
ECHO_MOST: Final = 0.7
# ... and a reply without a question brings at least so many words of its own.
NEW_WORDS: Final = 2


def max_words(level: Level) -> int:
    """Return how many words a reply to this learner may have."""
    return MAX_WORDS[level]
