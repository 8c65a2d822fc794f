"""An exercise as a page shows it: the task with its hint, and never the answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from tutor.exercises import Exercise, Mark
from tutor.exercises.feedback import Outcome
from tutor.exercises.forms import tokens
from tutor.exercises.schema import (
    GAP,
    Dictation,
    GapFill,
    MinimalPair,
    Reorder,
    RolePlay,
    Shadowing,
    ShortAnswer,
    Transform,
)

from .models import ErrorLedgerEntry


def task(exercise: Exercise) -> dict[str, Any]:
    """Return what the learner sees, as JSON.

    ``kind``, ``level``, ``l2``, ``title`` (what to do), ``hint``; ``prompt`` where there is
    one; ``voice``: the tutor says it; ``mic``: it is, or may be, said; the rest by kind.
    """
    shown: dict[str, Any] = {
        "kind": str(exercise.kind),
        "level": str(exercise.level),
        "l2": exercise.l2,
        "title": _title(exercise),
        "hint": hint(exercise),
        "prompt": exercise.prompt,
        "voice": spoken_text(exercise) != "",
        "mic": isinstance(exercise, Shadowing | ShortAnswer),
    }
    match exercise:
        case GapFill():
            before, _gap, after = exercise.prompt.partition(GAP)
            shown |= {"before": before, "after": after}
            shown["choices"] = list(exercise.choices)
        case MinimalPair():
            shown["choices"] = list(exercise.choices)
        case Reorder():
            shown["pieces"] = list(exercise.pieces)
        case ShortAnswer():
            shown["wanted"] = list(exercise.wanted)
            shown["long"] = not exercise.solution
        case RolePlay():
            shown["role"] = exercise.tutor_role
            shown["goals"] = list(exercise.goals)
    return shown


def spoken_text(exercise: Exercise) -> str:
    """Return what the tutor says of it before it is answered, ``""`` for nothing."""
    if isinstance(exercise, Dictation | Shadowing | MinimalPair):
        return exercise.solution
    return ""


def hint(exercise: Exercise) -> str:
    """Return a hint in the page's language, ``""`` where the task has none."""
    if exercise.hint:
        return exercise.hint
    match exercise:
        case GapFill() | Transform():
            return _hint_of_mistake(exercise)
        case Reorder():
            return _("It begins with “%(word)s”.") % {"word": _first(exercise)}
        case Dictation():
            n = len(tokens(exercise.solution, exercise.l2))
            return _("%(n)s words, and the first is “%(word)s”.") % {
                "n": n,
                "word": exercise.solution.split()[0],
            }
        case MinimalPair():
            sound = exercise.source.partition(":")[2]
            return _("One of the two has the sound /%(sound)s/. Listen slowly.") % {
                "sound": sound
            }
        case Shadowing():
            return _("Listen to it slowly first, then say it with the voice.")
        case ShortAnswer() if exercise.fewest_words > 1:
            return _("At least %(n)s words.") % {"n": exercise.fewest_words}
    return ""


def result(exercise: Exercise, mark: Mark) -> dict[str, Any]:
    """Return a mark with the right answer as a page shows them, as JSON."""
    return {
        "outcome": str(mark.outcome),
        "score": mark.score,
        "feedback": str(mark.feedback),
        "words": mark.words,
        "expected": mark.expected,
        "whole": _whole(exercise, mark),
        "differences": [
            {"said": one.said, "wanted": one.wanted, "kind": str(one.kind)}
            for one in mark.differences
        ],
        "choices": list(getattr(exercise, "choices", ())),
    }


def _whole(exercise: Exercise, mark: Mark) -> str:
    """Return the right answer as a whole sentence, ``""`` where there is none."""
    if mark.outcome is Outcome.OPEN or isinstance(exercise, RolePlay):
        return ""
    right = mark.expected or exercise.solution
    return exercise.filled(right) if isinstance(exercise, GapFill) else right


def _hint_of_mistake(exercise: GapFill | Transform) -> str:
    if isinstance(exercise, Transform) and exercise.wrong:
        return _("Look at “%(words)s”.") % {"words": exercise.wrong}
    kinds = ErrorLedgerEntry.Category
    about = str(kinds(exercise.category).label) if exercise.category in kinds else ""
    return _("What it is about: %(topic)s.") % {"topic": about} if about else ""


def _first(exercise: Reorder) -> str:
    starting: Sequence[str] = [
        piece for piece in exercise.pieces if exercise.solution.startswith(piece)
    ]
    return max(starting, key=len) if starting else exercise.solution.split()[0]


def _title(exercise: Exercise) -> str:
    match exercise:
        case GapFill() if exercise.choices:
            return _("Which word belongs in the gap?")
        case GapFill():
            return _("Write the word that is missing")
        case Reorder():
            return _("Put the pieces in order")
        case Transform():
            return _("You said this. Write it right")
        case Dictation():
            return _("Write what you hear")
        case Shadowing():
            return _("Listen, then say it with the voice")
        case MinimalPair():
            return _("Which word do you hear?")
        case RolePlay():
            return _("Play this with your tutor")
        case ShortAnswer() if exercise.solution:
            return _("Which word means this?")
    return _("Show it: say or write your answer")
