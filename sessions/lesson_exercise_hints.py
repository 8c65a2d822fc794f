"""A hint for each exercise of a lesson: a step towards the answer, never all of it."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tutor.exercises.course import CourseExercise, CourseType, Match, Talk, Told
from tutor.exercises.forms import tokens
from tutor.exercises.schema import (
    Dictation,
    GapFill,
    MinimalPair,
    Reorder,
    Shadowing,
    Transform,
)

# So many words of an example show how to begin, of a short one fewer.
_BEGINNING = 3


def hint(exercise: CourseExercise) -> str:
    """Return the author's hint, else one in the page's language."""
    if exercise.hint:
        return exercise.hint
    match exercise.body:
        case GapFill() as body if body.choices:
            return _("Say the whole sentence with each word. Which one sounds right?")
        case GapFill() as body:
            letters = len("".join(tokens(body.solution, exercise.l2)))
            return ngettext(
                "%(n)s letter. It begins with “%(letter)s”.",
                "%(n)s letters. It begins with “%(letter)s”.",
                letters,
            ) % {"n": letters, "letter": body.solution[:1]}
        case Reorder() as body:
            return _("It begins with “%(word)s”.") % {"word": _first_piece(body)}
        case Transform() as body:
            return _("It begins with “%(word)s”.") % {"word": body.solution.split()[0]}
        case Dictation() as body:
            return _("%(n)s words, and the first is “%(word)s”.") % {
                "n": len(tokens(body.solution, exercise.l2)),
                "word": body.solution.split()[0],
            }
        case Match():
            return _("Begin with the pair you are sure of. Fewer are left then.")
        case MinimalPair():
            return _("Listen slowly. The two differ in one sound only.")
        case Shadowing() if exercise.type is CourseType.READ_ALOUD:
            return _("Listen to it first. Then read it, a few words at a time.")
        case Shadowing():
            return _("Listen to it slowly first, then say it with the voice.")
        case Told() as body:
            example = body.example.split()
            words = " ".join(example[: max(1, min(_BEGINNING, len(example) // 2))])
            return _("You can begin like this: “%(words)s …”") % {"words": words}
        case Talk() as body if body.opening_line:
            return _("Your tutor begins: “%(line)s”") % {"line": body.opening_line}
    return ""


def _first_piece(body: Reorder) -> str:
    fitting = [piece for piece in body.pieces if body.solution.startswith(piece)]
    return max(fitting, key=len) if fitting else body.solution.split()[0]
