"""Course files become rows, each version once."""

from __future__ import annotations

import json
import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from lessons.course_files.reading import CourseFaults
from lessons.importing import SHIPPED, Outcome, import_course
from lessons.models import Course, Exercise, Lesson, Unit
from lessons.selectors import get_lesson_brief, list_courses

pytestmark = pytest.mark.django_db

LESSON = "first-contacts/nice-to-meet-you.yaml"
COURSE = """\
key: trial
version: 1
title: Trial
l2: en
level: A1
description: One lesson.
units:
  - key: first-contacts
    title: First contacts
    can_do: I can say who I am.
    lessons: [nice-to-meet-you]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A course of one lesson."""
    place = tmp_path / "trial"
    (place / "first-contacts").mkdir(parents=True)
    (place / "course.yaml").write_text(COURSE)
    shutil.copy(SHIPPED / "english-a1" / LESSON, place / LESSON)
    return place


def rows() -> list[list[object]]:
    """Return every row of the catalogue."""
    return [
        list(model.objects.order_by("pk").values())
        for model in (Course, Unit, Lesson, Exercise)
    ]


def change(path: Path, old: str, new: str) -> None:
    """Change a file."""
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def refusal(folder: Path, **options: bool) -> str:
    """Return why a course was refused, and see that nothing was written."""
    before = rows()
    with pytest.raises(CourseFaults) as raised:
        import_course(folder, **options)
    assert rows() == before
    return str(raised.value)


def test_a_course_becomes_rows(folder: Path) -> None:
    assert import_course(folder).outcome == Outcome.NEW
    course = Course.objects.get()
    assert (course.key, course.version, course.level) == ("trial", 1, "A1")
    assert course.is_published
    assert course.is_current
    lesson = course.lessons.get()
    assert lesson.unit == course.units.get()
    assert lesson.dialogue[0].keys() == {"who", "text"}
    assert {"word", "gloss", "example"} == lesson.words[0].keys()
    first = lesson.exercises.first()
    assert first is not None
    assert (first.type, first.data["type"]) == ("gap_fill", "gap_fill")


def test_the_tutor_knows_an_imported_lesson(folder: Path) -> None:
    import_course(folder)
    brief = get_lesson_brief(lesson_id=Lesson.objects.get().pk)
    assert brief.goals
    assert all(goal.startswith("I can") for goal in brief.goals)
    assert brief.opening_line
    assert brief.tutor_role
    assert brief.tutor_facts
    assert "name" in brief.target_words
    assert "Nice to meet you!" in brief.target_phrases


def test_importing_twice_changes_nothing(
    folder: Path, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    import_course(folder)
    before = rows()
    with django_assert_num_queries(1):
        assert import_course(folder).outcome == Outcome.SAME
    assert rows() == before


def test_a_changed_course_needs_a_higher_version(folder: Path) -> None:
    import_course(folder)
    change(folder / LESSON, "title: Nice", "title: Very nice")
    assert "course.yaml:2: version 1 of trial is here already" in refusal(folder)


def test_a_new_version_leaves_the_earlier_one_to_its_learners(folder: Path) -> None:
    import_course(folder)
    earlier = Course.objects.get()
    Course.objects.update(talk_minutes=7)
    kept = list(earlier.lessons.values())
    change(folder / LESSON, "title: Nice", "title: Very nice")
    change(folder / "course.yaml", "version: 1", "version: 2")
    assert import_course(folder).outcome == Outcome.NEW_VERSION
    earlier.refresh_from_db()
    assert list(earlier.lessons.values()) == kept
    assert earlier.is_published
    assert not earlier.is_current
    current = Course.objects.get(is_current=True)
    assert (current.version, current.talk_minutes) == (2, 7)
    assert list(list_courses()) == [current]


def test_what_was_edited_on_the_site_is_left_alone(folder: Path) -> None:
    import_course(folder)
    Course.objects.update(edited_at=timezone.now())
    change(folder / "course.yaml", "version: 1", "version: 2")
    assert "was edited on the site" in refusal(folder)
    import_course(folder, replace_edited=True)
    assert Course.objects.get(is_current=True).version == 2


def test_a_course_taken_out_of_the_catalogue_stays_out(folder: Path) -> None:
    import_course(folder)
    Course.objects.update(is_published=False)
    change(folder / "course.yaml", "version: 1", "version: 2")
    import_course(folder)
    assert not Course.objects.get(is_current=True).is_published


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("l2: en", "l2: xx", "course.yaml:4: l2: there are no courses of 'xx'"),
        ("l2: en\n", "", "l2: Field required"),
        (
            "[nice-to-meet-you]",
            "[nice-to-meet-you, x]",
            "x.yaml:0: the file is missing",
        ),
    ],
)
def test_a_fault_leaves_the_catalogue_as_it_is(
    folder: Path, old: str, new: str, fault: str
) -> None:
    change(folder / "course.yaml", old, new)
    assert fault in refusal(folder)


def test_the_command_imports_what_it_can_and_tells_every_fault(
    folder: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "bad"
    shutil.copytree(folder, bad)
    change(bad / "course.yaml", "key: trial", "key: bad\nkeys: 1")
    change(bad / LESSON, "title: Nice", "tittle: Nice")
    out, err = StringIO(), StringIO()
    with pytest.raises(CommandError) as raised:
        call_command("import_lessons", tmp_path, stdout=out, stderr=err)
    assert raised.value.returncode == 1
    assert "bad/course.yaml:2: keys: Extra inputs are not permitted" in err.getvalue()
    assert "trial 1: new" in out.getvalue()
    assert [course.key for course in Course.objects.all()] == ["trial"]


def test_the_command_can_only_check(folder: Path) -> None:
    call_command("import_lessons", folder, check=True, stdout=StringIO())
    assert rows() == [[], [], [], []]
    import_course(folder)
    change(folder / LESSON, "title: Nice", "title: Very nice")
    with pytest.raises(CommandError):
        call_command(
            "import_lessons", folder, check=True, stdout=StringIO(), stderr=StringIO()
        )


def test_a_folder_without_a_course_is_told(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no course in"):
        call_command("import_lessons", tmp_path)


def test_the_admin_keeps_what_was_edited_and_takes_courses_out(
    folder: Path, admin_client: Client
) -> None:
    import_course(folder)
    lesson = Lesson.objects.get()
    page = reverse("admin:lessons_lesson_change", args=[lesson.pk])
    form = admin_client.get(page).context["adminform"].form
    sent = {
        name: form[name].value() if form[name].value() is not None else ""
        for name in form.fields
    }
    for name in form.fields:
        if isinstance(sent[name], list):
            sent[name] = json.dumps(sent[name])
    sent["title"] = "Hello"
    assert admin_client.post(page, sent).status_code == 302
    assert Course.objects.get().edited_at is not None
    courses = reverse("admin:lessons_course_changelist")
    admin_client.post(
        courses, {"action": "take_out", "_selected_action": [lesson.course_id]}
    )
    assert not Course.objects.get().is_published


@pytest.mark.slow
def test_every_course_that_comes_with_the_site_is_imported() -> None:
    call_command("import_lessons", stdout=StringIO())
    assert Course.objects.count() == 10
    assert Lesson.objects.count() == 108
