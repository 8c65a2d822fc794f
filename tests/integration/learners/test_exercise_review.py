"""Teachers edit, approve and reject; who may is one question."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from learners.exercise_selectors import (
    count_reviewed,
    get_reviewed,
    list_left_out,
    list_reviewed,
)
from learners.models import ExerciseBatch, ExerciseItem, User
from learners.permissions import can_review_exercises, reviewable_learners
from learners.services.exercises import (
    ExerciseFaulty,
    ExerciseProblem,
    decide_exercise,
    edit_exercise,
)
from tests.factories.exercises import NOW, by_model, gap_fill, item, mistake, transform
from tests.factories.learners import AdminFactory, LearnerFactory
from tests.factories.schools import (
    ClassroomFactory,
    common_class,
    taught,
    teacher_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def teacher() -> User:
    """Who looks things over."""
    return teacher_of(common_class())


def edit(row: ExerciseItem, teacher: User, **changes: Any) -> ExerciseItem:
    return edit_exercise(
        item_id=row.pk,
        revision=row.revision,
        exercise=replace(gap_fill(), **changes),
        editor_id=teacher.pk,
        now=NOW,
    )


def test_teachers_look_after_their_classes_and_administrators_after_all(
    teacher: User,
) -> None:
    learner = taught(LearnerFactory.create())
    gone = taught(LearnerFactory.create(is_active=False))
    for who in (teacher, AdminFactory.create()):
        assert can_review_exercises(who, learner.pk)
        assert not can_review_exercises(who, gone.pk)
    strangers = (
        learner, LearnerFactory.create(role="TEACHER", is_active=False), AnonymousUser(),
    )  # fmt: skip
    elsewhere = teacher_of(ClassroomFactory.create())
    assert not can_review_exercises(elsewhere, learner.pk)
    assert list(reviewable_learners(elsewhere)) == [elsewhere]
    for stranger in strangers:
        assert not can_review_exercises(stranger, learner.pk)
        assert not reviewable_learners(stranger).exists()


def test_an_edit_replaces_the_exercise_and_is_signed(teacher: User) -> None:
    row = item(LearnerFactory.create())
    edited = edit(row, teacher, prompt="Last week I ___ to the market.", hint="Past.")
    assert edited.data["prompt"] == "Last week I ___ to the market."
    assert (edited.revision, edited.edited_by, edited.edited_at) == (2, teacher, NOW)
    assert edited.digest != row.digest
    assert edited.state == "DRAFT"


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"prompt": "I went to the market."}, "exactly one gap"),
        ({"choices": ("went",)}, "two to five"),
        ({"prompt": "Yesterday I ___ to the perspicacious market."}, "too hard for A2"),
        ({"hint": "It is went."}, "the hint shows the answer"),
        ({"alternatives": ("gone",)}, "not among the choices"),
    ],
)
def test_a_faulty_edit_is_refused_with_the_reasons(
    teacher: User, changes: dict[str, Any], fault: str
) -> None:
    row = item(LearnerFactory.create())
    with pytest.raises(ExerciseFaulty) as refused:
        edit(row, teacher, **changes)
    assert any(fault in one for one in refused.value.faults)
    row.refresh_from_db()
    assert row.revision == 1


def test_words_that_the_learner_said_are_never_too_hard(teacher: User) -> None:
    learner = LearnerFactory.create()
    entry = mistake(learner, sentence="yesterday I {} to the sanctuary")
    row = item(learner, ledger_entry=entry)
    edited = edit(row, teacher, prompt="Yesterday I ___ to the sanctuary.")
    assert edited.revision == 2


def test_of_two_who_edit_at_once_the_second_is_told(teacher: User) -> None:
    row = item(LearnerFactory.create())
    edit(row, teacher, hint="Past.")
    with pytest.raises(ExerciseProblem) as refused:
        edit(row, teacher, hint="The past.")
    assert refused.value.code == "exercise.changed"


def test_an_edit_that_makes_two_alike_is_refused(teacher: User) -> None:
    learner = LearnerFactory.create()
    item(learner)
    other = item(learner, gap_fill(prompt="Last week I ___ home."))
    with pytest.raises(ExerciseProblem) as refused:
        edit(other, teacher)
    assert refused.value.code == "exercise.twice"
    assert ExerciseItem.objects.count() == 2


def test_approving_and_rejecting_are_signed_and_can_be_changed(teacher: User) -> None:
    row = by_model(LearnerFactory.create())
    assert row in ExerciseItem.objects.waiting()
    for approve, state in ((True, "APPROVED"), (False, "REJECTED"), (True, "APPROVED")):
        decided = decide_exercise(
            item_id=row.pk, approve=approve, decider_id=teacher.pk, now=NOW
        )
        assert (decided.state, decided.decided_by) == (state, teacher)
        assert (row in ExerciseItem.objects.in_use()) is approve


def test_what_cannot_be_shown_cannot_be_approved(teacher: User) -> None:
    broken = item(LearnerFactory.create(), data={"kind": "gap_fill"})
    with pytest.raises(ExerciseFaulty):
        decide_exercise(item_id=broken.pk, approve=True, decider_id=teacher.pk, now=NOW)
    faulty = item(LearnerFactory.create(), transform(point="gone"))
    with pytest.raises(ExerciseFaulty, match="cannot be shown"):
        decide_exercise(item_id=faulty.pk, approve=True, decider_id=teacher.pk, now=NOW)
    decided = decide_exercise(
        item_id=faulty.pk, approve=False, decider_id=teacher.pk, now=NOW
    )
    assert decided.state == "REJECTED"


def test_lists_are_by_what_is_to_do_and_by_learner(teacher: User) -> None:
    one, two = taught(LearnerFactory.create()), taught(LearnerFactory.create())
    waiting, shown = by_model(one), item(one)
    rejected = item(two, state="REJECTED", decided_at=NOW)
    learners = reviewable_learners(teacher)
    assert list(list_reviewed(learners=learners, show="waiting")) == [waiting]
    assert list(list_reviewed(learners=learners, show="in_use")) == [shown]
    assert list(list_reviewed(learners=learners, show="rejected")) == [rejected]
    found = count_reviewed(learners=learners, learner=two.uuid)
    assert found == {"waiting": 0, "in_use": 0, "rejected": 1}
    nobody = reviewable_learners(one)
    assert not list_reviewed(learners=nobody, show="in_use").exists()
    assert get_reviewed(uuid=shown.uuid) == shown


def test_reasons_for_leaving_out_are_added_up(teacher: User) -> None:
    row = {"kind": "reorder", "origin": "rule", "reason": "too long", "n": 2}
    for n in (1, 3):
        ExerciseBatch.objects.create(
            learner=taught(LearnerFactory.create()), l2="en", made_at=NOW,
            dropped=[row, row | {"reason": "too hard for A2", "n": n}],
        )  # fmt: skip
    learners = reviewable_learners(teacher)
    found = dict(list_left_out(learners=learners, learner=None))
    assert found == {"too long": 4, "too hard for A2": 4}
