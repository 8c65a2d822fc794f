"""A learner as a plain value, for the tutor."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LearnerContext:
    """What a session needs to know of its learner; holds nothing of the database.

    ``avatar`` is the key of the tutor they chose, ``""`` for whoever the site shows.
    """

    user_id: int
    display_name: str
    l1: str
    l2: str
    level: str
    goal: str
    stores_recordings: bool
    retention_days: int
    avatar: str = ""
