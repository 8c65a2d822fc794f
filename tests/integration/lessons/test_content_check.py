"""Faults in courses that a schema cannot see are found, and the site's courses have none."""

from __future__ import annotations

import json
import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from lessons.course_files.reading import read_course
from lessons.importing import SHIPPED
from tutorplatform.content_check.answers import answer_faults, twice
from tutorplatform.content_check.sounds import sound_faults
from tutorplatform.content_check.words import levelled, names_in

KEY = "nice-to-meet-you"
LESSON = f"first-contacts/{KEY}.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the first course."""
    place = tmp_path / "english-a1"
    shutil.copytree(SHIPPED / "english-a1", place)
    return place


def plant(folder: Path, line: str) -> int:
    """Add an exercise; return its number."""
    with (folder / LESSON).open("a") as file:
        file.write(f"  - {line}\n")
    course = read_course(folder)
    return len(next(each for each in course.lessons if each.key == KEY).exercises)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (
            '{type: reorder, answer: "We are both new.", alternatives: ["We are new."]}',
            "'We are new.' is not made of the pieces",
        ),
        (
            '{type: gap_fill, prompt: "___ new?", answer: Are, choices: [Are, are, Is]}',
            "'are' would be right, too",
        ),
        (
            '{type: transform, task: Ask., prompt: "New?", answer: "New?"}',
            "there is nothing to change",
        ),
        (
            '{type: spoken_answer, question: "Who?", wanted: [name], example: I am me.}',
            "its own example is marked nearly",
        ),
    ],
)
def test_what_cannot_be_answered_is_found(folder: Path, line: str, fault: str) -> None:
    number = plant(folder, line)
    found = list(answer_faults(read_course(folder)))
    assert [(key, n) for key, n, _ in found] == [(KEY, number)]
    assert fault in found[0][2]


def test_an_exercise_that_stands_twice_is_found(folder: Path) -> None:
    for _twice in range(2):
        number = plant(folder, "{type: dictation, text: 'We are new, Robin!'}")
    assert list(twice(read_course(folder))) == [
        (KEY, number, f"is exercise {number - 1} of {KEY} again")
    ]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("{type: minimal_pair, words: [ship, shop]}", ""),
        ("{type: minimal_pair, words: [ship, shops]}", "differ in more than one sound"),
        ("{type: minimal_pair, words: [see, sea]}", "sound the same"),
        ("{type: minimal_pair, words: [ship, shlimp]}", "'shlimp' is not in the"),
        ("{type: dictation, text: It is 5 € / day.}", "no voice can say"),
    ],
)
def test_what_cannot_be_heard_or_told_apart_is_found(
    folder: Path, line: str, fault: str
) -> None:
    plant(folder, line)
    found = [words for _, _, words in sound_faults(read_course(folder))]
    assert len(found) == (1 if fault else 0)
    assert all(fault in words for words in found)


def test_words_above_the_level_are_counted_but_names_and_taught_ones(
    folder: Path,
) -> None:
    plant(folder, "{type: dictation, text: 'Ask Zebulon about his notwithstanding.'}")
    course = read_course(folder)
    found = next(levelled(course, names=names_in([course])))
    assert found.above["notwithstanding"] == 1
    assert "zebulon" not in found.above
    assert "seat" not in found.above


def test_the_command_prints_figures_and_fails_on_faults(folder: Path) -> None:
    plant(folder, "{type: minimal_pair, words: [see, sea]}")
    out, err = StringIO(), StringIO()
    with pytest.raises(CommandError):
        call_command("check_content", folder, voices=False, stdout=out, stderr=err)
    assert json.loads(out.getvalue())["figures"]["content_faults"] == 1
    assert f"{KEY}.yaml" in err.getvalue()


def test_the_courses_of_the_site_have_no_faults() -> None:
    out = StringIO()
    call_command("check_content", voices=False, stdout=out, stderr=StringIO())
    printed = json.loads(out.getvalue())
    figures, courses = printed["figures"], printed["detail"]["courses"]
    assert (figures["content_faults"], figures["lessons"]) == (0, 108)
    assert figures["exercises"] > 1000
    assert max(each["words_above"] for each in courses.values()) < 0.03
