"""Assignments are made, changed, extended, copied and taken away again."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.dispatch import Signal

from coursework.assignment_selectors import assigned_learner_ids, assignments_for
from coursework.models import Assignment, Extension, Rubric, Submission
from coursework.services.assignment_editing import (
    ChangedMeanwhile,
    LearnersLeftOut,
    edit_assignment,
)
from coursework.services.assignments import (
    AlreadyDone,
    AssignmentFields,
    ClassIsArchived,
    DueIsOver,
    LearnersBegan,
    NotInClass,
    archive_assignment,
    copy_assignment,
    create_assignment,
    delete_assignment,
    publish_assignment,
)
from coursework.services.extensions import NoTimeWon, extend
from coursework.signals import assignment_published
from learners.models import User
from schools.models import AuditEntry, Classroom, LearnerGroup
from tests.factories.coursework import DUE, OPENED, AssignmentFactory
from tests.factories.schools import ClassroomFactory, learner_of, teacher_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
FIELDS = AssignmentFields(
    title="The weekend", kind="TALK", scenario="Tell it.", opens_at=OPENED, due_at=DUE
)


@pytest.fixture
def classroom() -> Classroom:
    return ClassroomFactory.create()


@pytest.fixture
def teacher(classroom: Classroom) -> User:
    return teacher_of(classroom)


def _set(
    classroom: Classroom, teacher: User, *, publish: bool = True, **changes: object
) -> Assignment:
    return create_assignment(
        classroom=classroom,
        fields=replace(FIELDS, **changes),  # type: ignore[arg-type]
        publish=publish,
        author_id=teacher.pk,
        actor=teacher.uuid,
        now=OPENED,
    )


def _edit(work: Assignment, teacher: User, **changes: object) -> Assignment:
    return edit_assignment(
        assignment_id=work.pk,
        fields=replace(FIELDS, **changes),  # type: ignore[arg-type]
        seen=None,
        actor=teacher.uuid,
        now=OPENED + DAY,
    )


def _begin(work: Assignment, learner: User, **fields: object) -> Submission:
    return Submission.objects.create(
        assignment=work, learner=learner, started_at=OPENED, **fields
    )


def test_learners_see_what_is_theirs_from_when_it_opens(
    classroom: Classroom, teacher: User
) -> None:
    one, other = learner_of(classroom), learner_of(classroom)
    group = LearnerGroup.objects.create(classroom=classroom, name="Beginners")
    group.members.add(one)
    for_all = _set(classroom, teacher)
    for_group = _set(classroom, teacher, group=group)
    for_other = _set(classroom, teacher, learners=(other.pk,))
    _set(classroom, teacher, publish=False)
    _set(classroom, teacher, opens_at=OPENED + DAY)

    def seen(learner: User) -> set[Assignment]:
        return set(assignments_for(learner_id=learner.pk, now=OPENED))

    assert seen(one) == {for_all, for_group}
    assert seen(other) == {for_all, for_other}
    assert seen(learner_of(ClassroomFactory.create(school=classroom.school))) == set()
    assert set(assigned_learner_ids(for_group)) == {one.pk}
    assert set(assigned_learner_ids(for_other)) == {other.pk}
    classroom.enrolments.filter(learner=other).update(left_at=OPENED)
    assert set(assigned_learner_ids(for_all)) == {one.pk}
    assert seen(other) == set()


def test_publishing_tells_once_and_is_in_the_log(
    classroom: Classroom,
    teacher: User,
    django_capture_on_commit_callbacks: object,
) -> None:
    told: list[int] = []

    def note(assignment_id: int, **_kwargs: object) -> None:
        told.append(assignment_id)

    signal: Signal = assignment_published
    signal.connect(note)
    try:
        with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
            work = _set(classroom, teacher, publish=False)
            for _again in range(2):
                publish_assignment(
                    assignment_id=work.pk, actor=teacher.uuid, now=OPENED + DAY
                )
    finally:
        signal.disconnect(note)
    assert told == [work.pk]
    work.refresh_from_db()
    assert work.opens_at == OPENED + DAY, "learners cannot have seen it before"
    actions = AuditEntry.objects.filter(target_uuid=work.uuid)
    assert sorted(actions.values_list("action", flat=True)) == [
        "assignment.created",
        "assignment.published",
    ]
    assert {entry.actor for entry in actions} == {teacher.uuid}


def test_a_draft_that_is_overdue_is_not_published(
    classroom: Classroom, teacher: User
) -> None:
    work = _set(classroom, teacher, publish=False)
    with pytest.raises(DueIsOver):
        publish_assignment(assignment_id=work.pk, actor=teacher.uuid, now=DUE)


def test_before_anybody_begins_everything_can_be_changed(
    classroom: Classroom, teacher: User
) -> None:
    work = _set(classroom, teacher)
    edited = _edit(work, teacher, kind="ROLE_PLAY", tutor_role="A neighbour")
    assert (edited.kind, edited.tutor_role) == ("ROLE_PLAY", "A neighbour")


@pytest.mark.parametrize(
    "change",
    [
        {"scenario": "Something else."},
        {"kind": "ROLE_PLAY"},
        {"opens_at": OPENED + 2 * DAY},
        {"due_at": DUE - DAY},
        {"closes_at": DUE + DAY},
        {"max_attempts": 1},
        {"min_minutes": 3},
        {"goals": ("I can tell a story.",)},
        {"points": 10},
    ],
)
def test_what_would_hurt_who_began_is_refused(
    classroom: Classroom, teacher: User, change: dict[str, object]
) -> None:
    work = _set(classroom, teacher)
    _begin(work, learner_of(classroom), points=80)
    with pytest.raises(LearnersBegan) as refused:
        _edit(work, teacher, **change)
    assert refused.value.fields
    work.refresh_from_db()
    assert (work.scenario, work.due_at) == (FIELDS.scenario, DUE)


def test_what_helps_is_possible_at_any_time(
    classroom: Classroom, teacher: User
) -> None:
    rubric = Rubric.objects.create(title="R", created_at=OPENED)
    work = _set(classroom, teacher, max_attempts=1)
    _begin(work, learner_of(classroom))
    edited = _edit(
        work, teacher, title="New", due_at=DUE + DAY, max_attempts=2, rubric=rubric
    )
    assert (edited.title, edited.max_attempts) == ("New", 2)


def test_who_began_keeps_the_work(classroom: Classroom, teacher: User) -> None:
    one, other = learner_of(classroom), learner_of(classroom)
    work = _set(classroom, teacher)
    _begin(work, one)
    with pytest.raises(LearnersLeftOut):
        _edit(work, teacher, learners=(other.pk,))
    assert set(assigned_learner_ids(work)) == {one.pk, other.pk}
    _edit(work, teacher, learners=(one.pk,))
    assert set(assigned_learner_ids(work)) == {one.pk}


def test_of_two_teachers_the_second_is_told(
    classroom: Classroom, teacher: User
) -> None:
    work = _set(classroom, teacher)
    _edit(work, teacher, title="Mine")
    with pytest.raises(ChangedMeanwhile):
        edit_assignment(
            assignment_id=work.pk,
            fields=replace(FIELDS, title="Theirs"),
            seen=work.edited_at,
            actor=teacher.uuid,
            now=OPENED + DAY,
        )
    work.refresh_from_db()
    assert work.title == "Mine"


def test_learners_of_other_classes_are_refused(
    classroom: Classroom, teacher: User
) -> None:
    other = ClassroomFactory.create(school=classroom.school)
    stranger = learner_of(other)
    group = LearnerGroup.objects.create(classroom=other, name="Theirs")
    for wrong in ({"learners": (stranger.pk,)}, {"group": group}):
        with pytest.raises(NotInClass):
            _set(classroom, teacher, **wrong)
    assert not Assignment.objects.exists()


def test_a_copy_is_a_draft_without_dates_that_are_over(
    classroom: Classroom, teacher: User
) -> None:
    learner = learner_of(classroom)
    work = _set(classroom, teacher, learners=(learner.pk,), goals=("I can.",))
    other = ClassroomFactory.create(school=classroom.school)
    copies = [
        copy_assignment(
            assignment_id=work.pk,
            classroom=place,
            title="Again",
            author_id=teacher.pk,
            actor=teacher.uuid,
            now=at,
        )
        for place, at in ((classroom, OPENED + DAY), (other, DUE + DAY))
    ]
    here, there = copies
    assert here.published_at is None
    assert here.uuid != work.uuid
    assert (here.due_at, here.goals) == (DUE, ["I can."])
    assert set(here.targets.values_list("learner_id", flat=True)) == {learner.pk}
    assert (there.due_at, there.opens_at) == (None, DUE + DAY)
    assert not there.targets.exists()
    work.refresh_from_db()
    assert work.targets.exists(), "the original stays as it was"


def test_nothing_is_set_in_a_class_that_was_put_away(teacher: User) -> None:
    archived = ClassroomFactory.create(archived_at=OPENED)
    with pytest.raises(ClassIsArchived):
        _set(archived, teacher)


def test_only_what_nobody_began_is_deleted(classroom: Classroom, teacher: User) -> None:
    work, begun = _set(classroom, teacher), _set(classroom, teacher)
    learner = learner_of(classroom)
    _begin(begun, learner)
    delete_assignment(assignment_id=work.pk, actor=teacher.uuid, now=OPENED)
    with pytest.raises(AlreadyDone):
        delete_assignment(assignment_id=begun.pk, actor=teacher.uuid, now=OPENED)
    assert list(Assignment.objects.all()) == [begun]
    archive_assignment(
        assignment_id=begun.pk, is_archived=True, actor=teacher.uuid, now=OPENED
    )
    assert list(assignments_for(learner_id=learner.pk, now=OPENED)) == [begun]
    other = learner_of(classroom)
    assert not assignments_for(learner_id=other.pk, now=OPENED).exists()


def test_one_learner_gets_more_time_and_it_is_in_the_log(
    classroom: Classroom, teacher: User
) -> None:
    learner = learner_of(classroom)
    work = AssignmentFactory.create(classroom=classroom)

    def give(**fields: object) -> Extension | None:
        known = {"due_at": None, "extra_attempts": 0, "is_excused": False, "reason": ""}
        return extend(
            assignment_id=work.pk,
            learner=learner,
            giver=teacher,
            now=OPENED,
            **(known | fields),  # type: ignore[arg-type]
        )

    with pytest.raises(NoTimeWon):
        give(due_at=DUE - DAY)
    assert give(due_at=DUE + DAY, reason="ill")
    assert give(is_excused=True)
    assert Extension.objects.get().due_at is None, "the new rules replace the old"
    assert give() is None
    assert not Extension.objects.exists()
    entries = AuditEntry.objects.filter(action="assignment.extended")
    assert {entry.subject for entry in entries} == {learner.uuid}
    assert "ill" not in str(list(entries.values_list("detail", "reason")))
