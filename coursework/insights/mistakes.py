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

GOALS = {
    "verb_tense": gettext_lazy("I can talk about yesterday, today and tomorrow."),
    "verb_form": gettext_lazy("I can use the right form of verbs."),
    "agreement": gettext_lazy("I can make verb and person fit together."),
    "article": gettext_lazy("I can use small words like “a” and “the”."),
    "preposition": gettext_lazy("I can say where and when with the right small word."),
    "noun_number": gettext_lazy("I can say one thing and many things."),
    "pronoun": gettext_lazy("I can use words like “he”, “her” and “them”."),
    "word_order": gettext_lazy("I can put words in the right order."),
    "word_choice": gettext_lazy("I can find the word that fits."),
    "word_form": gettext_lazy("I can use the right form of a word."),
    "comparison": gettext_lazy("I can compare things."),
    "negation": gettext_lazy("I can say no and not."),
    "connector": gettext_lazy("I can link my sentences."),
    "gender": gettext_lazy("I can use the right gender of words."),
    "missing_word": gettext_lazy("I can say whole sentences."),
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


def goal_of(kind: str) -> str:
    """Return a can-do sentence to set for a kind of mistakes, ``""`` without one."""
    return str(GOALS.get(kind, ""))


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
