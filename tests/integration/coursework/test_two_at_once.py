"""Two people at the same work at the same moment: one is first, the other is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from coursework.models import Assignment, MarkChange, Submission
from coursework.services.draft_marks import keep_draft
from coursework.services.marks import (
    GivenMark,
    MarkedMeanwhile,
    SubmissionGone,
    accept_draft,
    mark_submission,
)
from coursework.services.returning import return_submission
from coursework.services.submissions import begin, begin_talk, hand_in
from coursework.signals import submission_handed_in
from learners.models import User
from operations.erasure.erasing import erase_account
from schools.models import AuditEntry, Classroom
from sessions.models import TutoringSession
from tests.factories.at_once import at_once, only_where_rows_are_locked
from tests.factories.handed_in import TALKED, assignment_in, handed_in, rubric_of
from tests.factories.schools import ClassroomFactory, learner_of, teacher_of

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    only_where_rows_are_locked,
]
NOW = TALKED + timedelta(days=1)


@pytest.fixture
def classroom() -> Classroom:
    made: Classroom = ClassroomFactory.create()
    return made


@pytest.fixture
def learner(classroom: Classroom) -> User:
    return learner_of(classroom)


@pytest.fixture
def submission(classroom: Classroom, learner: User) -> Submission:
    """Work that waits for its mark; the draft says 12 of 20."""
    rubric = rubric_of(("Manner", "", (1, 0), 1))
    work = assignment_in(classroom, rubric=rubric)
    draft = {"criteria": [{"key": "manner", "level": 0}], "is_complete": True}
    return handed_in(work, learner, draft=draft, draft_points=12.0)


@pytest.fixture
def handed() -> Iterator[list[int]]:
    """What was told to have been handed in."""
    told: list[int] = []

    def note(submission_id: int, **kwargs: Any) -> None:
        told.append(submission_id)

    submission_handed_in.connect(note)
    yield told
    submission_handed_in.disconnect(note)


def row(submission: Submission) -> Any:
    return Submission.objects.filter(pk=submission.pk)


def marks(
    submission: Submission, teacher: User, points: float, version: int = 0
) -> Any:
    given = GivenMark(version=version, points=points, reason="As I heard it.")
    return lambda: mark_submission(
        submission_id=submission.pk, given=given, teacher=teacher, now=NOW
    )


def accepts(submission: Submission, teacher: User, shown: str = "12.0") -> Any:
    return lambda: accept_draft(
        submission_id=submission.pk, version=0, shown=shown, decided={},
        teacher=teacher, now=NOW,
    )  # fmt: skip


def test_of_two_teachers_the_second_is_told_and_may_then_overrule(
    submission: Submission, classroom: Classroom
) -> None:
    mo, di = teacher_of(classroom), teacher_of(classroom)
    first, second = at_once(
        marks(submission, mo, 15), marks(submission, di, 9), behind=row(submission)
    )
    assert first.points == 15
    assert isinstance(second, MarkedMeanwhile)
    assert second.current.marked_by_id == mo.pk
    submission.refresh_from_db()
    assert (submission.points, submission.version) == (15, 1)
    assert submission.draft_points == 12
    marks(submission, di, 9, version=1)()
    kept = MarkChange.objects.values_list("by", "points_before", "points")
    assert list(kept) == [(di.pk, 15, 9), (mo.pk, None, 15)]
    assert AuditEntry.objects.filter(action="mark.overruled").count() == 2


def test_the_same_mark_of_both_is_one_mark(
    submission: Submission, classroom: Classroom
) -> None:
    found = at_once(
        *(marks(submission, teacher_of(classroom), 15) for _each in range(2)),
        behind=row(submission),
    )
    assert [one.points for one in found] == [15, 15]
    assert MarkChange.objects.count() == 1


def test_accepting_the_rest_leaves_what_is_marked_in_this_moment(
    submission: Submission, classroom: Classroom
) -> None:
    mo, di = teacher_of(classroom), teacher_of(classroom)
    marked, accepted = at_once(
        marks(submission, mo, 15), accepts(submission, di), behind=row(submission)
    )
    assert (marked.points, accepted) == (15, False)
    assert MarkChange.objects.get().by == mo


def test_who_marks_after_the_draft_was_accepted_is_told(
    submission: Submission, classroom: Classroom
) -> None:
    mo, di = teacher_of(classroom), teacher_of(classroom)
    accepted, marked = at_once(
        accepts(submission, di), marks(submission, mo, 15), behind=row(submission)
    )
    assert accepted is True
    assert isinstance(marked, MarkedMeanwhile)
    assert marked.current.points == 12


def test_a_draft_made_beside_a_mark_changes_no_mark_and_is_kept(
    submission: Submission, classroom: Classroom
) -> None:
    def draft() -> Submission:
        return keep_draft(submission_id=submission.pk)

    teacher = teacher_of(classroom)
    drafted, marked = at_once(
        draft, marks(submission, teacher, 15), behind=row(submission)
    )
    assert marked.points == 15
    submission.refresh_from_db()
    assert submission.draft == drafted.draft
    assert submission.points == 15


def test_a_draft_that_was_made_anew_meanwhile_is_not_accepted_unseen(
    submission: Submission, classroom: Classroom
) -> None:
    _drafted, accepted = at_once(
        lambda: row(submission).update(draft_points=3.0),
        accepts(submission, teacher_of(classroom)),
        behind=row(submission),
    )
    assert accepted is False
    submission.refresh_from_db()
    assert submission.points is None


def test_giving_back_twice_is_once(
    submission: Submission, classroom: Classroom
) -> None:
    teacher = teacher_of(classroom)
    marks(submission, teacher, 15)()

    def give_back() -> Submission:
        return return_submission(submission_id=submission.pk, teacher=teacher, now=NOW)

    found = at_once(give_back, give_back, behind=row(submission))
    assert [one.state for one in found] == ["RETURNED", "RETURNED"]
    assert AuditEntry.objects.filter(action="submission.returned").count() == 1


def test_two_devices_begin_one_talk_and_hand_it_in_once(
    classroom: Classroom, learner: User, handed: list[int]
) -> None:
    work = assignment_in(classroom, title="Weekend")
    locked = Assignment.objects.filter(pk=work.pk)

    def talk() -> UUID:
        return begin_talk(assignment=work, learner_id=learner.pk, now=TALKED)

    one, other = at_once(talk, talk, behind=locked)
    assert one == other
    session = TutoringSession.objects.get()
    turn = session.turns.create(index=1, started_at=TALKED)
    turn.utterances.create(
        speaker="LEARNER", source="SPEECH", text="We went home.", duration_ms=2000
    )
    attempt = Submission.objects.filter(assignment=work)

    def hands_in() -> tuple[Submission, bool]:
        return hand_in(assignment=work, learner_id=learner.pk, now=NOW)

    found = at_once(hands_in, hands_in, behind=attempt)
    assert sorted(is_new for _submission, is_new in found) == [False, True]
    submission = attempt.get()
    assert submission.state == "SUBMITTED"
    assert handed == [submission.pk]


def test_two_devices_begin_the_same_attempt(
    classroom: Classroom, learner: User
) -> None:
    work = assignment_in(classroom)
    locked = Assignment.objects.filter(pk=work.pk)

    def begins() -> Submission:
        return begin(assignment=work, learner_id=learner.pk, now=TALKED)

    one, other = at_once(begins, begins, behind=locked)
    assert one.pk == other.pk
    assert Submission.objects.count() == 1


def test_an_erasure_beside_a_mark_leaves_nothing_and_the_teacher_is_told(
    submission: Submission, classroom: Classroom, learner: User
) -> None:
    teacher = teacher_of(classroom)

    def erases() -> Any:
        return erase_account(user=learner, by=None, tells=False, now=NOW)

    # The mark is first, while the erasure has found what is to go already.
    marked, erased = at_once(
        marks(submission, teacher, 15), erases, behind=row(submission)
    )
    assert marked.points == 15
    assert erased.uuid == learner.uuid
    assert not MarkChange.objects.exists()
    assert not User.objects.filter(pk=learner.pk).exists()
    with pytest.raises(SubmissionGone):
        marks(submission, teacher, 9)()
    assert accepts(submission, teacher)() is False


def test_two_erasures_of_one_learner_are_one(learner: User) -> None:
    def erases() -> Any:
        return erase_account(user=learner, by=None, tells=False, now=NOW)

    one, other = at_once(erases, erases, behind=User.objects.filter(pk=learner.pk))
    assert one.uuid == learner.uuid
    assert isinstance(other, User.DoesNotExist)
    assert AuditEntry.objects.filter(action="account.erased").count() == 1


def test_a_teacher_whose_learner_was_erased_meanwhile_reads_so(
    submission: Submission,
    classroom: Classroom,
    learner: User,
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    teacher = teacher_of(classroom)
    client.force_login(teacher)
    from coursework.views import review  # noqa: PLC0415 whose step is stretched

    found = review.reviewed

    def slowly(*given: Any) -> Any:
        seen = found(*given)
        erase_account(user=learner, by=None, tells=False, now=NOW)
        return seen

    monkeypatch.setattr(review, "reviewed", slowly)
    url = reverse("coursework:review-mark", args=(classroom.uuid, submission.uuid))
    page = client.post(url, {"version": 0, "points": 15, "reason": "x"}, follow=True)
    assert "deleted" in page.content.decode()
