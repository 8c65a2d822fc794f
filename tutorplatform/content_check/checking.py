"""All checks of some courses: what is wrong and where, and the figures."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lessons.course_files.reading import CourseFaults, CourseFolder, Fault, read_course
from tutor.languages.levels import word_levels

from .answers import answer_faults, twice
from .sounds import sound_faults
from .words import MOST_ABOVE, levelled, names_in

_CHECKS: dict[str, Callable[[CourseFolder], Iterator[tuple[str, int, str]]]] = {
    "unanswerable": answer_faults,
    "duplicate": twice,
    "sound": sound_faults,
}


@dataclass(slots=True)
class Checked:
    """What was found: ``faults`` by their kind, ``courses`` with a few figures each."""

    lessons: int = 0
    exercises: int = 0
    faults: dict[str, list[Fault]] = field(default_factory=dict)
    courses: dict[str, dict[str, Any]] = field(default_factory=dict)

    def add(self, kind: str, fault: Fault) -> None:
        """Keep a fault."""
        self.faults.setdefault(kind, []).append(fault)

    def report(self) -> dict[str, Any]:
        """Return it as JSON, in the form of all our measurements."""
        return {
            "figures": {
                "content_faults": sum(len(each) for each in self.faults.values()),
                "lessons": self.lessons,
                "exercises": self.exercises,
            },
            "targets": {"content_faults": "<= 0"},
            "machine": {
                "system": platform.system(),
                "python": platform.python_version(),
                "cores": os.cpu_count(),
                "load": round(os.getloadavg()[0], 2),
            },
            "detail": {
                "faults": {kind: len(each) for kind, each in self.faults.items()},
                "courses": self.courses,
            },
        }


def check(
    folders: Sequence[Path],
    *,
    has_voice: Callable[[str], bool],
    say: Callable[[str], None],
) -> Checked:
    """Check every course of some folders."""
    checked = Checked()
    courses: dict[Path, CourseFolder] = {}
    for folder in folders:
        try:
            courses[folder] = read_course(folder)
        except CourseFaults as error:
            for fault in error.faults:
                checked.add("format", fault)
    names = names_in(courses.values())
    for folder, found in courses.items():
        say(f"{found.course.key}: {len(found.lessons)} lessons")
        _check_one(folder, found, names, checked)
        if not has_voice(found.course.l2):
            words = f"there is no voice for {found.course.l2!r}"
            checked.add("audio", Fault(folder / "course.yaml", 0, words))
    return checked


def _check_one(
    folder: Path, found: CourseFolder, names: frozenset[str], checked: Checked
) -> None:
    paths = {
        key: folder / unit.key / f"{key}.yaml"
        for unit in found.course.units
        for key in unit.lessons
    }
    for kind, faults in _CHECKS.items():
        for key, number, words in faults(found):
            path = paths.get(key, folder / "course.yaml")
            line = _line_of(path, number)
            checked.add(kind, Fault(path, line, words))
    running = above = 0
    for lesson in levelled(found, names=names):
        running += lesson.running
        above += lesson.above.total()
        if lesson.share > MOST_ABOVE:
            often = ", ".join(word for word, _ in lesson.above.most_common(8))
            words = f"{lesson.share:.1%} of its words are above the level: {often}"
            checked.add("level", Fault(paths[lesson.lesson], 1, words))
    n_exercises = sum(len(lesson.exercises) for lesson in found.lessons)
    checked.lessons += len(found.lessons)
    checked.exercises += n_exercises
    checked.courses[found.course.key] = {
        "lessons": len(found.lessons),
        "exercises": n_exercises,
        "words": running,
        "words_above": round(above / running, 4) if running else 0.0,
        "levels": "estimated" if word_levels(found.course.l2).estimated else "listed",
    }


def _line_of(path: Path, exercise: int) -> int:
    """Return the line of a lesson's exercise, counted from 1; 1 for the lesson itself."""
    if exercise < 1:
        return 1
    lines = path.read_text(encoding="utf-8").splitlines()
    first = next((n for n, line in enumerate(lines) if line == "exercises:"), 0)
    places = [n for n in range(first, len(lines)) if lines[n].startswith("  - ")]
    return places[exercise - 1] + 1 if exercise <= len(places) else first + 1
