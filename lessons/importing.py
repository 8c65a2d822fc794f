"""Course files become rows: each version of a course once, and nothing twice."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from django.db import transaction

from .course_files.reading import CourseFaults, CourseFolder, Fault, read_course
from .course_files.schema import LessonFile
from .models import Course, Exercise, Lesson, Unit

SHIPPED = Path(__file__).parent / "content"
COURSE_FILE = "course.yaml"

# What administrators set on the site, which no file knows.
_KEPT = (
    "is_published",
    "talk_minutes",
    "tutor_model",
    "tutor_temperature",
    "tutor_reply_tokens",
)


class Outcome(StrEnum):
    """What an import came to."""

    NEW = "new"
    NEW_VERSION = "new version"
    SAME = "unchanged"


@dataclass(frozen=True, slots=True)
class Imported:
    """A course after its import."""

    key: str
    version: int
    outcome: Outcome


def course_folders(place: Path) -> list[Path]:
    """Return the folder itself where it holds a course, else its folders that do."""
    if (place / COURSE_FILE).is_file():
        return [place]
    return sorted(path.parent for path in place.glob(f"*/{COURSE_FILE}"))


def import_course(
    folder: Path, *, replace_edited: bool = False, writes: bool = True
) -> Imported:
    """Bring a folder's course into the catalogue; without ``writes`` only look.

    The same files again change nothing. Changed ones need a higher ``version`` and become
    a row of their own that who begins now gets; earlier versions stay for who is in them.
    A version that was edited on the site is left alone, unless ``replace_edited``.
    Raises CourseFaults, and then nothing was written.
    """
    digest = folder_digest(folder)
    same = Course.objects.filter(digest=digest).only("key", "version").first()
    if same is not None:
        return Imported(same.key, same.version, Outcome.SAME)
    found = read_course(folder)
    with transaction.atomic():
        current = _make_way(folder, found, replace_edited=replace_edited)
        if writes:
            _write(found, digest, current)
    outcome = Outcome.NEW_VERSION if current else Outcome.NEW
    return Imported(found.course.key, found.course.version, outcome)


def folder_digest(folder: Path) -> str:
    """Return a digest of all that a course's files hold."""
    digest = hashlib.sha256()
    for path in sorted((folder / COURSE_FILE, *folder.glob("*/*.yaml"))):
        if path.is_file():
            name = path.relative_to(folder).as_posix()
            digest.update(f"{name}\0{path.stat().st_size}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def lesson_fields(lesson: LessonFile) -> dict[str, object]:
    """Return what a lesson's row holds of its file."""
    return {
        "title": lesson.title,
        "level": lesson.level,
        "situation": lesson.situation,
        "goals": lesson.can_do,
        "tutor_role": lesson.tutor.role,
        "opening_line": lesson.tutor.opening_line,
        "tutor_facts": lesson.tutor.facts,
        "target_words": [word.word for word in lesson.words],
        "target_phrases": list(_phrases(lesson)),
        "dialogue": [line.model_dump() for line in lesson.dialogue],
        "words": [word.model_dump() for word in lesson.words],
        "patterns": [pattern.model_dump() for pattern in lesson.patterns],
        "explanations": lesson.notes,
    }


def _make_way(
    folder: Path, found: CourseFolder, *, replace_edited: bool
) -> Course | None:
    """Return the version that the files follow, None for the first."""
    course = found.course
    versions = Course.objects.select_for_update().filter(key=course.key)
    current = versions.filter(is_current=True).first()
    latest = versions.order_by("-version").first()
    if latest is not None and course.version <= latest.version:
        raise _refused(
            folder,
            f"version {latest.version} of {course.key} is here already with other "
            f"content: raise version to {latest.version + 1}",
        )
    if current is not None and current.edited_at is not None and not replace_edited:
        raise _refused(
            folder,
            f"version {current.version} of {course.key} was edited on the site on "
            f"{current.edited_at:%Y-%m-%d}: it stays, unless edited courses shall be "
            "replaced (--replace-edited)",
        )
    if current is not None and current.l2 != course.l2:
        raise _refused(folder, f"{course.key} is a course of {current.l2!r} so far")
    return current


def _write(found: CourseFolder, digest: str, current: Course | None) -> None:
    course = Course(
        key=found.course.key,
        version=found.course.version,
        digest=digest,
        title=found.course.title,
        l2=found.course.l2,
        level=found.course.level,
        description=found.course.description,
        is_published=True,
    )
    if current is not None:
        Course.objects.filter(pk=current.pk).update(is_current=False)
        for name in _KEPT:
            setattr(course, name, getattr(current, name))
    course.clean_fields()
    course.save()
    units = Unit.objects.bulk_create(
        Unit(
            course=course,
            key=unit.key,
            position=n,
            title=unit.title,
            can_do=unit.can_do,
        )
        for n, unit in enumerate(found.course.units, start=1)
    )
    unit_of = {
        key: row
        for unit, row in zip(found.course.units, units, strict=True)
        for key in unit.lessons
    }
    lessons = [
        Lesson(
            course=course,
            unit=unit_of[lesson.key],
            key=lesson.key,
            position=position,
            **lesson_fields(lesson),
        )
        for position, lesson in enumerate(found.lessons, start=1)
    ]
    for row in lessons:
        row.clean_fields(exclude=["course", "unit"])
    Lesson.objects.bulk_create(lessons)
    Exercise.objects.bulk_create(
        Exercise(
            lesson=row,
            position=position,
            type=exercise.type,
            data=exercise.model_dump(exclude_defaults=True),
        )
        for row, lesson in zip(lessons, found.lessons, strict=True)
        for position, exercise in enumerate(lesson.exercises, start=1)
    )


def _phrases(lesson: LessonFile) -> Iterator[str]:
    """Give what is drawn out; of two forms that are whole phrases ("A … / B …") each."""
    for phrase in lesson.tutor.elicit:
        parts = phrase.split(" / ")
        yield from parts if all(_is_whole(part) for part in parts) else [phrase]


def _is_whole(part: str) -> bool:
    return "…" in part or part[-1] in ".!?"


def _refused(folder: Path, message: str) -> CourseFaults:
    path = folder / COURSE_FILE
    lines = path.read_text(encoding="utf-8").splitlines()
    numbered = enumerate(lines, start=1)
    line = next((n for n, text in numbered if text.startswith("version:")), 1)
    return CourseFaults([Fault(path, line, message)])
