"""The pictures to talk about: one for each name, light, whole, and with words for who cannot see."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from lessons.course_files.exercises import PICTURES
from sessions.lesson_exercise_tasks import picture_alt

FOLDER = Path("sessions/static/sessions/pictures")
MAX_BYTES = 25_000
SVG = "{http://www.w3.org/2000/svg}"


def test_there_is_a_picture_for_each_name_and_no_other() -> None:
    assert {path.stem for path in FOLDER.glob("*.svg")} == set(PICTURES)


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_light_and_asks_for_nothing(name: str) -> None:
    path = FOLDER / f"{name}.svg"
    assert path.stat().st_size < MAX_BYTES
    root = ElementTree.parse(path).getroot()  # noqa: S314 (the project's own file)
    assert root.tag == f"{SVG}svg"
    assert root.get("viewBox") == "0 0 800 500"
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert tags <= {"svg", "g", "path", "rect", "circle", "ellipse", "polygon", "text"}
    assert not any(
        "href" in key or key.startswith("on")
        for one in root.iter()
        for key in one.attrib
    )


def test_each_picture_has_words_of_its_own() -> None:
    words = [picture_alt(name) for name in PICTURES]
    assert len(set(words)) == len(PICTURES)
    assert picture_alt("no such picture") == "A picture"
