"""Turns and lessons in the four languages taught."""

from __future__ import annotations

from tutor.brief import LessonPlan
from tutor.categories import Category
from tutor.findings import Evidence, Finding, Severity
from tutor.learner import Learner, Level, SoundProblem
from tutor.moves import Move, MoveKind, PlannedItem

TAUGHT = ("en", "es", "fr", "de")
TEXTS = {
    "en": "Yesterday I go to the market with my sister.",
    "es": "Ayer voy al mercado con mi hermana.",
    "fr": "Hier je vais au marché avec ma sœur.",
    "de": "Gestern gehe ich zum Markt mit meiner Schwester.",
}
VERBS = {
    "en": ("go", "went"),
    "es": ("voy", "fui"),
    "fr": ("vais", "suis allé"),
    "de": ("gehe", "ging"),
}
PLANS = {
    "en": LessonPlan(
        title="At the café",
        situation="You are at the counter.",
        goals=("I can order a drink.", "I can ask what my food costs."),
        topic_words=frozenset({"drink", "market"}),
    ),
    "es": LessonPlan(title="En la cafetería", goals=("Puedo pedir mi bebida.",)),
    "fr": LessonPlan(title="Au café", goals=("Je peux commander ma boisson.",)),
    "de": LessonPlan(title="Im Café", goals=("Ich kann mein Getränk bestellen.",)),
}
ITEM = PlannedItem("taxi", "taxi", "taxi, taxi")
SOUND = SoundProblem("taxi", "t")


def learner(l2: str, level: Level = Level.A1, l1: str = "zh") -> Learner:
    return Learner(l1=l1, l2=l2, level=level, name="Mia")


def finding(
    text: str, said: str, better: str, category: str, start: int | None = None
) -> Finding:
    begin = text.index(said) if start is None else start
    return Finding(
        begin,
        begin + len(said),
        said,
        better,
        "",
        category,
        Severity.ERROR,
        Evidence.BOTH,
    )


def wrong_verb(l2: str, category: str = Category.VERB_TENSE) -> Finding:
    return finding(TEXTS[l2], *VERBS[l2], category)


def move(kind: MoveKind, *findings: Finding, praise: str = "taxi") -> Move:
    return Move(kind, findings, sound=SOUND, item=ITEM, praise_for=praise)
