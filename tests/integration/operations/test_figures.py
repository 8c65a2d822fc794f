"""Figures agree with the events to the unit, whether summed up before or counted now."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from learners.models import DrillAnswer, User
from operations.figures.filters import Filter, NotYours, parse_filter
from operations.figures.learning import learning_figures
from operations.figures.rolling import count_anew, roll_up, roll_up_day, still_open
from operations.figures.rounding import rounded_ms
from operations.figures.scopes import school_scope, site_scope
from operations.figures.shown import Shown, as_csv
from operations.figures.speed import speed_figures
from operations.models import LearnerDay, RolledDay
from schools.models import Membership, School
from sessions.models import Turn, TutoringSession, Utterance
from tests.factories.learners import AdminFactory, LearnerFactory
from tests.factories.lessons import LessonFactory
from tests.factories.schools import SchoolFactory

NOW = datetime(2026, 3, 20, 15, 0, tzinfo=UTC)
AUCKLAND = "Pacific/Auckland"
pytestmark = pytest.mark.django_db


@pytest.fixture
def schools() -> list[School]:
    """Two schools at the ends of the world."""
    return [
        SchoolFactory.create(time_zone=AUCKLAND),
        SchoolFactory.create(time_zone="America/Los_Angeles"),
    ]


@pytest.fixture
def admin() -> User:
    """Who runs the site."""
    made: User = AdminFactory.create()
    return made


@pytest.fixture
def events(schools: list[School]) -> list[Turn]:
    """Three weeks of turns at all hours: of members, of former ones, of both schools."""
    chance = random.Random(7)  # noqa: S311 the same events each time
    lessons = [None, LessonFactory.create(), LessonFactory.create()]
    turns: list[Turn] = []
    for n in range(12):
        learner = LearnerFactory.create()
        for school in schools[: n % 3]:
            Membership.objects.create(
                school=school, user=learner, role="LEARNER",
                joined_at=NOW - timedelta(days=15),
                left_at=NOW - timedelta(days=4) if n % 4 == 0 else None,
            )  # fmt: skip
        for _talk in range(6):
            began = NOW - timedelta(hours=chance.uniform(1, 21 * 24))
            session = TutoringSession.objects.create(
                learner=learner, lesson=chance.choice(lessons), l1="es", l2="en",
                level="A2", started_at=began, last_seen_at=began,
            )  # fmt: skip
            turns += [_turn(session, index, began, chance) for index in range(3)]
    return turns


def _turn(
    session: TutoringSession, index: int, began: datetime, chance: random.Random
) -> Turn:
    at = began + timedelta(minutes=index)
    turn = Turn.objects.create(
        session=session,
        index=index,
        state=chance.choice(["COMPLETED", "COMPLETED", "FAILED", "INTERRUPTED"]),
        started_at=at,
        ended_at=at + timedelta(milliseconds=chance.randrange(400_000)),
        engines={"transcriber": chance.choice(["small", "large"])},
        host=chance.choice(["one", "two"]),
        errors=chance.choice([[], [], ["tts.failed"], ["llm.timeout"]]),
        timings={
            "stages": [
                {
                    "name": "transcribe",
                    "start_ms": 10.0,
                    "end_ms": 10 + chance.uniform(50, 900),
                }
            ],
            "marks": {"first_audio_ms": chance.uniform(300, 9000)},
        },
    )
    if index:
        Utterance.objects.create(
            turn=turn, speaker="LEARNER", text="Hello.",
            source=chance.choice(["SPEECH", "SPEECH", "TEXT"]),
            duration_ms=chance.randrange(20_000),
        )  # fmt: skip
    return turn


def _filter(admin: User, school: School | None = None, **asked: str) -> Filter:
    key = str(school.uuid) if school else ""
    return parse_filter(admin, {"school": key, "range": "30", **asked}, now=NOW)


def _figure(figures: list[Shown], key: str) -> Shown:
    return next(one for one in figures if one.key == key)


def _counts(turn: Turn, school: School | None) -> bool:
    """Whether a turn is of a school: its learner was a member of it at the time."""
    if school is None:
        return True
    return any(
        one.school_id == school.pk
        and one.joined_at <= turn.started_at
        and (one.left_at is None or one.left_at > turn.started_at)
        for one in Membership.objects.filter(user_id=turn.session.learner_id)
    )


def _exact(times: list[float], share: float) -> float:
    """Return the percentile by the nearest rank, of the exact times."""
    ranked = sorted(times)
    rank = next(n for n in range(1, len(ranked) + 1) if n >= share * len(ranked) - 1e-9)
    return ranked[rank - 1]


@pytest.mark.parametrize("which", [None, 0, 1])
@pytest.mark.parametrize("rolled", [True, False])
def test_learning_agrees_with_the_events(
    events: list[Turn],
    schools: list[School],
    admin: User,
    which: int | None,
    rolled: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if rolled:
        roll_up(now=NOW)
    else:
        monkeypatch.setattr("operations.figures.rolling.LIVE_DAYS", 60)
    school = None if which is None else schools[which]
    zone = ZoneInfo(school.time_zone) if school else UTC
    learners: dict[str, set[int]] = defaultdict(set)
    spoken: dict[str, int] = defaultdict(int)
    for turn in events:
        words = turn.utterances.first()
        if words is None or not _counts(turn, school):
            continue
        day = turn.started_at.astimezone(zone).date().isoformat()
        learners[day].add(turn.session.learner_id)
        spoken[day] += 0 if words.source == "TEXT" else words.duration_ms
    figures, left_out = learning_figures(_filter(admin, school), now=NOW)
    assert left_out == 0
    active = {str(row[0]): row[2] for row in _figure(figures, "active").rows}
    assert {day: n for day, n in active.items() if n} == {
        day: len(ids) for day, ids in learners.items()
    }
    minutes = {str(row[0]): row[2] for row in _figure(figures, "minutes").rows}
    assert {day: n for day, n in minutes.items() if n} == {
        day: round(ms / 60_000, 1) for day, ms in spoken.items() if ms >= 3000
    }
    weeks, _left = learning_figures(_filter(admin, school, by="week"), now=NOW)
    for row in _figure(weeks, "active").rows:
        first, last = str(row[0]), str(row[1])
        of_week = {
            one for day, ids in learners.items() if first <= day <= last for one in ids
        }
        assert row[2] == len(of_week)


@pytest.mark.parametrize("which", [None, 0])
def test_times_and_failures_agree_with_the_events(
    events: list[Turn], schools: list[School], admin: User, which: int | None
) -> None:
    roll_up(now=NOW)
    school = None if which is None else schools[which]
    mine = [turn for turn in events if _counts(turn, school)]
    figures, _left = speed_figures(_filter(admin, school))
    times: dict[tuple[str, str], list[float]] = defaultdict(list)
    for turn in mine:
        span = turn.timings["stages"][0]
        key = (turn.engines["transcriber"], turn.host)
        times[key].append(span["end_ms"] - span["start_ms"])
    shown = {
        (row[1], row[2]): tuple(row[3:])
        for row in _figure(figures, "stages").rows
        if row[0] == "Recognising"
    }
    assert shown == {
        key: (rounded_ms(_exact(ms, 0.5)), rounded_ms(_exact(ms, 0.95)), len(ms))
        for key, ms in times.items()
    }
    marks = [turn.timings["marks"]["first_audio_ms"] for turn in mine]
    assert sum(int(row[4] or 0) for row in _figure(figures, "answers").rows) == len(
        marks
    )
    failures = _figure(figures, "failures").rows
    assert sum(int(row[2] or 0) for row in failures) == len(mine)
    assert sum(int(row[3] or 0) for row in failures) == sum(
        turn.state == "FAILED" for turn in mine
    )
    assert sum(int(row[4] or 0) for row in failures) == sum(
        turn.errors == ["tts.failed"] for turn in mine
    )


def test_a_course_narrows_everything(events: list[Turn], admin: User) -> None:
    roll_up(now=NOW)
    lesson = next(turn.session.lesson for turn in events if turn.session.lesson)
    of_course = [turn for turn in events if turn.session.lesson_id == lesson.pk]
    figures, _left = speed_figures(_filter(admin, course=lesson.course.key))
    failures = _figure(figures, "failures").rows
    assert sum(int(row[2] or 0) for row in failures) == len(of_course)
    figures, _left = learning_figures(_filter(admin, course=lesson.course.key), now=NOW)
    minutes = _figure(figures, "minutes").rows
    assert sum(int(row[4] or 0) for row in minutes) == sum(
        turn.utterances.exists() for turn in of_course
    )


def test_who_comes_back_is_counted_by_weeks_that_are_over(admin: User) -> None:
    monday = datetime(2026, 2, 16, 12, 0, tzinfo=UTC)
    for weeks in ((0, 1, 4), (0, 1), (0,), (0, 4)):
        learner = LearnerFactory.create()
        for n in weeks:
            DrillAnswer.objects.create(
                learner=learner, language="en", contrast="r-l", kind="HEARD",
                word="right", other="light", right=1.0,
                client_key=f"00000000-0000-0000-0000-{learner.pk:06d}{n:06d}",
                answered_at=monday + timedelta(weeks=n),
            )  # fmt: skip
    roll_up(now=NOW)
    figures, _left = learning_figures(_filter(admin), now=NOW)
    (row,) = _figure(figures, "retention").rows
    assert row[1:7] == (4, 50, 0, 0, None, None)
    later = NOW + timedelta(weeks=1)
    figures, _left = learning_figures(_filter(admin), now=later)
    assert _figure(figures, "retention").rows[0][1:6] == (4, 50, 0, 0, 50)


def test_what_is_deleted_is_not_counted_any_more(
    events: list[Turn], admin: User
) -> None:
    roll_up(now=NOW)
    gone = events[0].session
    before = _figure(learning_figures(_filter(admin), now=NOW)[0], "minutes").rows
    gone.delete()
    after = _figure(learning_figures(_filter(admin), now=NOW)[0], "minutes").rows
    assert sum(int(row[4] or 0) for row in before) == 2 + sum(
        int(row[4] or 0) for row in after
    )


def test_the_night_counts_late_turns_and_leaves_other_days(events: list[Turn]) -> None:
    roll_up(now=NOW)
    rolled = dict(RolledDay.objects.filter(scope="").values_list("day", "rolled_at"))
    roll_up(now=NOW + timedelta(hours=1))
    again = dict(RolledDay.objects.filter(scope="").values_list("day", "rolled_at"))
    anew = sorted(day for day in again if again[day] != rolled[day])
    assert [day.isoformat() for day in anew] == ["2026-03-18", "2026-03-19"]


def test_today_is_never_summed_up(events: list[Turn]) -> None:
    roll_up(now=NOW)
    today = NOW.date()
    assert still_open(site_scope(), today - timedelta(days=9), today).live == (today,)


def test_summing_up_twice_changes_nothing(
    events: list[Turn], schools: list[School]
) -> None:
    scope = school_scope(schools[0])
    day = NOW.date() - timedelta(days=2)
    for _time in range(2):
        roll_up_day(scope, day, now=NOW)
    rows = LearnerDay.objects.filter(scope=scope.key, day=day)
    assert rows.count() == rows.values("course", "learner").distinct().count()
    count_anew([NOW - timedelta(days=2)])
    assert not RolledDay.objects.filter(day=day).exists()


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"from": "2026-03-10", "to": "2026-03-01"}, "The first day is after"),
        ({"from": "soon"}, "as dates"),
        ({"from": "2001-01-01", "to": "2026-01-01"}, "three years"),
        ({"from": "2026-03-10", "to": "2026-03-12"}, ""),
        ({"range": "1000000"}, ""),
        ({"course": "no-such-course", "by": "century"}, ""),
    ],
)
def test_what_cannot_be_shown_is_said(
    admin: User, asked: dict[str, str], says: str
) -> None:
    shown = parse_filter(admin, asked, now=NOW)
    assert says in shown.problem
    assert bool(says) == bool(shown.problem)
    assert shown.first <= shown.last


def test_nobody_asks_for_another_school(schools: list[School]) -> None:
    manager = LearnerFactory.create()
    Membership.objects.create(
        school=schools[0], user=manager, role="MANAGER", joined_at=NOW
    )
    assert parse_filter(manager, {}, now=NOW).scope.key == str(schools[0].uuid)
    for key in (str(schools[1].uuid), "x"):
        with pytest.raises(NotYours):
            parse_filter(manager, {"school": key}, now=NOW)


def test_a_spreadsheet_takes_nothing_for_a_formula() -> None:
    shown = Shown("x", "X", ("A", "B"), [("=1+1", -1.5), ("@x", None)])
    assert as_csv(shown).splitlines()[1:] == ["'=1+1,-1.5", "'@x,"]


def test_pages_ask_little(
    events: list[Turn],
    schools: list[School],
    admin: User,
    client: Any,
    django_assert_max_num_queries: Any,
) -> None:
    roll_up(now=NOW)
    client.force_login(admin)
    for page in ("learning", "outcomes", "speed", "machines"):
        with django_assert_max_num_queries(15, info=page):
            answer = client.get(f"/operations/figures/{page}/?range=90")
        assert answer.status_code == 200


def test_pages_and_tables_are_only_for_those_who_may(
    schools: list[School], admin: User, client: Any
) -> None:
    manager, teacher = LearnerFactory.create(), LearnerFactory.create(role="TEACHER")
    for user, role in ((manager, "MANAGER"), (teacher, "TEACHER")):
        Membership.objects.create(
            school=schools[0], user=user, role=role, joined_at=NOW
        )
    own, other = (str(one.uuid) for one in schools)
    figures = "/operations/figures"
    expected = {
        f"{figures}/learning/?school={own}": {admin: 200, manager: 200, teacher: 404},
        f"{figures}/learning/?school={other}": {admin: 200, manager: 404, teacher: 404},
        f"{figures}/speed/": {admin: 200, manager: 404, teacher: 404},
        f"{figures}/speed/answers.csv": {admin: 200, manager: 404, teacher: 404},
        f"{figures}/learning/active.csv": {admin: 200, manager: 200, teacher: 404},
        f"{figures}/learning/nothing.csv": {admin: 404, manager: 404, teacher: 404},
        f"{figures}/nothing/": {admin: 404, manager: 404, teacher: 404},
    }
    for address, answers in expected.items():
        for user, status in answers.items():
            client.force_login(user)
            assert client.get(address).status_code == status, address
