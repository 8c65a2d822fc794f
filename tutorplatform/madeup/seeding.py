"""Makes a school of made-up people, and takes it away again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from django.db import transaction
from django.db.models import QuerySet

from coursework.models import Assignment, Submission
from learners.models import User
from lessons.models import Course, Lesson
from schools.models import Classroom, School

from .classes import open_made_up_school, store_people
from .lessons_taken import lessons_of_level, store_lessons_taken
from .people import CLASS_SIZE, DOMAIN, LEVELS, Person, address, person
from .speech import phonemes_of
from .storing import store_spoken
from .talks import spoken_by
from .work import set_work, store_work

PREFIX = "made-up"
AT_ONCE = 50
A_TALK = 8

Progress = Callable[[int, int], None]


class NotMadeUp(ValueError):
    """A school of this name is there, and it is no made-up one."""


@dataclass(frozen=True, slots=True)
class Seeded:
    """What was made: learners, turns in which they spoke, and sounds that were scored."""

    school: str
    learners: int
    turns: int
    phonemes: int
    new: int


def school_key(name: str) -> str:
    """Return the key of a made-up school: its beginning says what it is."""
    return name if name.startswith(PREFIX) else f"{PREFIX}-{name}"


def seed_school(
    *,
    name: str,
    learners: int,
    turns: int,
    now: datetime,
    password: str = "",
    progress: Progress = lambda done, of: None,
) -> Seeded:
    """Have a school with so many learners, who spoke in so many turns.

    Safe to repeat and to go on with: who is there already stays. Raises NotMadeUp.
    """
    key = school_key(name)
    _refuse_real(key)
    with transaction.atomic():
        school, classes = open_made_up_school(
            key, n_classes=ceil(learners / CLASS_SIZE), password=password, now=now
        )
        work = {one.pk: _work_of(one, now=now) for one in classes}
    known = set(_people(key).values_list("email", flat=True))
    missing = [n for n in range(learners) if address(key, "learner", n) not in known]
    lessons = {level: lessons_of_level(level) for level in LEVELS}
    each = turns / learners
    n_turns = n_phonemes = 0
    for start in range(0, len(missing), AT_ONCE):
        some = [
            person(key, number, turns=round(each), a_talk=A_TALK, now=now)
            for number in missing[start : start + AT_ONCE]
        ]
        with transaction.atomic():
            made = _store(some, school, classes, work, lessons, now)
        n_turns += made[0]
        n_phonemes += made[1]
        progress(min(start + AT_ONCE, len(missing)), len(missing))
    return Seeded(key, learners, n_turns, n_phonemes, len(missing))


def remove_school(*, name: str, progress: Progress = lambda done, of: None) -> int:
    """Delete a made-up school with all of its people and what they did; return how many.

    Raises NotMadeUp.
    """
    key = school_key(name)
    _refuse_real(key)
    ids = list(_people(key).values_list("pk", flat=True))
    for start in range(0, len(ids), AT_ONCE):
        with transaction.atomic():
            User.objects.filter(pk__in=ids[start : start + AT_ONCE]).delete()
        progress(min(start + AT_ONCE, len(ids)), len(ids))
    with transaction.atomic():
        work = Assignment.objects.filter(classroom__school__key=key)
        Submission.objects.filter(assignment__in=work).delete()
        work.delete()
        Course.objects.filter(school__key=key).delete()
        School.objects.filter(key=key).delete()
    return len(ids)


def _store(
    some: Sequence[Person],
    school: School,
    classes: Sequence[Classroom],
    work: dict[int, tuple[list[Assignment], User]],
    lessons: dict[str, list[Lesson]],
    now: datetime,
) -> tuple[int, int]:
    users = store_people(some, school, classes)
    people = [
        (
            user,
            spoken_by(
                one, user, school.key,
                a_talk=A_TALK, now=now, lessons=lessons[one.level],
            ),
        )
        for user, one in zip(users, some, strict=True)
    ]  # fmt: skip
    store_spoken(people, now=now)
    store_lessons_taken(people)
    class_of = {
        user.pk: classes[one.number // CLASS_SIZE].pk
        for user, one in zip(users, some, strict=True)
    }
    store_work(people, work, school.key, class_of=class_of, now=now)
    rows = [row for _, spoken in people for t in spoken.talks for row in t.assessments]
    phonemes = sum(
        len(sounds) for row in rows for _word, sounds in phonemes_of(row.text)
    )
    return len(rows), phonemes


def _work_of(classroom: Classroom, *, now: datetime) -> tuple[list[Assignment], User]:
    teacher = (
        classroom.teachers.select_related("teacher").order_by("-is_lead")[0].teacher
    )
    return set_work(classroom, teacher, now=now), teacher


def _people(key: str) -> QuerySet[User]:
    return User.objects.filter(email__endswith=f"@{key}.{DOMAIN}")


def _refuse_real(key: str) -> None:
    """Raise NotMadeUp where a school of this key has people of another kind."""
    members = School.objects.filter(key=key).exclude(memberships=None)
    real = members.exclude(memberships__user__email__endswith=f"@{key}.{DOMAIN}")
    if real.exists():
        raise NotMadeUp(key)
