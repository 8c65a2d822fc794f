"""Learners and kinds of mistakes: how often in a hundred words, and what to set for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learners.selectors import mistake_label

from .heat import Cell, Column, Shade
from .ranking import TalkFigures

KIND = "mistakes"
# With fewer words a rate is an accident.
FEWEST_WORDS = 60
WEAK_FROM, FAIR_FROM = 2.0, 0.7
FEWEST_FOR_WEAK = 3

_ANYTHING = gettext_lazy("Tell the tutor about your week, in whole sentences.")
# A can-do sentence, and something to talk about that calls for it.
PRACTICE = {
    "verb_tense": (
        gettext_lazy("I can talk about yesterday, today and tomorrow."),
        gettext_lazy("What did you do last weekend, and what will you do on the next?"),
    ),
    "verb_form": (
        gettext_lazy("I can use the right form of verbs."),
        gettext_lazy("What do you enjoy doing, and what have you always wanted to do?"),
    ),
    "agreement": (
        gettext_lazy("I can make verb and person fit together."),
        gettext_lazy("Describe the day of somebody in your family."),
    ),
    "article": (
        gettext_lazy("I can use small words like “a” and “the”."),
        gettext_lazy("Describe the room you are in, and where things stand in it."),
    ),
    "preposition": (
        gettext_lazy("I can say where and when with the right small word."),
        gettext_lazy(
            "Say where you live, how one gets there, and when you are at home."
        ),
    ),
    "noun_number": (
        gettext_lazy("I can say one thing and many things."),
        gettext_lazy("What do you buy in a week, and how many of each?"),
    ),
    "pronoun": (
        gettext_lazy("I can use words like “he”, “her” and “them”."),
        gettext_lazy("Tell how two of your friends met, and what they are like."),
    ),
    "word_order": (gettext_lazy("I can put words in the right order."), _ANYTHING),
    "word_choice": (gettext_lazy("I can find the word that fits."), _ANYTHING),
    "word_form": (gettext_lazy("I can use the right form of a word."), _ANYTHING),
    "comparison": (
        gettext_lazy("I can compare things."),
        gettext_lazy("Compare two cities that you know."),
    ),
    "negation": (
        gettext_lazy("I can say no and not."),
        gettext_lazy("What do you not like, and what did you never do?"),
    ),
    "connector": (
        gettext_lazy("I can link my sentences."),
        gettext_lazy("Tell a story of something that went wrong, and why."),
    ),
    "gender": (gettext_lazy("I can use the right gender of words."), _ANYTHING),
    "missing_word": (gettext_lazy("I can say whole sentences."), _ANYTHING),
}


def columns(talks: Mapping[int, Sequence[TalkFigures]]) -> list[Column]:
    """Return the kinds of mistakes that somebody made."""
    kinds = Counter[str]()
    for some in talks.values():
        for talk in some:
            kinds.update(talk.mistakes)
    ordered = sorted(kinds, key=lambda kind: (-kinds[kind], kind))
    return [column_of(kind) for kind in ordered]


def column_of(kind: str) -> Column:
    """Return the column of a kind of mistakes."""
    label = mistake_label(kind)
    return Column(kind, label, "", label)


def cells(
    talks: Mapping[int, Sequence[TalkFigures]], kinds: Sequence[Column]
) -> dict[tuple[int, str], Cell]:
    """Return a cell for each learner who talked and each kind."""
    found = {}
    for learner_id, some in talks.items():
        words = sum(talk.words for talk in some)
        for column in kinds:
            n = sum(talk.mistakes.get(column.key, 0) for talk in some)
            found[learner_id, column.key] = _cell(n, words)
    return found


def practice_of(kind: str) -> tuple[str, str]:
    """Return a can-do sentence (perhaps ``""``) and a topic that calls for a kind."""
    goal, topic = PRACTICE.get(kind, ("", _ANYTHING))
    return str(goal), str(topic)


def _cell(n: int, words: int) -> Cell:
    said = _("%(n)s in %(words)s words") % {"n": n, "words": words}
    if words < FEWEST_WORDS:
        return Cell(
            Shade.UNKNOWN,
            "",
            _("%(said)s, too few to say") % {"said": said},
            0.0,
            False,
        )
    rate = 100 * n / words
    if rate >= WEAK_FROM and n >= FEWEST_FOR_WEAK:
        shade = Shade.WEAK
    else:
        shade = Shade.FAIR if rate >= FAIR_FROM else Shade.GOOD
    text = f"{rate:.1f}" if n else "0"
    words_of = _("%(rate)s in 100 words (%(said)s)") % {"rate": text, "said": said}
    return Cell(shade, text, words_of, rate, is_empty=False)
