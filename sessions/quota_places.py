"""Who may talk at this moment: places there are, and the queue for them.

A talk takes a place by its TalkStretch, one that waits stands in the queue by its
QueuePlace. Places are given to schools in turn, and within each in the order of coming; who
waits for a place in a full school keeps nobody from one in another. While models do not
keep up (`inference.load`), no further talk begins, so that those going on stay quick.
"""

from __future__ import annotations

import math
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from inference.load import seconds_between_talks
from schools import site_settings
from schools.quota_rules import concurrent_limits
from schools.switches import LIVE_TALKS, is_on_for

from .models import QueuePlace, TalkStretch, TutoringSession
from .quotas import Standing, standing_of
from .turns.repository import TalkTaken

# A server says this often that a talk goes on; one that is silent longer is gone.
BEAT_S = 15.0
LEASE = timedelta(seconds=60)
# A page asks every few seconds, one in the background once a minute; who does not is
# no longer waiting.
PATIENCE = timedelta(seconds=90)
# How long a place is held for a page that was called.
HOLD = timedelta(seconds=60)
# Of PostgreSQL's locks by number; any fixed one.
_LOCK = 728_115_001


class Gate(StrEnum):
    """Whether a talk may begin, and if not, why."""

    OPEN = "open"
    OFF = "off"
    SPENT = "spent"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Look:
    """How a talk stands at the gate. ``ahead``: how many come before it in the queue."""

    gate: Gate
    standing: Standing | None = None
    ahead: int = 0


def look(session: TutoringSession, *, now: datetime) -> Look:
    """Return whether a talk may begin; where it is full, it has a place in the queue now.

    Room that is found is held for it for a moment.
    """
    if not is_on_for(LIVE_TALKS, user_id=session.learner_id):
        return Look(Gate.OFF)
    standing = standing_of(session, now=now)
    if standing.is_spent:
        leave_queue(session_id=session.pk)
        return Look(Gate.SPENT, standing)
    if not _is_limited(standing):
        return Look(Gate.OPEN, standing)
    with _one_at_a_time():
        if _open_stretches(now).filter(session=session).exists():
            return Look(Gate.OPEN, standing)
        place = _take_place(session, standing, now)
        ahead = _ahead_of(place, now)
        if ahead is None:
            place.called_at = now
        place.seen_at = now
        place.save(update_fields=["seen_at", "called_at"])
    return Look(Gate.OPEN if ahead is None else Gate.FULL, standing, ahead or 0)


def admit(*, session_uuid: UUID, now: datetime) -> tuple[Look, TalkStretch | None]:
    """Begin a stretch of a talk where it may; the queue's place becomes the talk's."""
    session = TutoringSession.objects.select_related("lesson__course__school").get(
        uuid=session_uuid
    )
    if not is_on_for(LIVE_TALKS, user_id=session.learner_id):
        return Look(Gate.OFF), None
    standing = standing_of(session, now=now)
    if standing.is_spent:
        return Look(Gate.SPENT, standing), None
    with _one_at_a_time():
        # A talk that another server had open brings its place along.
        goes_on = (
            _open_stretches(now)
            .filter(session=session)
            .update(ended_at=now, seen_at=now)
        )
        if not goes_on and _is_limited(standing):
            place = _take_place(session, standing, now)
            ahead = _ahead_of(place, now)
            if ahead is not None:
                return Look(Gate.FULL, standing, ahead), None
        leave_queue(session_id=session.pk)
        stretch = TalkStretch.objects.create(
            learner_id=session.learner_id,
            session=session,
            school=standing.limits.school,
            began_at=now,
            seen_at=now,
        )
    return Look(Gate.OPEN, standing), stretch


def beat(*, stretch_id: int, now: datetime) -> float | None:
    """Say that a talk goes on; return the seconds that are left, None: no limit.

    Nothing is left once talks are switched off. Raises TalkTaken once the stretch is over:
    the talk goes on elsewhere, was ended by a page, or is no more.
    """
    # A clock that was set back must not take away what was counted.
    TalkStretch.objects.filter(pk=stretch_id, ended_at=None, seen_at__lt=now).update(
        seen_at=now
    )
    stretch = (
        TalkStretch.objects.select_related("session__lesson__course__school")
        .filter(pk=stretch_id, ended_at=None)
        .first()
    )
    if stretch is None or stretch.session.status == TutoringSession.Status.ENDED:
        raise TalkTaken
    if not is_on_for(LIVE_TALKS, user_id=stretch.learner_id):
        return 0.0
    return standing_of(stretch.session, now=now).left_s


def count_open(*, now: datetime) -> int:
    """Return how many talks go on; one whose server has been silent is none."""
    return _open_stretches(now).count()


def end_stretch(*, stretch_id: int, at: datetime) -> None:
    """A talk is no longer open here."""
    open_one = TalkStretch.objects.filter(pk=stretch_id, ended_at=None)
    if open_one.filter(began_at__lte=at).update(ended_at=at):
        return
    # The clock was set back in between.
    for stretch in open_one:
        stretch.ended_at = stretch.seen_at
        stretch.save(update_fields=["ended_at"])


def leave_queue(*, session_id: int) -> None:
    """Give a talk's place in the queue up."""
    QueuePlace.objects.filter(session_id=session_id).delete()


def _is_limited(standing: Standing) -> bool:
    return (
        site_settings.get("concurrent_sessions") is not None
        or standing.limits.concurrent is not None
        or seconds_between_talks() > 0
    )


def _open_stretches(now: datetime) -> QuerySet[TalkStretch]:
    return TalkStretch.objects.filter(ended_at=None, seen_at__gte=now - LEASE)


def _take_place(
    session: TutoringSession, standing: Standing, now: datetime
) -> QueuePlace:
    gone = Q(called_at=None, seen_at__lt=now - PATIENCE) | Q(called_at__lt=now - HOLD)
    QueuePlace.objects.filter(gone).delete()
    place, _new = QueuePlace.objects.get_or_create(
        session=session,
        defaults={
            "school": standing.limits.school,
            "joined_at": now,
            "seen_at": now,
        },
    )
    return place


def _ahead_of(place: QueuePlace, now: datetime) -> int | None:
    """Return how many come before a place, None where there is room for it now."""
    going_on = (
        _open_stretches(now)
        .exclude(session_id=place.session_id)
        .values_list("school", "began_at")
    )
    taken = Counter(school for school, _began_at in going_on)
    latest = [began_at for _school, began_at in going_on]
    waiting = []
    for one in QueuePlace.objects.order_by("pk"):
        if one.called_at is not None and one.pk != place.pk:
            taken[one.school] += 1
            latest.append(one.called_at)
        else:
            waiting.append(one)
    limits = concurrent_limits({one.school for one in waiting if one.school})
    room = _room(taken.total(), max(latest, default=None), now)
    ahead = 0
    for one in in_fair_order(waiting, taken):
        school_full = one.school in limits and taken[one.school] >= limits[one.school]
        if one.pk == place.pk:
            return ahead if school_full or room <= 0 else None
        if not school_full and room > 0:
            # Room for who comes before: it is theirs as soon as their page asks.
            taken[one.school] += 1
            room -= 1
        if one.school == place.school or not school_full:
            ahead += 1
    return ahead


def _room(taken: int, latest: datetime | None, now: datetime) -> float:
    """Return how many talks more may go on at this moment."""
    site = site_settings.get("concurrent_sessions")
    room = math.inf if site is None else site - taken
    pause_s = seconds_between_talks()
    if pause_s <= 0 or latest is None:
        return room
    # Crowded: what is going on stays quick, and others begin one after the other.
    is_soon = pause_s == math.inf or now - latest < timedelta(seconds=pause_s)
    return min(room, 0 if is_soon else 1)


def in_fair_order(
    waiting: Iterable[QueuePlace], taken: Mapping[UUID | None, int]
) -> list[QueuePlace]:
    """Return who is next: of the school that talks least at the moment, in order of coming.

    So no school's rush keeps another one waiting.
    """
    lines: dict[UUID | None, deque[QueuePlace]] = {}
    for one in waiting:
        lines.setdefault(one.school, deque()).append(one)
    talks = Counter(taken)
    order = []
    while lines:
        school = min(lines, key=lambda key: (talks[key], lines[key][0].pk))
        order.append(lines[school].popleft())
        talks[school] += 1
        if not lines[school]:
            del lines[school]
    return order


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Decide for one talk after the other; SQLite does so by itself when it writes."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        yield
