"""Course files: what is read, and that every fault names its file, line and words."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest
import yaml

from lessons.course_files.reading import CourseFaults, read_course

CONTENT = Path(__file__).parents[3] / "lessons" / "content"
EXAMPLE = CONTENT / "english-a1" / "first-contacts" / "nice-to-meet-you.yaml"
COURSE = """\
key: trial
version: 1
title: Trial
l2: en
level: A1
description: Two lessons.
units:
  - key: one
    title: One
    can_do: I can try.
    lessons: [nice-to-meet-you]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A course of one good lesson."""
    (tmp_path / "one").mkdir()
    (tmp_path / "course.yaml").write_text(COURSE)
    (tmp_path / "one" / EXAMPLE.name).write_bytes(EXAMPLE.read_bytes())
    return tmp_path


def faults_of(folder: Path) -> list[str]:
    """Return the faults as ``file:line: words``."""
    with pytest.raises(CourseFaults) as raised:
        read_course(folder)
    return [
        f"{fault.path.name}:{fault.line}: {fault.message}"
        for fault in raised.value.faults
    ]


def change(folder: Path, old: str, new: str) -> None:
    """Change the lesson."""
    path = folder / "one" / EXAMPLE.name
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


@pytest.mark.parametrize(
    "course", sorted(path.parent for path in CONTENT.glob("*/course.yaml")), ids=str
)
def test_every_course_that_comes_with_the_site_can_be_read(course: Path) -> None:
    found = read_course(course)
    assert found.course.key == course.name
    assert len(found.lessons) == sum(len(unit.lessons) for unit in found.course.units)


def test_a_course_comes_in_the_order_of_its_units(folder: Path) -> None:
    found = read_course(folder)
    assert [lesson.key for lesson in found.lessons] == ["nice-to-meet-you"]
    assert found.lessons[0].exercises[0].type == "gap_fill"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("{word: seat,", "{wrd: seat,", "words.0.wrd: Extra inputs are not permitted"),
        ("level: A1", "level: A9", "level: Input should be 'A1'"),
        ("level: A1", "level: B1", "is of level B1 in a course of A1"),
        ("type: dictation", "type: dictate", "exercises.5"),
        ("I ___ from", "I am from", "the prompt needs one gap, written ___"),
        ("[Where, What, Who]", "[When, What, Who]", "the answer is not among"),
        ("Please sit down.", "Please <b>sit</b> down.", "no HTML, please"),
        ("{word: name,", "{word: Seat,", "a word is there twice"),
        ("key: nice-to-meet-you", "key: nice", "its key is 'nice'"),
        ("title: Nice", "title: Nice\ntitle: Nicer", "'title' is there twice"),
        ("title: Nice", "title: &a Nice\nsituation: *a\nx: ", "no aliases, please"),
        ("title: Nice", "title: [Nice", "expected"),
    ],
)
def test_a_fault_is_told_with_its_place(
    folder: Path, old: str, new: str, fault: str
) -> None:
    change(folder, old, new)
    found = faults_of(folder)
    assert any(fault in each for each in found), found
    assert all(each.startswith(f"{EXAMPLE.name}:") for each in found)


def test_the_line_is_that_of_the_fault(folder: Path) -> None:
    change(folder, "{word: seat,", "{wrd: seat,")
    lines = EXAMPLE.read_text().splitlines()
    line = 1 + next(n for n, text in enumerate(lines) if "word: seat" in text)
    assert all(f"yaml:{line}: " in fault for fault in faults_of(folder))


def test_lessons_that_nobody_names_or_that_are_missing_are_faults(folder: Path) -> None:
    stray = folder / "one" / "stray.yaml"
    stray.write_text("key: stray\n")
    assert faults_of(folder) == [
        "stray.yaml:0: no unit of course.yaml names this lesson"
    ]
    stray.unlink()
    (folder / "one" / EXAMPLE.name).unlink()
    assert faults_of(folder) == [f"{EXAMPLE.name}:0: the file is missing"]


def test_what_is_no_text_is_told(folder: Path) -> None:
    path = folder / "one" / EXAMPLE.name
    path.write_bytes(b"\xff\xfe rubbish")
    assert faults_of(folder) == [f"{EXAMPLE.name}:0: is not UTF-8"]
    path.write_text("x: " + "y" * 300_000)
    assert faults_of(folder) == [f"{EXAMPLE.name}:0: is larger than 200000 bytes"]


def test_a_key_is_named_once_in_a_course(folder: Path) -> None:
    (folder / "course.yaml").write_text(
        COURSE
        + textwrap.indent(
            yaml.safe_dump(
                [
                    {
                        "key": "one",
                        "title": "Again",
                        "can_do": "I can too.",
                        "lessons": ["nice-to-meet-you"],
                    }
                ]
            ),
            "  ",
        )
    )
    assert faults_of(folder) == [
        "course.yaml:1: named twice: one",
    ]
