"""Marks an answer fairly: slips of the fingers are not mistakes of the language.

Case, punctuation, contractions and spellings of other countries never count. A missing
accent or a typing error is "nearly". A typing error is a word that does not exist, close to
the one wanted; another real word or form is a mistake. Articles count where they are the
point.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tutor.categories import Category
from tutor.languages.function_words import DATA, function_words, is_known, primary
from tutor.languages.levels import LEVELS, UNKNOWN, word_levels

from .comparing import Difference, DifferenceKind, differences
from .feedback import Feedback, Outcome, worded
from .forms import contains, forms, plain, readings, same, tokens
from .schema import (
    NO_WORD,
    Dictation,
    Exercise,
    GapFill,
    MinimalPair,
    RolePlay,
    Shadowing,
    ShortAnswer,
    Transform,
)

IsWord = Callable[[str], bool]

NEARLY_SCORE = 0.5
# Of a sentence said along with the voice: the recogniser mishears some words, too.
_SPOKEN_RIGHT, _SPOKEN_NEARLY = 0.8, 0.5
_STRICT_ARTICLES = frozenset({Category.ARTICLE, Category.GENDER})
_HARMLESS = frozenset({DifferenceKind.ACCENT, DifferenceKind.TYPO})
# One slip in so many words is still "nearly".
_WORDS_A_SLIP = 5
_OTHER_SHARE = 0.34


@dataclass(frozen=True, slots=True)
class Mark:
    """What an answer is worth. ``score`` is 0 to 1, None where nobody can judge it here.

    ``feedback`` is the reason as a key, ``words`` the same for the learner in the language
    taught. ``expected`` is the right answer that comes closest.
    """

    outcome: Outcome
    score: float | None
    feedback: Feedback
    words: str
    expected: str = ""
    differences: tuple[Difference, ...] = ()


def mark(exercise: Exercise, answer: str, *, is_word: IsWord | None = None) -> Mark:
    """Mark an answer. Never raises for anything that a learner may write.

    ``is_word`` tells whether a lower-case word exists; left out, the word lists of the
    language do, where there are any.
    """
    known = is_word or _word_test(exercise.l2)
    if not tokens(answer, exercise.l2) and not _picks_no_word(exercise, answer):
        return _mark(exercise, Outcome.EMPTY, 0.0, Feedback.EMPTY, exercise.solution)
    match exercise:
        case RolePlay():
            return _mark(exercise, Outcome.OPEN, None, Feedback.OPEN)
        case ShortAnswer() if not exercise.solution:
            return _open(exercise, answer)
        case MinimalPair():
            return _chosen(exercise, answer, Feedback.HEARD)
        case GapFill() if exercise.choices:
            return _chosen(exercise, _of_gap(exercise, answer), Feedback.POINT)
        case GapFill():
            return _best(exercise, _of_gap(exercise, answer), known)
        case Shadowing():
            return _spoken(exercise, answer, known)
        case _:
            return _best(exercise, answer, known)


def _picks_no_word(exercise: Exercise, answer: str) -> bool:
    offered = (*exercise.answers, *getattr(exercise, "choices", ()))
    return NO_WORD in offered and answer.strip() in {NO_WORD, "-", "—"}


def _means_no_word(exercise: Exercise, answer: str) -> bool:
    return NO_WORD in exercise.answers and _picks_no_word(exercise, answer)


def _of_gap(exercise: GapFill, answer: str) -> str:
    """Return the answer; the solution it stands for if the whole sentence was written."""
    for right in exercise.answers:
        if same(answer, exercise.filled(right), exercise.l2):
            return right
    for choice in exercise.choices:
        if same(answer, exercise.filled(choice), exercise.l2):
            return choice
    return answer


def _chosen(exercise: GapFill | MinimalPair, answer: str, when_wrong: Feedback) -> Mark:
    if _means_no_word(exercise, answer) or any(
        plain(answer) == plain(right) or same(answer, right, exercise.l2)
        for right in exercise.answers
        if right != NO_WORD
    ):
        return _mark(exercise, Outcome.RIGHT, 1.0, Feedback.RIGHT, exercise.solution)
    return _mark(exercise, Outcome.WRONG, 0.0, when_wrong, exercise.solution)


def _open(exercise: ShortAnswer, answer: str) -> Mark:
    """Judge only what can be judged: that it was answered, with the words asked for."""
    enough = len(tokens(answer, exercise.l2)) >= exercise.fewest_words
    used = not exercise.wanted or any(
        contains(answer, word, exercise.l2) for word in exercise.wanted
    )
    if enough and used:
        return _mark(exercise, Outcome.OPEN, None, Feedback.OPEN)
    reason = Feedback.SHORT if not enough else Feedback.WANTED
    return _mark(exercise, Outcome.NEARLY, NEARLY_SCORE, reason)


def _spoken(exercise: Exercise, answer: str, known: IsWord) -> Mark:
    found = differences(answer, exercise.solution, exercise.l2, known)
    share = _share(found, exercise)
    outcome, reason = Outcome.WRONG, Feedback.AGAIN
    if share >= _SPOKEN_RIGHT:
        outcome, reason = Outcome.RIGHT, Feedback.RIGHT
    elif share >= _SPOKEN_NEARLY:
        outcome, reason = Outcome.NEARLY, Feedback.PARTLY
    return _mark(exercise, outcome, share, reason, exercise.solution, found)


def _best(exercise: Exercise, answer: str, known: IsWord) -> Mark:
    marks = [_compared(exercise, answer, one, known) for one in exercise.answers]
    return max(
        marks,
        key=lambda one: (one.outcome.rank, one.score or 0.0, -len(one.differences)),
    )


def _compared(exercise: Exercise, answer: str, wanted: str, known: IsWord) -> Mark:
    if same(answer, wanted, exercise.l2):
        other = not same(wanted, exercise.solution, exercise.l2)
        reason = Feedback.OTHER if other else Feedback.RIGHT
        return _mark(exercise, Outcome.RIGHT, 1.0, reason, wanted)
    found = differences(answer, wanted, exercise.l2, known)
    outcome, reason = _judged(exercise, answer, wanted, found)
    if isinstance(exercise, Dictation):
        score = _share(found, exercise)
    else:
        score = NEARLY_SCORE if outcome is Outcome.NEARLY else 0.0
    return _mark(exercise, outcome, score, reason, wanted, found)


def _judged(
    exercise: Exercise, answer: str, wanted: str, found: Sequence[Difference]
) -> tuple[Outcome, Feedback]:
    if isinstance(exercise, Transform) and same(answer, exercise.prompt, exercise.l2):
        return Outcome.WRONG, Feedback.POINT
    if _same_words(answer, wanted, exercise.l2):
        return Outcome.WRONG, Feedback.ORDER
    if _missed(exercise, answer, wanted):
        return Outcome.WRONG, Feedback.POINT
    serious = [one for one in found if one.kind not in _HARMLESS]
    articles = [one for one in serious if _article(one, exercise.l2)]
    if articles and exercise.category in _STRICT_ARTICLES:
        return Outcome.WRONG, Feedback.ARTICLE
    n_words = len(tokens(wanted, exercise.l2))
    n_slips = len(found) - len(serious) + len(articles)
    if len(serious) == len(articles) and n_slips <= max(1, n_words // _WORDS_A_SLIP):
        if articles and n_words == 1:
            return Outcome.WRONG, Feedback.ARTICLE
        return Outcome.NEARLY, _slip(found, articles)
    if all(one.kind is DifferenceKind.ACCENT for one in found):
        return Outcome.NEARLY, Feedback.ACCENT
    if _point_made(exercise, answer) and len(serious) <= _OTHER_SHARE * n_words:
        return Outcome.NEARLY, Feedback.REST
    worst = (serious or list(found))[0].kind if found else DifferenceKind.WORD
    return Outcome.WRONG, _REASONS[worst]


_REASONS = {
    DifferenceKind.ACCENT: Feedback.ACCENT,
    DifferenceKind.TYPO: Feedback.TYPO,
    DifferenceKind.FORM: Feedback.FORM,
    DifferenceKind.WORD: Feedback.WORD,
    DifferenceKind.MISSING: Feedback.MISSING,
    DifferenceKind.EXTRA: Feedback.EXTRA,
}


def _slip(found: Sequence[Difference], articles: Sequence[Difference]) -> Feedback:
    if articles:
        return Feedback.ARTICLE
    if any(one.kind is DifferenceKind.TYPO for one in found):
        return Feedback.TYPO
    return Feedback.ACCENT


def _missed(exercise: Exercise, answer: str, wanted: str) -> bool:
    """Whether the mistake that the exercise is about came again."""
    return (
        bool(exercise.wrong)
        and contains(answer, exercise.wrong, exercise.l2)
        and not contains(wanted, exercise.wrong, exercise.l2)
    )


def _point_made(exercise: Exercise, answer: str) -> bool:
    return (
        isinstance(exercise, Transform)
        and bool(exercise.point)
        and contains(answer, exercise.point, exercise.l2)
    )


def _article(one: Difference, l2: str) -> bool:
    if not is_known(l2):
        return False
    articles = function_words(l2).groups["articles"]
    given = [word for word in (one.said, one.wanted) if word]
    return all(word in articles for word in given)


def _same_words(answer: str, wanted: str, l2: str) -> bool:
    sorted_ = {tuple(sorted(words)) for words in readings(wanted, l2)}
    return any(tuple(sorted(words)) in sorted_ for words in readings(answer, l2))


def _share(found: Sequence[Difference], exercise: Exercise) -> float:
    """Return the share of the solution's words that came right."""
    n_words = len(tokens(exercise.solution, exercise.l2))
    if not n_words:
        return 0.0
    missed = sum(NEARLY_SCORE if one.kind in _HARMLESS else 1.0 for one in found)
    return round(max(0.0, 1 - missed / n_words), 2)


def _word_test(l2: str) -> IsWord:
    if not (DATA / primary(l2) / LEVELS).is_file():
        return lambda word: False
    levels = word_levels(l2)
    numbers = frozenset(forms(l2).numbers.values())
    return lambda word: word in numbers or levels.rank(word) != UNKNOWN


def _mark(
    exercise: Exercise,
    outcome: Outcome,
    score: float | None,
    reason: Feedback,
    expected: str = "",
    found: tuple[Difference, ...] = (),
) -> Mark:
    words = worded(reason, exercise.l2, expected, exercise)
    return Mark(outcome, score, reason, words, expected, found)
