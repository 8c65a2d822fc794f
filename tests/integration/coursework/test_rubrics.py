"""Rubrics of the library and of schools."""

from copy import deepcopy
from pathlib import Path

import pytest

from coursework.models import Rubric
from coursework.rubric_criteria import MEASURES, CriteriaFault, checked_criteria
from coursework.services.rubrics import (
    OfTheLibrary,
    archive_rubric,
    copy_rubric,
    load_library,
    save_rubric,
)
from tests.factories.coursework import OPENED, AssignmentFactory
from tests.factories.schools import ClassroomFactory, teacher_of

pytestmark = pytest.mark.django_db
CRITERION = {
    "key": "flow",
    "name": "Flow",
    "description": "",
    "weight": 1,
    "measure": "fluency",
    "levels": [{"points": 1, "text": "Some."}, {"points": 4, "text": "All."}],
}


def test_the_library_is_loaded_once_and_every_measure_has_its_use() -> None:
    assert load_library(now=OPENED) == 6
    assert load_library(now=OPENED) == 0
    rubrics = list(Rubric.objects.all())
    assert len({rubric.key for rubric in rubrics}) == 6
    measured = {each["measure"] for rubric in rubrics for each in rubric.criteria}
    assert measured == set(MEASURES)
    for rubric in rubrics:
        for each in rubric.criteria:
            points = [level["points"] for level in each["levels"]]
            assert points == [4, 3, 2, 1]


def test_a_change_of_the_files_arrives_but_not_under_marks(tmp_path: Path) -> None:
    load_library(now=OPENED)
    used = Rubric.objects.get(key="fluency")
    work = AssignmentFactory.create(rubric=used)
    learner = teacher_of(work.classroom)
    work.submissions.create(learner=learner, started_at=OPENED, points=3)
    Rubric.objects.update(title="Old", criteria=[CRITERION])
    assert load_library(now=OPENED) == 6
    used.refresh_from_db()
    assert used.title == "Fluency"
    assert used.criteria == [CRITERION]
    assert len(Rubric.objects.get(key="monologue").criteria) == 5


def test_a_fault_names_the_file_and_nothing_is_loaded(tmp_path: Path) -> None:
    (tmp_path / "odd.yaml").write_text("key: odd\ntitle: Odd\n")
    with pytest.raises(CriteriaFault, match="odd.yaml"):
        load_library(now=OPENED, folder=tmp_path)


@pytest.mark.parametrize(
    "change",
    [
        {"measure": "charm"},
        {"weight": 0},
        {"name": ""},
        {"levels": []},
        {"levels": [{"points": 1, "text": "a"}, {"points": 1, "text": "b"}]},
        {"levels": [{"points": 1, "text": ""}, {"points": 2, "text": "b"}]},
    ],
)
def test_criteria_that_no_mark_can_be_made_of(change: dict[str, object]) -> None:
    with pytest.raises(CriteriaFault):
        checked_criteria([CRITERION | change])


def test_a_schools_rubric_is_edited_until_it_is_used() -> None:
    classroom = ClassroomFactory.create()
    teacher = teacher_of(classroom)
    load_library(now=OPENED)

    def save(rubric: Rubric | None, title: str) -> tuple[Rubric, bool]:
        return save_rubric(
            school=classroom.school,
            rubric=rubric,
            title=title,
            description="",
            criteria=[deepcopy(CRITERION)],
            author_id=teacher.pk,
            actor=teacher.uuid,
            now=OPENED,
        )

    own, is_copy = save(None, "Ours")
    assert not is_copy
    assert own.criteria[0]["levels"][0]["points"] == 4, "the best comes first"
    assert save(own, "Ours, better") == (own, False)
    AssignmentFactory.create(classroom=classroom, rubric=own)
    newer, is_copy = save(own, "Ours, best")
    assert is_copy
    assert newer != own
    own.refresh_from_db()
    assert own.title == "Ours, better"
    archive_rubric(rubric=own, is_archived=True, actor=teacher.uuid, now=OPENED)
    assert own.archived_at
    shipped = Rubric.objects.get(key="fluency")
    for refused in (
        lambda: save(shipped, "Mine"),
        lambda: archive_rubric(
            rubric=shipped, is_archived=True, actor=teacher.uuid, now=OPENED
        ),
    ):
        with pytest.raises(OfTheLibrary):
            refused()
    copied = copy_rubric(
        rubric=shipped,
        school=classroom.school,
        title="Fluency for us",
        author_id=teacher.pk,
        actor=teacher.uuid,
        now=OPENED,
    )
    assert copied.criteria == shipped.criteria
    assert copied.school == classroom.school
