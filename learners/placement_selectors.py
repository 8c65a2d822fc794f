"""Reads of placements and of what levels were said."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from tutor.languages.function_words import primary
from tutor.placement.bank_file import has_bank, read_bank

from .models import LevelEstimate, PlacementTest


@dataclass(frozen=True, slots=True)
class SpeechTask:
    """What a page that lets the learner speak for a placement has to know."""

    uuid: UUID
    language: str
    level: str


def get_placement(*, learner_id: int, uuid: UUID) -> PlacementTest:
    """Return one of the learner's placements. Raises PlacementTest.DoesNotExist."""
    return PlacementTest.objects.get(learner_id=learner_id, uuid=uuid)


def find_speech_task(*, learner_id: int, uuid: UUID) -> SpeechTask | None:
    """Return what to speak for, None if there is no such placement with its items done."""
    test = PlacementTest.objects.filter(
        learner_id=learner_id, uuid=uuid, state=PlacementTest.State.FINISHED
    ).first()
    return SpeechTask(test.uuid, test.l2, test.level) if test else None


def find_placement_under_way(*, learner_id: int, l2: str) -> PlacementTest | None:
    """Return the placement that was begun in a language and not ended."""
    return PlacementTest.objects.filter(
        learner_id=learner_id, l2=primary(l2), state=PlacementTest.State.RUNNING
    ).first()


def find_last_placement(*, learner_id: int, l2: str) -> PlacementTest | None:
    """Return the latest placement in a language that came to a level."""
    return (
        PlacementTest.objects.filter(
            learner_id=learner_id,
            l2=primary(l2),
            state=PlacementTest.State.FINISHED,
        )
        .order_by("-finished_at", "-id")
        .first()
    )


def list_level_estimates(*, learner_id: int, l2: str) -> QuerySet[LevelEstimate]:
    """Return what the level was said to be, latest first."""
    return (
        LevelEstimate.objects.filter(learner_id=learner_id, l2=primary(l2))
        .select_related("said_by__profile")
        .order_by("-said_at", "-id")
    )


def can_be_placed(l2: str) -> bool:
    """Whether there are items for a language."""
    return has_bank(l2)


def is_estimated(l2: str) -> bool:
    """Whether the levels of a language's items are estimated from frequencies."""
    return read_bank(l2).estimated
