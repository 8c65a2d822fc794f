"""Marks answers to the exercises of a lesson, written or said."""

from __future__ import annotations

import os
import re
from collections import Counter
from dataclasses import dataclass, replace

from .comparing import Difference, DifferenceKind
from .course import READ, CourseExercise, Match, Talk, Told
from .feedback import Feedback, Outcome, worded
from .forms import contains, tokens, without_accents
from .marking import NEARLY_SCORE, Mark, mark
from .schema import Dictation, Exercise, MinimalPair, Shadowing, Transform

# From this share of right pairs on a match is "nearly".
_PAIRS_NEARLY = 0.5
# A word said more often than this adds nothing to an answer.
_COUNTED_REPEATS = 2
# So large a share of words to work on, and a reading is "nearly".
_WORDS_TO_WORK_ON = 0.34
# Words from this length on may be used in another form of theirs ("allé", "allées").
_FORM_FROM = 4
_COMMON_OF_FORMS = 0.66
_PAIR = re.compile(r"\s*(\d{1,2})-(\d{1,2})\s*")


@dataclass(frozen=True, slots=True)
class Used:
    """What an answer in the learner's own words holds of what was asked for."""

    n_words: int
    used: tuple[str, ...]
    not_used: tuple[str, ...]


def mark_course(exercise: CourseExercise, answer: str, *, spoken: bool = False) -> Mark:
    """Mark an answer. Never raises for anything that a learner may write or say."""
    body = exercise.body
    if isinstance(body, Match):
        return _matched(exercise, body, answer)
    if isinstance(body, Told):
        return _told(exercise, body, answer)
    if isinstance(body, Talk):
        return _mark(exercise, Outcome.OPEN, None, Feedback.OPEN)
    if exercise.type in READ and not spoken:
        # Written down after it was heard or read.
        return mark(_as_dictation(body), answer)
    if isinstance(body, Transform) and spoken:
        # What was said has no spelling.
        return _kind_to_ears(mark(body, answer))
    return mark(body, answer)


def with_sounds(
    exercise: CourseExercise, marked: Mark, *, n_words: int, n_to_work_on: int
) -> Mark:
    """Return the mark of a reading whose single words were judged, too."""
    if not n_words or marked.score is None:
        return marked
    share = n_to_work_on / n_words
    score = round(marked.score * (1 - NEARLY_SCORE * share), 2)
    if marked.outcome is Outcome.RIGHT and share > _WORDS_TO_WORK_ON:
        changed = _mark(exercise, Outcome.NEARLY, score, Feedback.SOUNDS)
        return replace(
            changed, expected=marked.expected, differences=marked.differences
        )
    return replace(marked, score=score)


def said_word(exercise: CourseExercise, word: str, heard: str) -> bool:
    """Whether a single word was recognised as the one to be said."""
    return contains(heard, word, exercise.l2)


def pairs_made(exercise: Match, answer: str) -> dict[int, int]:
    """Return which shown right side was put to which left side, by their places.

    An answer is ``left-right`` pairs of places with commas between; what is none, or
    used twice, is left out.
    """
    found: dict[int, int] = {}
    for part in answer.split(",")[: len(exercise.pairs)]:
        read = _PAIR.fullmatch(part)
        if read is None:
            continue
        left, right = int(read[1]), int(read[2])
        inside = left < len(exercise.pairs) and right < len(exercise.shown)
        if inside and left not in found and right not in found.values():
            found[left] = right
    return found


def words_used(exercise: CourseExercise, body: Told, answer: str) -> Used:
    """Return how much of an answer counts, and which of the wanted words are in it."""
    question = set(tokens(body.question, exercise.l2))
    counted = Counter(tokens(answer, exercise.l2))
    n_words = sum(min(n, _COUNTED_REPEATS) for n in counted.values())
    if set(counted) <= question:
        n_words = 0
    used = tuple(word for word in body.wanted if _uses(answer, word, exercise.l2))
    not_used = tuple(word for word in body.wanted if word not in used)
    return Used(n_words, used, not_used)


def _uses(answer: str, wanted: str, l2: str) -> bool:
    """Whether wanted words are in an answer, the weightiest perhaps in another form."""
    if contains(answer, wanted, l2):
        return True
    weightiest = max(tokens(wanted, l2), key=len, default="")
    return len(weightiest) >= _FORM_FROM and any(
        _is_form(word, weightiest) for word in tokens(answer, l2)
    )


def _is_form(word: str, other: str) -> bool:
    word, other = without_accents(word), without_accents(other)
    common = len(os.path.commonprefix((word, other)))
    return common >= _COMMON_OF_FORMS * max(len(word), len(other))


def _as_dictation(body: Exercise) -> Dictation:
    return Dictation(
        prompt="",
        solution=body.solution,
        level=body.level,
        l2=body.l2,
        source=body.source,
    )


def _kind_to_ears(marked: Mark) -> Mark:
    harmless = {DifferenceKind.ACCENT, DifferenceKind.TYPO}
    kinds = {one.kind for one in marked.differences}
    if marked.outcome is Outcome.NEARLY and kinds and kinds <= harmless:
        return replace(marked, outcome=Outcome.RIGHT, score=1.0, differences=())
    return marked


def _matched(exercise: CourseExercise, body: Match, answer: str) -> Mark:
    made = pairs_made(body, answer)
    if not made:
        return _mark(exercise, Outcome.EMPTY, 0.0, Feedback.EMPTY)
    wrong: list[Difference] = []
    for at, (_left, right) in enumerate(body.pairs):
        chosen = body.shown[made[at]] if at in made else ""
        if chosen != right:
            kind = DifferenceKind.WORD if chosen else DifferenceKind.MISSING
            wrong.append(Difference(chosen, right, kind))
    if not wrong:
        return _mark(exercise, Outcome.RIGHT, 1.0, Feedback.RIGHT)
    n_right = len(body.pairs) - len(wrong)
    score = round(n_right / len(body.pairs), 2)
    nearly = score >= _PAIRS_NEARLY
    outcome = Outcome.NEARLY if nearly else Outcome.WRONG
    marked = _mark(exercise, outcome, score, Feedback.PAIRS)
    return replace(marked, differences=tuple(wrong))


def _told(exercise: CourseExercise, body: Told, answer: str) -> Mark:
    if not tokens(answer, exercise.l2):
        return _mark(exercise, Outcome.EMPTY, 0.0, Feedback.EMPTY)
    found = words_used(exercise, body, answer)
    length = min(1.0, found.n_words / body.fewest_words)
    use = min(1.0, len(found.used) / body.used) if body.used else 1.0
    score = round((length + use) / 2, 2)
    if length < 1:
        return _mark(exercise, Outcome.NEARLY, score, Feedback.SHORT)
    if use < 1:
        marked = _mark(exercise, Outcome.NEARLY, score, Feedback.WANTED)
        words = marked.words.replace("{wanted}", ", ".join(found.not_used))
        return replace(marked, words=words)
    return _mark(exercise, Outcome.OPEN, score, Feedback.TOLD)


def _mark(
    exercise: CourseExercise, outcome: Outcome, score: float | None, reason: Feedback
) -> Mark:
    body = exercise.body
    # Only the wanted words depend on the exercise, and those are filled in above.
    words = worded(reason, exercise.l2, "", None)
    expected = body.solution if isinstance(body, Shadowing | MinimalPair) else ""
    return Mark(outcome, score, reason, words, expected)
