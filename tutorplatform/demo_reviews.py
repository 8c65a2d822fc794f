"""What the demo's teacher looked at: work that waits with drafts, and work that went back.

Nobody said it: the talks and their scores are written by hand.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from coursework.models import Assignment, Rubric, Submission
from coursework.services.assignments import AssignmentFields, create_assignment
from coursework.services.comments import NewComment, add_comment
from coursework.services.draft_marks import keep_draft
from coursework.services.marks import GivenMark, mark_submission
from coursework.services.returning import return_submission
from coursework.services.submissions import begin_talk, hand_in
from learners.models import User
from schools.models import Classroom
from sessions.repository import DatabaseTurnRepository
from sessions.services import end_session
from sessions.turns.repository import TurnRecord

from .demo_mistakes import mistake_records
from .demo_small_talk import KENJIS, OPENING, SOFIAS, WEIS
from .demo_talk import TURN_S, demo_records

SMALL_TALK: Final = "Small talk before class"
TEACHER: Final = "teacher@example.org"
POINTS: Final = 16.0
# Turn, what the teacher says of it.
COMMENTS: Final = (
    (1, "Lovely beginning, you asked back at once. Listen to “three” once more."),
    (
        4,
        "“Yesterday” tells you which form it has to be. You knew it when the tutor asked.",
    ),
)
REPLY: Final = "Thank you! I said went in my head and go came out."


def save_reviews(*, classroom: Classroom, now: datetime) -> None:
    """Have drafts for what waits, and one piece of work that went back; safe to repeat."""
    for submission in Submission.objects.filter(
        assignment__classroom=classroom, state="SUBMITTED", draft=None
    ):
        keep_draft(submission_id=submission.pk)
    if Assignment.objects.filter(classroom=classroom, title=SMALL_TALK).exists():
        return
    people = {user.email.split("@")[0]: user for user in User.objects.all()}
    teacher = people["teacher"]
    work = _set_work(classroom, teacher, now)
    began_at = now - timedelta(days=1, hours=3)
    for name, exchanges in (("liwei", WEIS), ("kenji", KENJIS)):
        records = demo_records(began_at, opening=OPENING, exchanges=exchanges)
        _handed_in(work, people[name], records, began_at)
    records = demo_records(began_at, opening=OPENING, exchanges=SOFIAS)
    submission = _handed_in(
        work, people["sofia"], [*records, *mistake_records(began_at)], began_at
    )
    _give_back(submission, teacher, began_at + timedelta(hours=2))


def _set_work(classroom: Classroom, teacher: User, now: datetime) -> Assignment:
    opens_at = now - timedelta(days=4)
    return create_assignment(
        classroom=classroom,
        fields=AssignmentFields(
            title=SMALL_TALK,
            kind=Assignment.Kind.TALK,
            scenario="You meet somebody from your class before the lesson begins.",
            opening_line=OPENING,
            opens_at=opens_at,
            due_at=now + timedelta(days=1),
            points=20,
            rubric=Rubric.objects.filter(school=None, key="spoken-interaction").first(),
        ),
        publish=True,
        author_id=teacher.pk,
        actor=teacher.uuid,
        now=opens_at,
    )


def _handed_in(
    work: Assignment, learner: User, records: Iterable[TurnRecord], began_at: datetime
) -> Submission:
    session = begin_talk(assignment=work, learner_id=learner.pk, now=began_at)
    repository = DatabaseTurnRepository(session_uuid=session)
    ended_at = began_at
    for record in records:
        repository.save_now(record)
        ended_at = record.ended_at or ended_at
    end_session(session_uuid=session, reason="LEARNER", now=ended_at)
    submission, _is_new = hand_in(
        assignment=work, learner_id=learner.pk, now=ended_at + timedelta(minutes=1)
    )
    return keep_draft(submission_id=submission.pk)


def _give_back(submission: Submission, teacher: User, at: datetime) -> None:
    comments = [
        add_comment(
            submission=submission,
            new=NewComment(text=text, at_ms=1000 * TURN_S * turn, turn=turn),
            author=teacher,
            now=at,
        )
        for turn, text in COMMENTS
    ]
    given = GivenMark(
        version=0, points=POINTS, reason="Kept the talk going by herself."
    )
    mark_submission(submission_id=submission.pk, given=given, teacher=teacher, now=at)
    return_submission(submission_id=submission.pk, teacher=teacher, now=at)
    add_comment(
        submission=submission,
        new=NewComment(text=REPLY, parent=comments[-1]),
        author=submission.learner,
        now=at + timedelta(hours=1),
    )
