"""The lessons of the scenario turns, planned as those of the product are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from sessions.turns.prompting import Brief, opening_line
from tutor.brief import LessonPlan
from tutor.learner import Learner
from tutor.memory.opening import TalkMemory
from tutor.planning import free_talk_items, lesson_items, topic_words

from .tutor_past import CaseError

SCENARIOS = Path(__file__).with_name("tutor_scenarios")
LESSONS = "lessons.yaml"


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson as teachers write it; one without a title is free talk.

    ``opening`` are the tutor's first words. ``next`` is something right that a learner
    says next, whatever came before.
    """

    title: str = ""
    situation: str = ""
    tutor_role: str = ""
    goals: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    opening: str = ""
    next: str = ""

    def plan(self, learner: Learner) -> LessonPlan:
        """Return what the tutor knows of it, as ``sessions.live.composition`` makes it."""
        language, level = learner.l2, learner.level
        if not self.title:
            items = free_talk_items(TalkMemory(), language=language, level=level)
            return LessonPlan(items=items)
        about = (self.title, self.situation, *self.goals)
        return LessonPlan(
            title=self.title,
            situation=self.situation,
            tutor_role=self.tutor_role,
            role_facts=self.facts,
            goals=self.goals,
            items=lesson_items(
                self.phrases, self.words, about=about, language=language, level=level
            ),
            topic_words=topic_words(about, language),
        )

    def opens(self, learner: Learner) -> str:
        """Return the tutor's first words to a learner."""
        of_anyone = Brief(learner.l2, learner.level, learner.name)
        return self.opening or opening_line(of_anyone)


def read_lessons(path: Path = SCENARIOS / LESSONS) -> dict[str, Lesson]:
    """Return the lessons by name. Raises CaseError."""
    try:
        return {name: _lesson(entry) for name, entry in load_yaml(path).items()}
    except TypeError as wrong:
        raise CaseError(f"{path.name}: {wrong}") from wrong


def load_yaml(path: Path) -> Any:
    """Return what a YAML file holds. Raises CaseError."""
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as wrong:
        raise CaseError(f"{path.name}: {wrong}") from wrong


def _lesson(entry: Mapping[str, Any]) -> Lesson:
    lists = {name: tuple(value) for name, value in entry.items() if type(value) is list}
    return Lesson(**{**entry, **lists})
