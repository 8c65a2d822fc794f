"""What an administrator wants to see: from when to when, of which school and course."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learners.permissions import AnyUser
from lessons.models import Course
from schools.models import School
from schools.permissions import is_site_admin, manageable_schools

from .scopes import Scope, school_scope, site_scope

RANGES: dict[str, str | Promise] = {
    "7": gettext_lazy("7 days"),
    "30": gettext_lazy("30 days"),
    "90": gettext_lazy("90 days"),
    "365": gettext_lazy("a year"),
}
STEPS = ("day", "week", "month")
LONGEST = timedelta(days=3 * 366)
# The value of the course filter for what belongs to none.
NO_COURSE = "-"


class NotYours(LookupError):
    """There is no such school, or it is not one they look after."""


@dataclass(frozen=True, slots=True)
class Bucket:
    """Days from ``first`` to ``last`` that stand together in a chart."""

    first: date
    last: date
    label: str

    def holds(self, day: date) -> bool:
        """Whether a day is in it."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Filter:
    """What is shown. ``course`` none: of all courses; empty: of none of them."""

    scope: Scope
    first: date
    last: date
    course: str | None
    step: str
    range: str
    schools: tuple[School, ...]
    courses: tuple[tuple[str, str], ...]
    problem: str = ""

    @property
    def days(self) -> int:
        """Return how many days are shown."""
        return (self.last - self.first).days + 1

    def buckets(self) -> tuple[Bucket, ...]:
        """Return the stretches of days of a chart, in order; the outer ones may be short."""
        return tuple(_buckets(self.first, self.last, self.step))

    def query(self, **changed: str) -> str:
        """Return the same as the end of an address."""
        values = {
            "range": self.range,
            "school": self.scope.key,
            "course": NO_COURSE if self.course == "" else self.course or "",
            "by": self.step,
        }
        if self.range == "own":
            values |= {"from": self.first.isoformat(), "to": self.last.isoformat()}
        return urlencode({k: v for k, v in (values | changed).items() if v})


def parse_filter(user: AnyUser, asked: Mapping[str, str], *, now: datetime) -> Filter:
    """Return what somebody asks to see. Raises NotYours.

    What cannot be is answered with the usual range, and says why in ``problem``.
    """
    schools = tuple(manageable_schools(user).order_by("name", "pk"))
    scope = _scope(user, asked.get("school", ""), schools)
    today = scope.today(now)
    name = asked.get("range", "30")
    first, last, problem = today - timedelta(days=29), today, ""
    if name == "own" or asked.get("from"):
        name = "own"
        try:
            first, last = _own_days(asked, today)
        except ValueError as error:
            problem, name = str(error), "30"
    else:
        name = name if name in RANGES else "30"
        first = today - timedelta(days=int(name) - 1)
    days = (last - first).days + 1
    usual = "day" if days <= 31 else "week" if days <= 26 * 7 else "month"
    asked_step = asked.get("by", "")
    courses = _courses(scope)
    course = asked.get("course", "")
    known = {key for key, _title in courses}
    return Filter(
        scope=scope,
        first=first,
        last=last,
        course="" if course == NO_COURSE else course if course in known else None,
        step=asked_step if asked_step in STEPS and days <= 366 else usual,
        range=name,
        schools=schools,
        courses=courses,
        problem=problem,
    )


def _scope(user: AnyUser, asked: str, schools: tuple[School, ...]) -> Scope:
    if not asked and is_site_admin(user):
        return site_scope()
    if not asked and schools:
        return school_scope(schools[0])
    try:
        uuid = UUID(asked)
    except ValueError:
        raise NotYours(asked) from None
    for one in schools:
        if one.uuid == uuid:
            return school_scope(one)
    raise NotYours(asked)


def _own_days(asked: Mapping[str, str], today: date) -> tuple[date, date]:
    try:
        first = date.fromisoformat(asked.get("from", ""))
        last = min(date.fromisoformat(asked.get("to", "") or today.isoformat()), today)
    except ValueError:
        raise ValueError(_("Give both days as dates.")) from None
    if first > last:
        raise ValueError(_("The first day is after the last one."))
    if last - first > LONGEST:
        raise ValueError(_("At most three years can be shown at once."))
    return first, last


def _courses(scope: Scope) -> tuple[tuple[str, str], ...]:
    courses = Course.objects.filter(is_current=True)
    if scope.school_id is not None:
        courses = courses.filter(school_id__in=(scope.school_id,)) | courses.filter(
            school=None
        )
    return tuple(courses.order_by("title", "pk").values_list("key", "title"))


def _buckets(first: date, last: date, step: str) -> Iterator[Bucket]:
    begins = first
    while begins <= last:
        if step == "month":
            after = (begins.replace(day=1) + timedelta(days=32)).replace(day=1)
            label = date_format(begins, "M Y")
        elif step == "week":
            after = begins + timedelta(days=7 - begins.weekday())
            label = date_format(begins, "j M")
        else:
            after = begins + timedelta(days=1)
            label = date_format(begins, "j M")
        yield Bucket(begins, min(after - timedelta(days=1), last), label)
        begins = after
