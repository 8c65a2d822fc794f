"""Teachers edit courses on the site: drafts, forms, preview, publishing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from learners.models import CourseProgress
from learners.services.course_progress import start_lesson
from lessons.course_files.exercises import BY_TYPE
from lessons.editing.drafts import draft_problems
from lessons.editing.exercise_form import ExerciseForm
from lessons.editing.forms import LessonForm
from lessons.importing import SHIPPED, import_course
from lessons.models import Course, Exercise, Lesson
from schools.models import Classroom
from tests.factories.learners import LearnerFactory
from tests.factories.schools import ClassroomFactory, learner_of, teacher_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def classroom() -> Classroom:
    """Return a class of a school."""
    return ClassroomFactory.create()


@pytest.fixture
def teacher(client: Client, classroom: Classroom) -> Client:
    """Return the browser of a teacher of the school."""
    client.force_login(teacher_of(classroom))
    return client


@pytest.fixture
def current(tmp_path: Path, classroom: Classroom) -> Course:
    """Return the school's course: the first unit of one that comes with the site."""
    course = yaml.safe_load((SHIPPED / "english-a1" / "course.yaml").read_text())
    course["units"] = course["units"][:1]
    (tmp_path / "course.yaml").write_text(yaml.safe_dump(course))
    unit = course["units"][0]["key"]
    shutil.copytree(SHIPPED / "english-a1" / unit, tmp_path / unit)
    import_course(tmp_path)
    Course.objects.update(school=classroom.school)
    return Course.objects.get()


@pytest.fixture
def draft(teacher: Client, current: Course) -> Course:
    """Return a draft of its next version."""
    teacher.post(reverse("lessons:edit-copy", args=[current.uuid]))
    return Course.objects.get(is_current=False)


def act(teacher: Client, draft: Course, action: str, **fields: str) -> str:
    """Press a button of the draft; return where it leads."""
    address = reverse("lessons:edit-act", args=[draft.uuid])
    return str(teacher.post(address, {"action": action, **fields})["Location"])


def posted(lesson: Lesson, **changes: str) -> dict[str, str]:
    """Return a lesson's form as it is sent."""
    return LessonForm.values_of(lesson) | changes


def test_learners_edit_nothing(client: Client, current: Course) -> None:
    client.force_login(LearnerFactory.create())
    assert client.get(reverse("lessons:edit-list")).status_code == 403
    copy = client.post(reverse("lessons:edit-copy", args=[current.uuid]))
    assert copy.status_code == 403
    assert Course.objects.count() == 1


def test_a_draft_holds_all_that_the_version_held(
    draft: Course, current: Course
) -> None:
    assert (draft.key, draft.version, draft.is_published) == (current.key, 2, False)
    assert draft_problems(draft) == []
    for old, new in zip(current.lessons.all(), draft.lessons.all(), strict=True):
        assert LessonForm.values_of(old) == LessonForm.values_of(new)
        assert old.uuid != new.uuid
        assert new.unit is not None
        assert new.unit.course == draft
        exercises = [list(each.exercises.values_list("data")) for each in (old, new)]
        assert exercises[0] == exercises[1]


def test_there_is_one_draft_at_a_time(
    teacher: Client, draft: Course, current: Course
) -> None:
    teacher.post(reverse("lessons:edit-copy", args=[current.uuid]))
    assert Course.objects.count() == 2
    page = teacher.get(reverse("lessons:edit-list")).content.decode()
    assert reverse("lessons:edit-course", args=[draft.uuid]) in page
    act(teacher, draft, "delete")
    assert Course.objects.get() == current


def test_what_is_published_replaces_the_current_version_for_newcomers(
    teacher: Client, draft: Course, current: Course, classroom: Classroom
) -> None:
    learner = learner_of(classroom)
    old_lesson = current.lessons.get(position=1)
    start_lesson(learner_id=learner.pk, lesson=old_lesson, now=timezone.now())
    lesson = draft.lessons.get(position=1)
    page = teacher.post(
        reverse("lessons:edit-lesson", args=[lesson.uuid]),
        posted(lesson, title="Hello there", explanations="One.\n\nTwo."),
    )
    assert page.status_code == 302
    act(teacher, draft, "publish")
    draft.refresh_from_db()
    assert draft.is_current
    assert draft.is_published
    assert draft.lessons.get(position=1).explanations == ["One.", "Two."]
    assert CourseProgress.objects.get().course == current
    old_lesson.refresh_from_db()
    assert old_lesson.title != "Hello there"
    # Published versions are changed by another draft only.
    address = reverse("lessons:edit-lesson", args=[lesson.uuid])
    assert teacher.get(address).status_code == 404


def test_an_edited_version_that_was_taken_out_is_no_draft(
    teacher: Client, draft: Course
) -> None:
    act(teacher, draft, "publish")
    Course.objects.update(is_current=False, is_published=False)
    for name in ("edit-course", "edit-act"):
        address = reverse(f"lessons:{name}", args=[draft.uuid])
        assert teacher.post(address, {"action": "delete"}).status_code == 404
    assert Course.objects.count() == 2


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("dialogue", "Ines Good evening!", "Line 1 needs 2 parts with : between."),
        ("words", "seat | a chair", "Line 1 needs 3 parts with | between."),
        ("words", "a | b | <b>c</b>", "Line 1: holds &lt; or &gt;: no HTML, please"),
        ("title", "", "This field is required."),
        ("title", "Hi <b>", "no HTML, please"),
        ("situation", "x" * 401, "at most 400 characters"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_is_lost(
    teacher: Client, draft: Course, field: str, value: str, words: str
) -> None:
    lesson = draft.lessons.get(position=1)
    address = reverse("lessons:edit-lesson", args=[lesson.uuid])
    sent = posted(lesson, **{field: value}, goals="I can try.")
    page = teacher.post(address, sent)
    assert page.status_code == 422
    assert words in page.content.decode()
    assert "I can try." in page.content.decode()
    before = lesson.goals
    lesson.refresh_from_db()
    assert lesson.goals == before


def test_the_preview_shows_what_is_typed_and_keeps_nothing(
    teacher: Client, draft: Course
) -> None:
    lesson = draft.lessons.get(position=1)
    address = reverse("lessons:lesson-preview", args=[lesson.uuid])
    typed = posted(lesson, words="bench | a long seat | The bench is wet.")
    assert "The bench is wet." in teacher.post(address, typed).content.decode()
    assert teacher.post(address, posted(lesson, words="bench")).status_code == 422
    page = teacher.get(address).content.decode()
    assert "The bench is wet." not in page
    assert "learners do not see this lesson yet" in page


def test_a_draft_with_too_little_is_not_published(
    teacher: Client, draft: Course, current: Course
) -> None:
    lesson = draft.lessons.get(position=1)
    for exercise in lesson.exercises.all()[:6]:
        address = reverse("lessons:edit-exercise-act", args=[exercise.uuid])
        teacher.post(address, {"action": "remove"})
    where = act(teacher, draft, "publish")
    page = teacher.get(where).content.decode()
    assert f"{lesson.title}: exercises:" in page
    current.refresh_from_db()
    assert current.is_current


def test_lessons_are_added_moved_and_taken_out(teacher: Client, draft: Course) -> None:
    def order() -> list[str]:
        positions = list(draft.lessons.values_list("position", flat=True))
        assert positions == list(range(1, len(positions) + 1))
        return list(draft.lessons.values_list("key", flat=True))

    first, second, *rest = order()
    act(teacher, draft, "down", lesson=first)
    assert order() == [second, first, *rest]
    act(teacher, draft, "up", lesson=second)
    assert order() == [second, first, *rest]
    unit = draft.units.get(position=1)
    act(teacher, draft, "add", unit=unit.key)
    assert order()[3] == "new-lesson"
    act(teacher, draft, "remove", lesson="new-lesson")
    assert order() == [second, first, *rest]


@pytest.mark.parametrize("kind", sorted(BY_TYPE))
def test_the_form_of_each_type_keeps_what_an_author_wrote(
    kind: str, draft: Course, current: Course
) -> None:
    exercise = Exercise.objects.filter(lesson__course=draft, type=kind).first()
    if exercise is None:
        pytest.skip("the course has none of this type")
    values = ExerciseForm.values_of(exercise.data)
    form = ExerciseForm(values, kind=kind)
    assert form.is_valid(), form.errors
    assert form.data_read == exercise.data


def test_an_exercise_is_tried_saved_and_moved(teacher: Client, draft: Course) -> None:
    lesson = draft.lessons.get(position=1)
    address = reverse("lessons:edit-exercise-add", args=[lesson.uuid, "gap_fill"])
    sent = {"prompt": "We ___ new.", "answer": "are", "choices": "are\nis"}
    n = lesson.exercises.count()
    tried = teacher.post(address, sent | {"action": "try", "try": "is"})
    assert "alert--error" in tried.content.decode()
    tried = teacher.post(address, sent | {"action": "try", "try": "Are"})
    assert "alert--success" in tried.content.decode()
    assert lesson.exercises.count() == n
    teacher.post(address, sent | {"action": "save"})
    added = lesson.exercises.get(position=n + 1)
    assert added.data["choices"] == ["are", "is"]
    act_on = reverse("lessons:edit-exercise-act", args=[added.uuid])
    teacher.post(act_on, {"action": "up"})
    added.refresh_from_db()
    assert added.position == n


@pytest.mark.parametrize(
    ("kind", "sent", "words"),
    [
        ("gap_fill", {"prompt": "We are.", "answer": "x"}, "the prompt needs one gap"),
        ("match", {"pairs": "a | b\nc"}, "Line 2 needs 2 parts"),
        ("minimal_pair", {"words": "ship"}, "at least 2 items"),
        ("dictation", {"text": "x" * 500}, "at most 160 characters"),
        ("reorder", {"answer": "One two"}, "three to twelve pieces"),
    ],
)
def test_an_exercise_that_is_wrong_is_not_kept(
    teacher: Client, draft: Course, kind: str, sent: dict[str, str], words: str
) -> None:
    lesson = draft.lessons.get(position=1)
    n = lesson.exercises.count()
    address = reverse("lessons:edit-exercise-add", args=[lesson.uuid, kind])
    page = teacher.post(address, sent | {"action": "save"})
    assert page.status_code == 422
    assert words in page.content.decode()
    assert lesson.exercises.count() == n


def test_what_a_course_says_of_itself_is_edited(teacher: Client, draft: Course) -> None:
    unit = draft.units.get(position=1)
    sent = {"title": "English, first steps", "description": "New words."}
    for each in draft.units.all():
        sent |= {f"title-{each.pk}": each.title, f"can_do-{each.pk}": each.can_do}
    sent[f"title-{unit.pk}"] = "Hello"
    teacher.post(reverse("lessons:edit-course", args=[draft.uuid]), sent)
    draft.refresh_from_db()
    unit.refresh_from_db()
    assert (draft.title, unit.title) == ("English, first steps", "Hello")


def test_teachers_find_the_pages(teacher: Client, draft: Course) -> None:
    lesson = draft.lessons.get(position=1)
    exercise = lesson.exercises.get(position=1)
    for name, uuid in (
        ("edit-course", draft.uuid),
        ("edit-lesson", lesson.uuid),
        ("edit-exercise", exercise.uuid),
    ):
        page = teacher.get(reverse(f"lessons:{name}", args=[uuid]))
        assert page.status_code == 200
