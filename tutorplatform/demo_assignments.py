"""Work that the demo's teacher set, and what the demo's learners did for it.

Nobody said it: the talk that was handed in late is written by hand, as the demo's first.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Final
from uuid import UUID

from coursework.models import Assignment, Rubric, Submission
from coursework.services.assignments import AssignmentFields, create_assignment
from coursework.services.rubrics import load_library
from coursework.services.submissions import begin_talk, hand_in
from learners.local_time import zone_named
from learners.models import User
from lessons.models import Lesson
from schools.models import Classroom
from sessions.models import TutoringSession
from sessions.repository import DatabaseTurnRepository
from sessions.services import end_session

from .demo_talk import LESSON_KEY, TURN_S, DemoExchange, demo_records

TALK: Final = "At the café: order for two"
LESSON: Final = "This week’s lesson"
ROLE_PLAY: Final = "Complain at the front desk"
DRAFT: Final = "A day I remember"
DUE_AT: Final = time(18, 0)
_OPENING: Final = "Good evening. You don’t look too happy. What’s the matter?"
_EXCHANGES: Final = (
    DemoExchange(
        said=(
            ("Good", "ɡ ʊ d"),
            ("evening.", "i v~ n ɪ ŋ"),
            ("The", "(ð ə"),
            ("heating", "h~ i t ɪ ŋ"),
            ("is", "ɪ z!s"),
            ("not", "n ɑ t"),
            ("working", "w ɚ k ɪ ŋ~"),
            ("and", "(ə n d"),
            ("it", "ɪ!i t"),
            ("is", "ɪ z"),
            ("very", "v!b ɛ ɹ i"),
            ("cold.", "k oʊ l d"),
        ),
        reply="I am sorry to hear that. Somebody can fix it tomorrow at eight.",
        total=68.0,
    ),
    DemoExchange(
        said=(
            ("Tomorrow", "t ə m ɑ ɹ oʊ"),
            ("is", "ɪ z!s"),
            ("too", "t u"),
            ("late.", "l eɪ t"),
            ("Would", "w ʊ~ d"),
            ("it", "ɪ t"),
            ("be", "b i"),
            ("possible", "p ɑ s ə b l"),
            ("to", "(t ə"),
            ("move", "m u v!b"),
            ("to", "(t ə"),
            ("another", "ə n ʌ ð!d ɚ"),
            ("room?", "ɹ u m"),
        ),
        reply="One room on the second floor is free. Would that be all right?",
        total=66.0,
    ),
    DemoExchange(
        said=(
            ("Yes,", "j!dʒ ɛ s"),
            ("that", "ð æ~ t"),
            ("is", "ɪ z"),
            ("fine.", "f aɪ n"),
            ("And", "(ə n d"),
            ("the", "(ð ə"),
            ("noise", "n ɔɪ z"),
            ("of", "(ə v"),
            ("the", "(ð ə"),
            ("party?", "p ɑ ɹ t i"),
        ),
        reply="The second floor is quiet. Here is the key, and good night!",
        total=74.0,
    ),
)


@dataclass(frozen=True, slots=True)
class _Makes:
    classroom: Classroom
    teacher: User
    now: datetime

    def due(self, days: int) -> datetime:
        """Return the evening so many days from now, in the school's time."""
        zone = zone_named(self.classroom.school.time_zone)
        day = self.now.astimezone(zone).date() + timedelta(days=days)
        return datetime.combine(day, DUE_AT, tzinfo=zone)

    def work(
        self, fields: AssignmentFields, *, publish: bool = True
    ) -> Assignment | None:
        """Set it; None where it was set before."""
        known = Assignment.objects.filter(
            classroom=self.classroom, title=fields.title
        ).exists()
        if known:
            return None
        return create_assignment(
            classroom=self.classroom,
            fields=fields,
            publish=publish,
            author_id=self.teacher.pk,
            actor=self.teacher.uuid,
            now=fields.opens_at,
        )


def save_assignments(*, classroom: Classroom, now: datetime) -> None:
    """Have work set in the demo's class, some of it done; safe to repeat."""
    load_library(now=now)
    teacher = User.objects.get(email="teacher@example.org")
    makes = _Makes(classroom, teacher, now)
    opens_at = now - timedelta(days=5)
    _save_talk(makes, opens_at)
    makes.work(_lesson_work(makes, opens_at))
    _save_late(makes, opens_at)
    draft = AssignmentFields(
        title=DRAFT,
        kind=Assignment.Kind.TALK,
        scenario="A day that went differently from what you expected.",
        goals=("I can tell a story from beginning to end.",),
        opens_at=now,
        min_minutes=3,
        rubric=_rubric("monologue"),
    )
    makes.work(draft, publish=False)


def _save_talk(makes: _Makes, opens_at: datetime) -> None:
    """Set the talk with a rubric, and hand in the demo's first talk for it."""
    lesson = Lesson.objects.filter(key=LESSON_KEY, course__is_current=True).first()
    if lesson is None:
        return
    work = makes.work(
        AssignmentFields(
            title=TALK,
            kind=Assignment.Kind.LESSON_TALK,
            lesson=lesson,
            goals=tuple(lesson.goals),
            instructions="Order for yourself and for a friend. Ask what it costs.",
            opens_at=opens_at,
            due_at=makes.due(2),
            closes_at=makes.due(9),
            max_attempts=3,
            min_minutes=2,
            rubric=_rubric("spoken-interaction"),
        )
    )
    learner = User.objects.get(email="liwei@example.org")
    session = (
        TutoringSession.objects.filter(
            learner=learner, lesson=lesson, status="ENDED", turns__index=3
        )
        .order_by("-started_at")
        .first()
    )
    if work is None or session is None or session.ended_at is None:
        return
    Submission.objects.create(
        assignment=work,
        learner=learner,
        session=session.uuid,
        started_at=session.started_at,
    )
    hand_in(assignment=work, learner_id=learner.pk, now=session.ended_at)


def _lesson_work(makes: _Makes, opens_at: datetime) -> AssignmentFields:
    """Return the work of a whole lesson: one of a course with exercises, if there is one."""
    lessons = Lesson.objects.filter(
        course__is_current=True, course__is_published=True, course__l2="en", level="A2"
    ).order_by("course__key", "position")
    lesson = lessons.filter(exercises__isnull=False).first() or lessons.first()
    fields = AssignmentFields(
        title=LESSON,
        kind=Assignment.Kind.LESSON,
        lesson=lesson,
        opens_at=opens_at,
        due_at=makes.due(1),
        rubric=_rubric("lesson-work"),
        points=20,
    )
    if lesson is None:
        return replace(fields, kind=Assignment.Kind.TALK, scenario=LESSON)
    return replace(
        fields, title=f"{LESSON}: {lesson.title}"[:120], goals=tuple(lesson.goals)
    )


def _save_late(makes: _Makes, opens_at: datetime) -> None:
    """Set a role play for two learners; one of them hands it in late."""
    sofia = User.objects.get(email="sofia@example.org")
    kenji = User.objects.get(email="kenji@example.org")
    due_at = makes.due(-1)
    work = makes.work(
        AssignmentFields(
            title=ROLE_PLAY,
            kind=Assignment.Kind.ROLE_PLAY,
            scenario=(
                "You come back to your hotel at night. The heating does not work, and "
                "there is a loud party next door. You go down to the front desk."
            ),
            tutor_role="The night porter: polite, but the hotel is nearly full",
            opening_line=_OPENING,
            goals=(
                "I can explain a problem clearly and calmly.",
                "I can say what I would like to happen.",
            ),
            opens_at=opens_at,
            due_at=due_at,
            closes_at=makes.due(6),
            learners=(sofia.pk, kenji.pk),
            rubric=_rubric("task-achievement"),
        )
    )
    if work is None:
        return
    began_at = due_at + timedelta(minutes=40)
    session = begin_talk(assignment=work, learner_id=sofia.pk, now=began_at)
    ended_at = _talk(session, began_at)
    end_session(session_uuid=session, reason="LEARNER", now=ended_at)
    hand_in(assignment=work, learner_id=sofia.pk, now=ended_at + timedelta(minutes=2))


def _talk(session: UUID, began_at: datetime) -> datetime:
    repository = DatabaseTurnRepository(session_uuid=session)
    for record in demo_records(began_at, opening=_OPENING, exchanges=_EXCHANGES):
        repository.save_now(record)
    return began_at + timedelta(seconds=TURN_S * (len(_EXCHANGES) + 1))


def _rubric(key: str) -> Rubric | None:
    return Rubric.objects.filter(school=None, key=key).first()
