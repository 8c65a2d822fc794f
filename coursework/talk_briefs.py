"""An assignment as the tutor needs it for its talk."""

from __future__ import annotations

from learners.context import LearnerContext
from sessions.own_brief import OwnBrief
from tutor.languages.function_words import primary

from .models import Assignment

# How the tutor begins where the teacher wrote nothing. {topic} is the teacher's.
_ABOUT = {
    "en": "Today let’s talk about this: {topic} Where would you like to begin?",
    "es": "Hoy vamos a hablar de esto: {topic} ¿Por dónde quieres empezar?",
    "fr": "Aujourd’hui, parlons de ceci : {topic} Par où veux-tu commencer ?",
    "de": "Heute sprechen wir darüber: {topic} Womit möchtest du anfangen?",
}
_YOU_BEGIN = {
    "en": "Hello! I am ready when you are. Please begin.",
    "es": "¡Hola! Cuando quieras, empezamos. Empieza tú, por favor.",
    "fr": "Bonjour ! Je suis prêt quand tu veux. Commence, je t’en prie.",
    "de": "Hallo! Ich bin bereit. Fang bitte an.",
}
_ENDS = (".", "!", "?", "…")
MAX_OPENING_CHARS = 300


def talk_brief(assignment: Assignment, learner: LearnerContext) -> OwnBrief:
    """Return what the tutor plays, at the learner's own level where that is known."""
    kind = assignment.kind
    is_free = kind in (Assignment.Kind.ROLE_PLAY, Assignment.Kind.TALK)
    opening = assignment.opening_line
    if is_free and not opening:
        opening = _opening(assignment)
    return OwnBrief(
        title=assignment.title,
        situation=assignment.scenario if is_free else "",
        tutor_role=assignment.tutor_role if kind == Assignment.Kind.ROLE_PLAY else "",
        opening_line=opening if is_free else "",
        goals=tuple(assignment.goals),
        l2=assignment.classroom.l2,
        level=_level(assignment, learner),
        min_minutes=assignment.min_minutes,
    )


def _opening(assignment: Assignment) -> str:
    language = primary(assignment.classroom.l2)
    if assignment.kind == Assignment.Kind.ROLE_PLAY:
        return _YOU_BEGIN.get(language, _YOU_BEGIN["en"])
    topic = assignment.title.strip()
    if not topic.endswith(_ENDS):
        topic += "."
    return _ABOUT.get(language, _ABOUT["en"]).format(topic=topic)[:MAX_OPENING_CHARS]


def _level(assignment: Assignment, learner: LearnerContext) -> str:
    """Return the learner's own level in the class's language, else the class's."""
    classroom = assignment.classroom
    if primary(learner.l2) == primary(classroom.l2):
        return learner.level
    return classroom.level or learner.level
