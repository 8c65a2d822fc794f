"""What the tutor knows of the lesson."""

from __future__ import annotations

from dataclasses import dataclass

from .moves import PlannedItem


@dataclass(frozen=True, slots=True)
class LessonPlan:
    """The lesson as the policy sees it. An empty plan is free talk.

    ``topic_words`` are content words of situation and goals, lower case: what counts as on
    topic. ``minutes`` is how long the talk shall last. ``past_talks`` tells those before
    in a few sentences.
    """

    title: str = ""
    situation: str = ""
    tutor_role: str = ""
    goals: tuple[str, ...] = ()
    items: tuple[PlannedItem, ...] = ()
    topic_words: frozenset[str] = frozenset()
    minutes: float = 10.0
    past_talks: str = ""
