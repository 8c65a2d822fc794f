"""The versions of every course, with how many learn from each, for those who edit them."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Count, QuerySet

from lessons.models import Course

from .models import CourseProgress


@dataclass(slots=True)
class CourseVersions:
    """A course: its current version, the draft of the next, and earlier ones still in use."""

    current: Course | None = None
    draft: Course | None = None
    earlier: list[Course] = field(default_factory=list)
    learners: dict[int, int] = field(default_factory=dict)

    @property
    def shown(self) -> Course | None:
        """Return what the list names the course by."""
        return self.current or self.draft

    @property
    def n_learners(self) -> int:
        """Return how many are in the middle of the current version."""
        return self.learners.get(self.current.pk, 0) if self.current else 0

    @property
    def n_in_earlier(self) -> int:
        """Return how many are in the middle of earlier versions."""
        return sum(self.learners.get(each.pk, 0) for each in self.earlier)


def list_versions(courses: QuerySet[Course]) -> list[CourseVersions]:
    """Return these courses, by language, level and title."""
    learners = dict(
        CourseProgress.objects.filter(finished_at=None)
        .order_by()
        .values_list("course")
        .annotate(n=Count("id"))
    )
    found: dict[str, CourseVersions] = {}
    courses = courses.select_related("school").annotate(n_lessons=Count("lessons"))
    for course in courses.order_by("l2", "level", "title", "-version"):
        versions = found.setdefault(course.key, CourseVersions(learners=learners))
        if course.is_current:
            versions.current = course
        elif course.is_draft:
            versions.draft = course
        else:
            versions.earlier.append(course)
    return list(found.values())
