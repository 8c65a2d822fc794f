"""Attempts of learners: begun, gone on with, handed in."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from learners.selectors import get_learner_context
from learners.services.course_progress import start_lesson
from learners.services.lesson_attempts import begin_round
from sessions.models import TutoringSession
from sessions.services import end_session, start_session

from ..assignment_states import EXERCISE_KINDS, LESSON_KINDS, Rules, rules_for
from ..doing import Done, done_in, is_talking, said_in
from ..models import Assignment, Extension, Submission
from ..problem import WorkProblem
from ..signals import submission_handed_in
from ..talk_briefs import talk_brief


class WorkIsClosed(WorkProblem):
    """Its last moment is over, or the class was put away."""

    message = _("This is closed: nothing can be begun or handed in any more.")


class NoAttemptLeft(WorkProblem):
    """All attempts were used."""

    message = _("You have used all your attempts.")


class NothingDone(WorkProblem):
    """There is nothing to hand in."""

    message = _("There is nothing to hand in yet: say or answer something first.")


class TalkIsOver(WorkProblem):
    """The talk of this attempt ended, with words in it."""

    message = _("This talk is over. Hand it in, or begin another attempt.")


def begin(
    *, assignment: Assignment, learner_id: int, again: bool = False, now: datetime
) -> Submission:
    """Return the learner's attempt that is open, else begin the next.

    ``again``: leave an open one that has something in it, and begin the next. Two devices
    at once get the same attempt. Raises WorkIsClosed or NoAttemptLeft.
    """
    try:
        with transaction.atomic():
            return _begin(assignment, learner_id, again, now)
    except IntegrityError:
        # The other device was faster.
        latest = _latest(assignment, learner_id)
        if latest is None:
            raise
        return latest


def begin_talk(
    *, assignment: Assignment, learner_id: int, again: bool = False, now: datetime
) -> UUID:
    """Return the talk of the learner's attempt: the one that is open, or a new one.

    Raises as ``begin``, TalkIsOver, LearnerProfile.DoesNotExist or Lesson.DoesNotExist.
    """
    try:
        with transaction.atomic():
            submission = _begin(assignment, learner_id, again, now)
            return _talk_of(submission, now)
    except IntegrityError:
        latest = _latest(assignment, learner_id)
        if latest is None or latest.session is None:
            raise
        return latest.session


def hand_in(
    *, assignment: Assignment, learner_id: int, now: datetime
) -> tuple[Submission, bool]:
    """Hand in the learner's open attempt; its talk is ended with it.

    Returns it and whether it is new: what was handed in before stays as it was. Raises
    NothingDone or WorkIsClosed.
    """
    with transaction.atomic():
        submission = (
            Submission.objects.select_for_update(of=("self",))
            .select_related("assignment__classroom__school")
            .filter(assignment=assignment, learner_id=learner_id)
            .order_by("-attempt")
            .first()
        )
        if submission is None:
            raise NothingDone
        if submission.state != Submission.State.STARTED:
            return submission, False
        rules = rules_of(assignment, learner_id)
        _refuse_closed(assignment, rules, now)
        done = done_in(submission)
        if done.is_empty:
            raise NothingDone
        if is_talking(submission) and submission.session:
            end_session(
                session_uuid=submission.session,
                reason=TutoringSession.EndReason.LEARNER,
                now=now,
            )
        _keep(submission, done)
        submission.state = Submission.State.SUBMITTED
        submission.submitted_at = now
        submission.late_s = rules.late_s(now)
        submission.save()
        pk = submission.pk
        transaction.on_commit(
            lambda: submission_handed_in.send_robust(
                sender=Submission, submission_id=pk
            )
        )
    return submission, True


@transaction.atomic
def note_talk_ended(*, session: UUID) -> None:
    """Count what was said in a talk that is over, where it belongs to an open attempt."""
    submission = (
        Submission.objects.select_for_update(of=("self",))
        .select_related("assignment")
        .filter(session=session, state=Submission.State.STARTED)
        .first()
    )
    if submission is not None:
        _keep(submission, done_in(submission))
        submission.save(update_fields=["result", "spoken_s"])


def rules_of(assignment: Assignment, learner_id: int) -> Rules:
    """Return what counts for one learner."""
    extension = Extension.objects.filter(
        assignment=assignment, learner_id=learner_id
    ).first()
    return rules_for(assignment, extension)


def _begin(
    assignment: Assignment, learner_id: int, again: bool, now: datetime
) -> Submission:
    # Whoever begins waits here for their other device.
    Assignment.objects.select_for_update(of=("self",)).get(pk=assignment.pk)
    rules = rules_of(assignment, learner_id)
    _refuse_closed(assignment, rules, now)
    latest = _latest(assignment, learner_id)
    is_open = latest is not None and latest.state == Submission.State.STARTED
    if latest is not None and is_open and not (again and not done_in(latest).is_empty):
        return latest
    attempt = latest.attempt + 1 if latest else 1
    if rules.max_attempts is not None and attempt > rules.max_attempts:
        raise NoAttemptLeft
    submission = Submission.objects.create(
        assignment=assignment, learner_id=learner_id, attempt=attempt, started_at=now
    )
    if assignment.lesson is not None and assignment.kind in LESSON_KINDS:
        # Open to them from now on, whatever becomes of the course.
        start_lesson(learner_id=learner_id, lesson=assignment.lesson, now=now)
        if assignment.kind in EXERCISE_KINDS:
            begin_round(learner_id=learner_id, lesson=assignment.lesson, now=now)
    return submission


def _talk_of(submission: Submission, now: datetime) -> UUID:
    if submission.session is not None:
        if is_talking(submission):
            return submission.session
        if said_in(submission.session)["turns"]:
            raise TalkIsOver
    assignment = submission.assignment
    own = talk_brief(assignment, get_learner_context(user_id=submission.learner_id))
    session = start_session(
        learner_id=submission.learner_id,
        lesson_uuid=assignment.lesson.uuid if assignment.lesson else None,
        own=own,
        now=now,
    )
    submission.session = session.uuid
    submission.save(update_fields=["session"])
    return session.uuid


def _latest(assignment: Assignment, learner_id: int) -> Submission | None:
    return (
        Submission.objects.filter(assignment=assignment, learner_id=learner_id)
        .select_related("assignment__classroom", "assignment__lesson__course")
        .order_by("-attempt")
        .first()
    )


def _refuse_closed(assignment: Assignment, rules: Rules, now: datetime) -> None:
    is_away = assignment.archived_at or assignment.classroom.archived_at
    if is_away or rules.is_closed(now) or assignment.published_at is None:
        raise WorkIsClosed
    if assignment.opens_at > now:
        raise WorkIsClosed


def _keep(submission: Submission, done: Done) -> None:
    submission.result = submission.result | done.as_json()
    submission.spoken_s = done.spoken_s
