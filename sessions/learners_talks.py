"""What teachers see of other people's talks: a list, and flags that are open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from learners.permissions import AnyUser, reviewable_learners
from tutor.memory.sentences import words

from .models import CareFlag, TutoringSession, Utterance
from .reports import minutes_of

if TYPE_CHECKING:
    from learners.models import User


@dataclass(frozen=True, slots=True)
class LearnersTalk:
    """One talk as a row of the list; ``lesson`` is None for a free talk."""

    uuid: UUID
    learner: str
    learner_uuid: UUID
    lesson: str | None
    level: str
    started_at: datetime
    minutes: int
    words: int
    needs_care: bool


def list_learners_talks(*, user: AnyUser, search: str) -> QuerySet[TutoringSession]:
    """Return talks of those whom this person answers for, latest first, not their own.

    Only talks in which the learner said something. ``search`` is part of a name or of an
    e-mail address. Each has ``needs_care``: a flag of it is open.
    """
    said = Utterance.objects.filter(
        turn__session=OuterRef("pk"), speaker=Utterance.Speaker.LEARNER
    ).exclude(text="")
    care = CareFlag.objects.filter(turn__session=OuterRef("pk"), seen_at=None)
    talks = (
        TutoringSession.objects.filter(Exists(said), learner__in=_answered_for(user))
        .annotate(needs_care=Exists(care))
        .select_related("lesson", "learner__profile")
    )
    if search:
        talks = talks.filter(
            Q(learner__profile__display_name__icontains=search)
            | Q(learner__email__icontains=search)
        )
    return talks.order_by("-started_at", "-pk")


def talk_rows(talks: Iterable[Any]) -> list[LearnersTalk]:
    """Return talks of ``list_learners_talks`` with how much was said in them."""
    talks = list(talks)
    said: dict[int, int] = {}
    texts = Utterance.objects.filter(
        turn__session__in=[talk.pk for talk in talks], speaker=Utterance.Speaker.LEARNER
    ).values_list("turn__session_id", "text")
    for session_id, text in texts:
        said[session_id] = said.get(session_id, 0) + len(words(text))
    return [
        LearnersTalk(
            uuid=talk.uuid,
            learner=name_of(talk.learner),
            learner_uuid=talk.learner.uuid,
            lesson=talk.lesson.title if talk.lesson else None,
            level=talk.level,
            started_at=talk.started_at,
            minutes=minutes_of(talk),
            words=said.get(talk.pk, 0),
            needs_care=talk.needs_care,
        )
        for talk in talks
    ]


def open_care_flags(*, user: AnyUser) -> QuerySet[CareFlag]:
    """Return flags at which nobody has looked, of those whom this person answers for."""
    return care_flags_for(user=user).filter(seen_at=None)


def closed_care_flags(*, user: AnyUser) -> QuerySet[CareFlag]:
    """Return flags that somebody has closed, the latest first: closing hides nothing."""
    closed = care_flags_for(user=user).filter(seen_at__isnull=False)
    return closed.order_by("-seen_at", "-pk")


def care_flags_for(*, user: AnyUser) -> QuerySet[CareFlag]:
    """Return flags that this person may read and mark as seen: never one's own."""
    return CareFlag.objects.filter(
        turn__session__learner__in=_answered_for(user)
    ).select_related("turn__session__learner__profile", "seen_by__profile")


def name_of(person: User) -> str:
    """Return how teachers know somebody: by name, else by e-mail address."""
    profile = getattr(person, "profile", None)
    return profile.display_name if profile else person.email


def _answered_for(user: AnyUser) -> QuerySet[User]:
    learners = reviewable_learners(user)
    return learners.exclude(pk=user.pk) if user.pk is not None else learners.none()
