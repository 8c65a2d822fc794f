"""Reads course files; every fault names its file and line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from .schema import CourseFile, LessonFile

MAX_BYTES = 200_000

_Model = TypeVar("_Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and where: ``line`` counts from 1, 0 for the whole file."""

    path: Path
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


class CourseFaults(ValueError):
    """A course that cannot be read; ``faults`` are all that was found."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class CourseFolder:
    """A course with its lessons, in the order of its units."""

    course: CourseFile
    lessons: tuple[LessonFile, ...]


def read_course(folder: Path) -> CourseFolder:
    """Read ``course.yaml`` of a folder and the lessons it names. Raises CourseFaults."""
    course = _read(folder / "course.yaml", CourseFile)
    faults: list[Fault] = []
    lessons: list[LessonFile] = []
    named: set[Path] = set()
    for unit in course.units:
        for key in unit.lessons:
            path = folder / unit.key / f"{key}.yaml"
            named.add(path)
            try:
                lesson = _read(path, LessonFile)
            except CourseFaults as error:
                faults += error.faults
                continue
            if lesson.key != key:
                faults.append(Fault(path, 1, f"its key is {lesson.key!r}, not {key!r}"))
            if lesson.level != course.level:
                words = f"is of level {lesson.level} in a course of {course.level}"
                faults.append(Fault(path, 1, words))
            lessons.append(lesson)
    for path in sorted(set(folder.glob("*/*.yaml")) - named):
        faults.append(Fault(path, 0, "no unit of course.yaml names this lesson"))
    if faults:
        raise CourseFaults(faults)
    return CourseFolder(course, tuple(lessons))


def _read(path: Path, model: type[_Model]) -> _Model:
    try:
        raw = path.read_bytes()
    except OSError:
        raise CourseFaults([Fault(path, 0, "the file is missing")]) from None
    if len(raw) > MAX_BYTES:
        raise CourseFaults([Fault(path, 0, f"is larger than {MAX_BYTES} bytes")])
    try:
        node = yaml.compose(raw.decode("utf-8"), Loader=_Loader)
        data = _Loader.plain(node)
    except UnicodeDecodeError:
        raise CourseFaults([Fault(path, 0, "is not UTF-8")]) from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        words = getattr(error, "problem", None) or "is no YAML"
        line = mark.line + 1 if mark else 0
        raise CourseFaults([Fault(path, line, str(words))]) from None
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise CourseFaults(
            [
                Fault(path, _line_of(node, each["loc"]), words_of_fault(each))
                for each in error.errors()
            ]
        ) from None


class _Loader(yaml.SafeLoader):
    """Plain data without anchors (no cycles), keys of a mapping each once."""

    @classmethod
    def plain(cls, node: Any) -> Any:
        """Return the data of a composed document."""
        loader = cls("")
        try:
            return loader.construct_document(node)
        finally:
            loader.dispose()

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.composer.ComposerError(None, None, "no aliases, please", mark)
        return super().compose_node(parent, index)

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        seen = set()
        for key_node, _ in node.value:
            if key_node.value in seen:
                raise yaml.constructor.ConstructorError(
                    None,
                    None,
                    f"{key_node.value!r} is there twice",
                    key_node.start_mark,
                )
            seen.add(key_node.value)
        return super().construct_mapping(node, deep=deep)


def _line_of(node: Any, place: Sequence[int | str]) -> int:
    """Return the line of the deepest part of a document that the place leads to."""
    for step in place:
        found = _inside(node, step)
        if found is not None:
            node = found
    return int(node.start_mark.line) + 1 if node is not None else 0


def _inside(node: Any, step: int | str) -> Any:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == step:
                return value
    elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
        return node.value[step] if step < len(node.value) else None
    return None


def words_of_fault(error: Any) -> str:
    """Return the words of one of pydantic's errors, with its place."""
    place = ".".join(str(step) for step in error["loc"])
    message = str(error["msg"]).removeprefix("Value error, ")
    return f"{place}: {message}" if place else message
