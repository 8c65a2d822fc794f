"""Where an assignment stands, and what counts for one learner."""

from datetime import timedelta

import pytest

from coursework.assignment_states import (
    AssignmentState,
    WorkState,
    rules_for,
    state_of,
    work_state,
)
from coursework.models import Assignment, Extension, Submission
from tests.factories.coursework import DUE, OPENED

DAY = timedelta(days=1)


def _work(**fields: object) -> Assignment:
    known = {"opens_at": OPENED, "due_at": DUE, "published_at": OPENED}
    return Assignment(**(known | fields))


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({}, AssignmentState.OPEN),
        ({"published_at": None}, AssignmentState.DRAFT),
        ({"opens_at": OPENED + 3 * DAY}, AssignmentState.SCHEDULED),
        ({"due_at": OPENED + DAY}, AssignmentState.PAST),
        ({"due_at": None}, AssignmentState.OPEN),
        ({"due_at": None, "closes_at": OPENED + DAY}, AssignmentState.PAST),
        ({"archived_at": OPENED, "published_at": None}, AssignmentState.ARCHIVED),
    ],
)
def test_the_state_of_an_assignment(
    fields: dict[str, object], state: AssignmentState
) -> None:
    assert state_of(_work(**fields), now=OPENED + 2 * DAY) is state


def test_late_is_what_comes_after_the_due_moment() -> None:
    rules = rules_for(_work(closes_at=DUE + DAY), None)
    assert rules.late_s(DUE) == 0
    assert rules.late_s(DUE + timedelta(milliseconds=1)) == 1
    assert rules.late_s(DUE + timedelta(hours=2)) == 7200
    assert not rules.is_closed(DUE + DAY)
    assert rules.is_closed(DUE + DAY + timedelta(seconds=1))


def test_more_time_for_one_also_moves_the_end() -> None:
    work = _work(closes_at=DUE + DAY, max_attempts=1)
    rules = rules_for(work, Extension(due_at=DUE + 5 * DAY, extra_attempts=2))
    assert rules.late_s(DUE + 3 * DAY) == 0
    assert not rules.is_closed(DUE + 5 * DAY)
    assert rules.max_attempts == 3
    assert rules.is_extended


def test_work_without_a_due_date_is_never_late_or_closed() -> None:
    rules = rules_for(_work(due_at=None), None)
    assert rules.late_s(DUE + 900 * DAY) == 0
    assert not rules.is_closed(DUE + 900 * DAY)


def test_where_a_learner_stands() -> None:
    rules = rules_for(_work(), None)
    excused = rules_for(_work(), Extension(is_excused=True))
    begun = Submission(attempt=2, state="STARTED")
    late = Submission(attempt=1, state="SUBMITTED", late_s=5)
    assert work_state([], rules) is WorkState.NOT_BEGUN
    assert work_state([], excused) is WorkState.EXCUSED
    assert work_state([begun], rules) is WorkState.BEGUN
    assert work_state([begun, late], rules) is WorkState.LATE
    assert work_state([late], excused) is WorkState.LATE
    assert (
        work_state([Submission(attempt=1, state="RETURNED"), begun], rules)
        is WorkState.RETURNED
    )
