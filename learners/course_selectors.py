"""Reads of courses as a learner meets them: their version, how far they are, what is next."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db.models import Count, Max, Min, Q, QuerySet

from lessons.levels import CEFRLevel
from lessons.models import Course, Lesson, Unit
from lessons.selectors import get_next_lesson, offered_courses
from schools.selectors import school_ids_of_learner

from .models import CourseProgress, LessonAttempt, LessonProgress


class LessonState(StrEnum):
    """How far a learner is in a lesson."""

    NEW = "new"
    BEGUN = "begun"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class CourseStanding:
    """A course in the version that is this learner's, and how many lessons they finished.

    ``levels`` are the lowest and the highest of its lessons, "A1–B1", or the only one.
    """

    course: Course
    lessons: int
    finished: int
    progress: CourseProgress | None
    levels: str = ""

    @property
    def is_finished(self) -> bool:
        """Whether every lesson was finished once."""
        return self.progress is not None and self.progress.finished_at is not None


@dataclass(frozen=True, slots=True)
class LessonStanding:
    """A lesson and what the learner did of it; ``progress`` is None before they begin."""

    lesson: Lesson
    progress: LessonProgress | None

    @property
    def state(self) -> LessonState:
        """How far the learner is."""
        if self.progress is None:
            return LessonState.NEW
        if self.progress.finished_at is not None:
            return LessonState.FINISHED
        return LessonState.BEGUN


@dataclass(frozen=True, slots=True)
class UnitStanding:
    """A unit with its lessons; ``unit`` is None for lessons that belong to none."""

    unit: Unit | None
    lessons: tuple[LessonStanding, ...]

    @property
    def finished(self) -> int:
        """Return how many lessons are finished."""
        return sum(each.state == LessonState.FINISHED for each in self.lessons)


def list_courses_for(*, learner_id: int, l2: str | None = None) -> list[CourseStanding]:
    """Return what the learner can take, each course once, by language, level and title.

    Who is in the middle of a version sees that; everybody else the current one.
    """
    begun = _begun(learner_id)
    middle = {row.course.key: row.course_id for row in begun if not row.finished_at}
    offered = offered_courses(l2=l2).filter(is_current=True).exclude(key__in=middle)
    courses = offered | _of_language(l2).filter(pk__in=middle.values())
    courses = courses.filter(_for_whom(learner_id, ""))
    found = list(
        courses.annotate(
            n_lessons=Count("lessons"),
            lowest=Min("lessons__level"),
            highest=Max("lessons__level"),
        )
    )
    done = _finished_by_course(learner_id, [course.pk for course in found])
    rows = {row.course_id: row for row in begun}
    standings = [
        CourseStanding(
            course,
            course.n_lessons,
            done.get(course.pk, 0),
            rows.get(course.pk),
            course.level or _levels(course.lowest, course.highest),
        )
        for course in found
    ]
    return sorted(
        standings,
        key=lambda each: (each.course.l2, each.course.level, each.course.title),
    )


def get_course_standing(*, learner_id: int, course: Course) -> CourseStanding:
    """Return how far the learner is in one version of a course."""
    return CourseStanding(
        course,
        course.lessons.count(),
        _finished_by_course(learner_id, [course.pk]).get(course.pk, 0),
        CourseProgress.objects.filter(learner_id=learner_id, course=course).first(),
    )


def courses_for(*, learner_id: int) -> QuerySet[Course]:
    """Return the site's courses and those of somebody's schools, published or not."""
    return Course.objects.filter(_for_whom(learner_id, ""))


def get_course_for(*, learner_id: int, uuid: UUID) -> Course:
    """Return a course that is offered, or that the learner began. Raises Course.DoesNotExist."""
    return Course.objects.filter(_open_to(learner_id, "")).get(uuid=uuid)


def get_lesson_for(*, learner_id: int, uuid: UUID) -> Lesson:
    """Return a lesson of such a course. Raises Lesson.DoesNotExist."""
    lessons = Lesson.objects.filter(_open_to(learner_id, "course__"))
    return lessons.select_related("course", "unit").get(uuid=uuid)


def outline(*, learner_id: int, course: Course) -> tuple[UnitStanding, ...]:
    """Return a course's units with their lessons, in order, as far as the learner is."""
    standings = _standings(learner_id, course)
    units: list[UnitStanding] = []
    for standing in standings:
        unit = standing.lesson.unit
        if units and units[-1].unit == unit:
            units[-1] = UnitStanding(unit, (*units[-1].lessons, standing))
        else:
            units.append(UnitStanding(unit, (standing,)))
    return tuple(units)


def where_is_learner(*, learner_id: int, course: Course) -> Lesson | None:
    """Return the lesson to go on with in a course; None once all are finished.

    The one begun last, else the next after it that is not finished, else the first such.
    """
    return _go_on(_standings(learner_id, course))


def lesson_progress(*, learner_id: int, lesson: Lesson) -> LessonProgress | None:
    """Return what the learner did of a lesson, None before they begin."""
    return LessonProgress.objects.filter(learner_id=learner_id, lesson=lesson).first()


def count_answered(*, learner_id: int, lesson: Lesson) -> int:
    """Return how many of a lesson's exercises the learner answered."""
    answers = LessonAttempt.objects.filter(
        learner_id=learner_id, exercise__lesson=lesson
    ).exclude(outcome=LessonAttempt.Outcome.EMPTY)
    return answers.order_by().values("exercise").distinct().count()


def next_lesson(
    *, learner_id: int, l2: str, level: str, talked_ids: Collection[int] = ()
) -> Lesson | None:
    """Return the lesson to offer: of the course the learner is in, else of a new one.

    A new course is of their level, else of the nearest one above, else below; one that was
    finished is not offered again, nor are levels under it. Courses of several levels come
    last, where ``talked_ids`` (lessons talked through) are passed over. None where nothing
    is left.
    """
    standings = list_courses_for(learner_id=learner_id, l2=l2)
    begun = [each for each in standings if each.progress and not each.is_finished]
    begun.sort(key=_last_active, reverse=True)
    mixed = [each for each in standings if not each.course.level and not each.progress]
    for standing in (*begun, *_to_begin(standings, level), *mixed):
        found = _next_in(learner_id, standing.course, level, talked_ids)
        if found is not None:
            return found
    return None


def _next_in(
    learner_id: int, course: Course, level: str, talked_ids: Collection[int]
) -> Lesson | None:
    if course.level:
        return where_is_learner(learner_id=learner_id, course=course)
    done = LessonProgress.objects.filter(
        learner_id=learner_id, lesson__course=course, finished_at__isnull=False
    )
    taken = {*talked_ids, *done.values_list("lesson", flat=True)}
    return get_next_lesson(
        l2=course.l2, level=level, talked_ids=taken, course_id=course.pk
    )


def _to_begin(standings: Sequence[CourseStanding], level: str) -> list[CourseStanding]:
    order = CEFRLevel.values
    graded = [each for each in standings if each.course.level]
    own = order.index(level)
    new = [each for each in graded if each.progress is None]
    at_or_above = [each for each in graded if order.index(each.course.level) >= own]
    if at_or_above:
        new = [each for each in new if order.index(each.course.level) >= own]
        return sorted(new, key=lambda each: order.index(each.course.level))
    done = [order.index(each.course.level) for each in graded if each.is_finished]
    new = [
        each for each in new if order.index(each.course.level) >= max(done, default=0)
    ]
    return sorted(new, key=lambda each: -order.index(each.course.level))


def _last_active(standing: CourseStanding) -> float:
    return standing.progress.last_active_at.timestamp() if standing.progress else 0.0


def _go_on(standings: Sequence[LessonStanding]) -> Lesson | None:
    begun = [
        (standing.progress.started_at, place)
        for place, standing in enumerate(standings)
        if standing.progress is not None
    ]
    latest = max(begun)[1] if begun else 0
    for standing in (*standings[latest:], *standings[:latest]):
        if standing.state != LessonState.FINISHED:
            return standing.lesson
    return None


def _standings(learner_id: int, course: Course) -> list[LessonStanding]:
    lessons = course.lessons.select_related("unit").order_by("position")
    rows = {
        row.lesson_id: row
        for row in LessonProgress.objects.filter(
            learner_id=learner_id, lesson__course=course
        )
    }
    return [LessonStanding(lesson, rows.get(lesson.pk)) for lesson in lessons]


def _levels(low: str | None, high: str | None) -> str:
    return f"{low}–{high}" if low != high else low or ""


def _begun(learner_id: int) -> list[CourseProgress]:
    rows = CourseProgress.objects.filter(learner_id=learner_id)
    return list(rows.select_related("course").order_by("last_active_at", "id"))


def _finished_by_course(learner_id: int, course_ids: Sequence[int]) -> dict[int, int]:
    rows = (
        LessonProgress.objects.filter(
            learner_id=learner_id,
            lesson__course__in=course_ids,
            finished_at__isnull=False,
        )
        .values("lesson__course")
        .order_by()
        .annotate(n=Count("id"))
    )
    return {row["lesson__course"]: row["n"] for row in rows}


def _of_language(l2: str | None) -> QuerySet[Course]:
    courses = Course.objects.all()
    return courses if l2 is None else courses.filter(l2=l2)


def _open_to(learner_id: int, prefix: str) -> Q:
    begun = CourseProgress.objects.filter(learner_id=learner_id).values("course")
    offered = offered_courses().values("pk")
    key = f"{prefix}pk__in"
    return (Q(**{key: offered}) | Q(**{key: begun})) & _for_whom(learner_id, prefix)


def _for_whom(learner_id: int, prefix: str) -> Q:
    """Return: the site's courses, and those of the schools that somebody belongs to.

    Who left a school sees nothing of its courses any more, begun or not.
    """
    schools = school_ids_of_learner(learner_id=learner_id)
    return Q(**{f"{prefix}school": None}) | Q(**{f"{prefix}school__in": schools})
