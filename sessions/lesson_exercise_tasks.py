"""An exercise of a lesson as its page shows it: the task, and never the answer."""

from __future__ import annotations

from typing import Any

from django.templatetags.static import static
from django.utils.translation import gettext as _

from learners.lesson_exercises import ExerciseState, read_course_exercise
from tutor.exercises.course import TALKS, TOLD, CourseExercise, CourseType, Match, Talk
from tutor.exercises.course import Told as ToldBody
from tutor.exercises.schema import GAP, GapFill, MinimalPair, Reorder, Shadowing
from tutor.exercises.schema import Transform as TransformBody

from .lesson_exercise_hints import hint

# What may be answered by voice alone, and what both ways.
_SAID = frozenset({CourseType.READ_ALOUD, CourseType.SHADOWING, *TOLD})
_HEARD = frozenset(
    {CourseType.DICTATION, CourseType.SHADOWING, CourseType.MINIMAL_PAIR}
)
# The widget of the personal exercises that draws it.
_KINDS = {
    CourseType.READ_ALOUD: "read",
    CourseType.SHADOWING: "read",
    CourseType.SPOKEN_ANSWER: "told",
    CourseType.PICTURE_TALK: "told",
    CourseType.ROLE_PLAY: "talk",
    CourseType.FREE_TALK: "talk",
}


def task(state: ExerciseState) -> dict[str, Any]:
    """Return what the learner sees of an exercise, as JSON. Raises ``exercise.gone``.

    ``kind`` says how it is drawn, ``type`` what it is; ``listens``: it begins with the
    voice; ``voice``: the voice may be asked; ``speaks``: it is answered aloud; ``mic``: it
    may be. ``last``, ``isRepeated`` and ``isLeft`` are the learner's round.
    """
    exercise = read_course_exercise(state.row)
    kind = exercise.type
    return {
        "exercise": str(state.row.uuid),
        "type": str(kind),
        "kind": _KINDS.get(kind, str(kind)),
        "level": str(exercise.level),
        "l2": exercise.l2,
        "title": title(exercise),
        "hint": hint(exercise),
        "listens": kind in _HEARD,
        "voice": kind in _HEARD or kind in _SAID,
        "speaks": kind in _SAID,
        "mic": kind in _SAID or kind is CourseType.TRANSFORM,
        "last": state.last,
        "isRepeated": state.is_repeated,
        "isLeft": state.is_left,
        **_shown(exercise),
    }


def title(exercise: CourseExercise) -> str:
    """Return what to do, in the page's language."""
    gap = isinstance(exercise.body, GapFill) and exercise.body.choices
    return {
        CourseType.READ_ALOUD: _("Read this aloud"),
        CourseType.SHADOWING: _("Listen, then say it the same way"),
        CourseType.MINIMAL_PAIR: _("Which word do you hear?"),
        CourseType.DICTATION: _("Write what you hear"),
        CourseType.GAP_FILL: _("Which word belongs in the gap?")
        if gap
        else _("Write the word that is missing"),
        CourseType.REORDER: _("Put the pieces in order"),
        CourseType.MATCH: _("Which ones belong together?"),
        CourseType.TRANSFORM: _("Say it differently"),
        CourseType.SPOKEN_ANSWER: _("Answer aloud"),
        CourseType.PICTURE_TALK: _("Talk about the picture"),
        CourseType.ROLE_PLAY: _("Play this with your tutor"),
        CourseType.FREE_TALK: _("Talk about this with your tutor"),
    }[exercise.type]


def picture_alt(picture: str) -> str:
    """Return what a picture is of, without what there is to be said about it."""
    return {
        "bus_stop": _("A bus stop with several people"),
        "cafe": _("A café with guests"),
        "classroom": _("A classroom in the middle of a lesson"),
        "doctor": _("A doctor's office with patients"),
        "family_dinner": _("A family at the table"),
        "kitchen": _("A kitchen with two people"),
        "living_room": _("A living room"),
        "market": _("A market with stalls and people"),
        "office": _("An office with people at work"),
        "park": _("A park with people and animals"),
        "party": _("A party"),
        "station": _("A railway station with travellers"),
        "street": _("A street in a town"),
        "beach": _("A beach with people"),
    }.get(picture, _("A picture"))


def _shown(exercise: CourseExercise) -> dict[str, Any]:
    match exercise.body:
        case GapFill() as body:
            before, _gap, after = body.prompt.partition(GAP)
            choices = list(body.choices)
            return {"before": before, "after": after, "choices": choices}
        case MinimalPair() as body:
            return {"choices": list(body.choices)}
        case Reorder() as body:
            return {"pieces": list(body.pieces)}
        case TransformBody() as body:
            return {"prompt": body.prompt, "instruction": exercise.instruction}
        case Match() as body:
            left = [one for one, _right in body.pairs]
            return {"left": left, "right": list(body.shown)}
        case Shadowing() as body:
            return {"prompt": body.prompt}
        case ToldBody() as body:
            return {"prompt": body.question, **_told(body)}
        case Talk() as body:
            return {
                "prompt": body.question,
                "role": body.tutor_role,
                "goals": list(body.goals),
                "isTalk": exercise.type in TALKS,
            }
    return {}


def _told(body: ToldBody) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "wanted": list(body.wanted),
        "atLeast": body.used,
        "fewestWords": body.fewest_words,
    }
    if body.picture:
        shown["picture"] = static(f"sessions/pictures/{body.picture}.svg")
        shown["pictureAlt"] = picture_alt(body.picture)
    return shown
