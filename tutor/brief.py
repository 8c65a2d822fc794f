"""What the tutor knows of the lesson."""

from __future__ import annotations

from dataclasses import dataclass

from .moves import PlannedItem


@dataclass(frozen=True, slots=True)
class Pace:
    """How often planned words come in, in exchanges.

    A new word may come ``soonest`` exchanges after the one before, ``after_reuse`` where
    the tutor used that one again, and comes before ordinary corrections from ``latest`` on
    (never if ``None``). The tutor uses it again from ``reuse_from`` exchanges later on.
    ``in_flow`` keeps new words for turns in which nothing is wrong or was just corrected.
    """

    soonest: int = 3
    after_reuse: int = 4
    latest: int | None = 4
    reuse_from: int = 1
    in_flow: bool = False


# A talk to which people come to talk: words are a by-product.
FREE_TALK_PACE = Pace(soonest=6, after_reuse=6, latest=None, reuse_from=2, in_flow=True)
LESSON_PACE = Pace()


@dataclass(frozen=True, slots=True)
class LessonPlan:
    """The lesson as the policy sees it. An empty plan is free talk.

    ``topic_words`` are content words of situation and goals, lower case: what counts as on
    topic. ``minutes`` is how long the talk shall last. ``past_talks`` tells those before
    in a few sentences. ``pace`` is the one of the planned words, ``None`` for that of a
    lesson, or of free talk where there is no title. ``role_facts`` are short sentences that
    the tutor may say in its part ("A coffee is three euros.").
    """

    title: str = ""
    situation: str = ""
    tutor_role: str = ""
    goals: tuple[str, ...] = ()
    items: tuple[PlannedItem, ...] = ()
    topic_words: frozenset[str] = frozenset()
    minutes: float = 10.0
    past_talks: str = ""
    role_facts: tuple[str, ...] = ()
    pace: Pace | None = None

    @property
    def word_pace(self) -> Pace:
        """How often planned words come in."""
        return self.pace or (LESSON_PACE if self.title else FREE_TALK_PACE)
