"""Work that was set to made-up classes, and what was handed in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from coursework.models import Assignment, MarkChange, Submission
from learners.models import User
from schools.models import Classroom

from .people import random_for
from .speech import MODEL
from .talks import Spoken, Talk

WORK = (
    ("Tell me about your week", Assignment.Kind.TALK),
    ("At the market", Assignment.Kind.ROLE_PLAY),
    ("A trip you remember", Assignment.Kind.TALK),
    ("Phone a friend", Assignment.Kind.ROLE_PLAY),
    ("Your home town", Assignment.Kind.TALK),
    ("Something is broken", Assignment.Kind.ROLE_PLAY),
    ("Plans for the holidays", Assignment.Kind.TALK),
    ("A film you liked", Assignment.Kind.TALK),
)
_NEXT_WEEK = 2
_EVERY = timedelta(days=10)


def set_work(classroom: Classroom, teacher: User, *, now: datetime) -> list[Assignment]:
    """Return the class's work, set anew where there is none: old, due soon, and next."""
    found = list(Assignment.objects.filter(classroom=classroom).order_by("opens_at"))
    if found:
        return found
    rows = []
    for index, (title, kind) in enumerate(WORK):
        due_at = now + _EVERY * (index - len(WORK) + _NEXT_WEEK) - timedelta(days=3)
        opens_at = due_at - timedelta(days=9)
        rows.append(
            Assignment(
                classroom=classroom,
                title=title,
                kind=kind,
                scenario=f"{title}. Ask and answer, and say why.",
                instructions="Speak for five minutes at least.",
                min_minutes=3,
                opens_at=opens_at,
                due_at=due_at,
                published_at=opens_at,
                created_by=teacher,
                created_at=opens_at,
                edited_at=opens_at,
            )
        )
    return Assignment.objects.bulk_create(rows)


def store_work(
    people: Sequence[tuple[User, Spoken]],
    work_of: dict[int, tuple[list[Assignment], User]],
    school: str,
    *,
    class_of: dict[int, int],
    now: datetime,
) -> None:
    """Store what learners handed in, marked or not yet, with the history of the marks."""
    rows: list[Submission] = []
    for user, spoken in people:
        work, teacher = work_of[class_of[user.pk]]
        random = random_for(school, "work", spoken.person.number)
        taken: set[int] = set()
        for assignment in work:
            talk = _talk_for(assignment, spoken.talks, taken)
            if talk is not None and random.random() < 0.92:
                rows.append(_submission(assignment, user, teacher, talk, random, now))
    Submission.objects.bulk_create(rows, 1000)
    MarkChange.objects.bulk_create(
        [
            MarkChange(
                submission=row,
                way=MarkChange.Way.MARKED
                if row.points != row.draft_points
                else MarkChange.Way.DRAFT_ACCEPTED,
                points=row.points,
                by=row.marked_by,
                at=row.marked_at or now,
            )
            for row in rows
            if row.points is not None
        ],
        1000,
    )


def _talk_for(
    assignment: Assignment, talks: Sequence[Talk], taken: set[int]
) -> Talk | None:
    """Return a talk from the time of the assignment that is no other work's."""
    last = (assignment.due_at or assignment.opens_at) + timedelta(days=2)
    for index, talk in enumerate(talks):
        at = talk.session.started_at
        if index not in taken and assignment.opens_at <= at <= last:
            taken.add(index)
            return talk
    return None


def _submission(
    assignment: Assignment,
    user: User,
    teacher: User,
    talk: Talk,
    random: Random,
    now: datetime,
) -> Submission:
    at = talk.session.ended_at or talk.session.started_at
    due_at = assignment.due_at or at
    share = talk.right_turns / max(1, len(talk.assessments))
    draft = round(100 * (0.45 + 0.5 * share), 1)
    uncertainty = round(random.uniform(3, 14), 1)
    row = Submission(
        assignment=assignment,
        learner=user,
        state=Submission.State.SUBMITTED,
        session=talk.session.uuid,
        started_at=talk.session.started_at,
        submitted_at=at,
        late_s=max(0, int((at - due_at).total_seconds())),
        spoken_s=talk.spoken_ms // 1000,
        draft={
            "model": MODEL,
            "points": draft,
            "uncertainty": uncertainty,
            "is_complete": True,
            "criteria": [],
        },
        draft_points=draft,
        draft_uncertainty=uncertainty,
        trouble=["short"] if talk.spoken_ms < 9000 else [],
    )
    if now - at > timedelta(days=6) and random.random() < 0.85:
        changed = random.random() < 0.2
        points = min(100.0, max(0.0, draft + (random.gauss(0, 8) if changed else 0)))
        row.state = Submission.State.RETURNED
        row.points, row.version = round(points, 1), 1
        row.marked_by, row.marked_at = teacher, at + timedelta(days=2)
        row.returned_at = row.marked_at
    return row
