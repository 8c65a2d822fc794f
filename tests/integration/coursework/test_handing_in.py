"""Learners begin, go on, and hand in."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from coursework.models import Assignment, Extension, Submission
from coursework.services.submissions import (
    NoAttemptLeft,
    NothingDone,
    TalkIsOver,
    WorkIsClosed,
    begin,
    begin_talk,
    hand_in,
)
from coursework.signals import submission_handed_in
from learners.models import DrillAnswer, LessonAttempt, User
from lessons.models import Exercise
from schools.models import Classroom
from sessions.models import Turn, TutoringSession, Utterance
from sessions.own_brief import read_own_brief
from sessions.services import end_session, expire_sessions
from tests.factories.coursework import DUE, OPENED, AssignmentFactory
from tests.factories.lessons import LessonFactory
from tests.factories.schools import ClassroomFactory, learner_of

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
NOW = OPENED + HOUR


@pytest.fixture
def classroom() -> Classroom:
    return ClassroomFactory.create()


@pytest.fixture
def learner(classroom: Classroom) -> User:
    return learner_of(classroom)


@pytest.fixture
def talk(classroom: Classroom) -> Assignment:
    return AssignmentFactory.create(
        classroom=classroom,
        kind="ROLE_PLAY",
        scenario="You lost your keys.",
        tutor_role="A neighbour",
        goals=["I can explain a problem."],
        min_minutes=2,
        max_attempts=1,
    )


def _say(session: UUID, *ms: int, source: str = "SPEECH") -> None:
    for n, duration in enumerate(ms, start=1):
        turn = Turn.objects.create(
            session=TutoringSession.objects.get(uuid=session),
            index=n,
            state="COMPLETED",
            started_at=NOW,
        )
        Utterance.objects.create(
            turn=turn,
            speaker="LEARNER",
            source=source,
            text="I lost my keys.",
            duration_ms=duration,
        )


def test_the_tutor_gets_the_teachers_situation(talk: Assignment, learner: User) -> None:
    session = TutoringSession.objects.get(
        uuid=begin_talk(assignment=talk, learner_id=learner.pk, now=NOW)
    )
    own = read_own_brief(session.own_brief)
    assert own is not None
    assert (own.situation, own.tutor_role) == ("You lost your keys.", "A neighbour")
    assert own.goals == ("I can explain a problem.",)
    assert own.min_minutes == 2
    assert session.level == "A2", "the learner's own"
    assert own.opening_line


def test_a_second_device_joins_the_same_talk(talk: Assignment, learner: User) -> None:
    first = begin_talk(assignment=talk, learner_id=learner.pk, now=NOW)
    assert begin_talk(assignment=talk, learner_id=learner.pk, now=NOW) == first
    assert Submission.objects.count() == 1
    assert TutoringSession.objects.count() == 1


def test_handing_in_counts_what_was_said_and_ends_the_talk(
    talk: Assignment, learner: User, django_capture_on_commit_callbacks: object
) -> None:
    told: list[int] = []

    def note(submission_id: int, **_kwargs: object) -> None:
        told.append(submission_id)

    session = begin_talk(assignment=talk, learner_id=learner.pk, now=NOW)
    _say(session, 4000, 3400)
    submission_handed_in.connect(note)
    try:
        with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
            done, is_new = hand_in(
                assignment=talk, learner_id=learner.pk, now=DUE + 2 * HOUR
            )
            again, is_new_again = hand_in(
                assignment=talk, learner_id=learner.pk, now=DUE + 9 * HOUR
            )
    finally:
        submission_handed_in.disconnect(note)
    assert (is_new, is_new_again) == (True, False)
    assert again == done
    assert told == [done.pk]
    done.refresh_from_db()
    assert (done.state, done.spoken_s, done.late_s) == ("SUBMITTED", 7, 7200)
    assert done.result["turns"] == 2
    assert TutoringSession.objects.get(uuid=session).status == "ENDED"


def test_an_empty_talk_is_refused_and_nothing_is_lost(
    talk: Assignment, learner: User
) -> None:
    begin_talk(assignment=talk, learner_id=learner.pk, now=NOW)
    with pytest.raises(NothingDone):
        hand_in(assignment=talk, learner_id=learner.pk, now=NOW)
    assert Submission.objects.get().state == "STARTED"


def test_a_talk_that_ended_empty_begins_anew_in_the_same_attempt(
    talk: Assignment, learner: User
) -> None:
    first = begin_talk(assignment=talk, learner_id=learner.pk, now=NOW)
    end_session(session_uuid=first, reason="LEARNER", now=NOW)
    second = begin_talk(assignment=talk, learner_id=learner.pk, now=NOW)
    assert second != first
    assert Submission.objects.get().session == second


def test_a_talk_that_is_over_is_counted_and_waits_to_be_handed_in(
    talk: Assignment, learner: User, django_capture_on_commit_callbacks: object
) -> None:
    session = begin_talk(assignment=talk, learner_id=learner.pk, now=NOW)
    _say(session, 5000)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        expire_sessions(unseen_since=NOW + HOUR, now=NOW + HOUR)
    submission = Submission.objects.get()
    assert (submission.state, submission.spoken_s) == ("STARTED", 5)
    with pytest.raises(TalkIsOver):
        begin_talk(assignment=talk, learner_id=learner.pk, now=NOW + HOUR)
    with pytest.raises(NoAttemptLeft):
        begin_talk(assignment=talk, learner_id=learner.pk, again=True, now=NOW)
    Extension.objects.create(
        assignment=talk, learner=learner, extra_attempts=1, given_at=NOW
    )
    begin_talk(assignment=talk, learner_id=learner.pk, again=True, now=NOW)
    assert sorted(Submission.objects.values_list("attempt", flat=True)) == [1, 2]


def test_typed_words_count_as_turns_but_take_no_time(
    talk: Assignment, learner: User
) -> None:
    session = begin_talk(assignment=talk, learner_id=learner.pk, now=NOW)
    _say(session, 9000, source="TEXT")
    done, _new = hand_in(assignment=talk, learner_id=learner.pk, now=NOW)
    assert (done.spoken_s, done.result["turns"]) == (0, 1)


def test_after_it_closed_nothing_is_taken(talk: Assignment, learner: User) -> None:
    Assignment.objects.update(closes_at=DUE)
    talk.refresh_from_db()
    session = begin_talk(assignment=talk, learner_id=learner.pk, now=NOW)
    _say(session, 5000)
    late = DUE + HOUR
    for act in (begin, hand_in):
        with pytest.raises(WorkIsClosed):
            act(assignment=talk, learner_id=learner.pk, now=late)
    Extension.objects.create(
        assignment=talk, learner=learner, due_at=DUE + 2 * HOUR, given_at=NOW
    )
    done, _new = hand_in(assignment=talk, learner_id=learner.pk, now=late)
    assert done.late_s == 0


def test_exercises_count_from_the_start_of_the_attempt(
    classroom: Classroom, learner: User
) -> None:
    lesson = LessonFactory.create()
    rows = [
        Exercise.objects.create(lesson=lesson, position=n, type="gap_fill", data={})
        for n in range(1, 4)
    ]
    work = AssignmentFactory.create(
        classroom=classroom,
        kind="EXERCISES",
        lesson=lesson,
        exercises=[str(rows[0].uuid), str(rows[1].uuid)],
    )

    def answer(row: Exercise, outcome: str, at: timedelta) -> None:
        LessonAttempt.objects.create(
            learner=learner,
            exercise=row,
            outcome=outcome,
            feedback="x",
            client_key=uuid4(),
            answered_at=NOW + at,
        )

    answer(rows[0], "right", -HOUR)
    begin(assignment=work, learner_id=learner.pk, now=NOW)
    with pytest.raises(NothingDone):
        hand_in(assignment=work, learner_id=learner.pk, now=NOW)
    answer(rows[0], "wrong", HOUR)
    answer(rows[0], "right", 2 * HOUR)
    answer(rows[1], "wrong", HOUR)
    answer(rows[2], "right", HOUR)
    done, _new = hand_in(assignment=work, learner_id=learner.pk, now=NOW + 3 * HOUR)
    assert done.result["exercises"] == 2
    assert done.result["exercises_answered"] == 2
    assert done.result["exercises_right"] == 1


def test_a_drill_counts_its_own_two_sounds(classroom: Classroom, learner: User) -> None:
    work = AssignmentFactory.create(classroom=classroom, kind="DRILL", contrast="θ-s")
    begin(assignment=work, learner_id=learner.pk, now=NOW)
    for contrast, right in (("θ-s", 1.0), ("θ-s", 0.2), ("ɹ-l", 1.0)):
        DrillAnswer.objects.create(
            learner=learner,
            language="en",
            contrast=contrast,
            kind="HEARD",
            word="think",
            other="sink",
            right=right,
            client_key=uuid4(),
            answered_at=NOW + HOUR,
        )
    done, _new = hand_in(assignment=work, learner_id=learner.pk, now=NOW + HOUR)
    assert (done.result["drill_answers"], done.result["drill_right"]) == (2, 1)
