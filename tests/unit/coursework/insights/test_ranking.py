"""Who in a class needs the teacher most, and for what."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from coursework.insights.heat import Learner
from coursework.insights.ranking import (
    BegunLesson,
    LateWork,
    LearnerFigures,
    NeedKind,
    SoundFigures,
    TalkFigures,
    going_well,
    needs_of,
    ranked,
)

NOW = datetime(2026, 3, 20, 12, 0, tzinfo=UTC)
JOINED = NOW - timedelta(days=60)


def figures(name: str = "Ana", **known: Any) -> LearnerFigures:
    """Return a learner who talked yesterday, unless told otherwise."""
    known.setdefault("last_talk_at", NOW - timedelta(days=1))
    learner = Learner(hash(name), uuid4(), name)
    return LearnerFigures(learner, known.pop("enrolled_at", JOINED), **known)


def kinds(found: LearnerFigures) -> list[NeedKind]:
    """Return the kinds of what somebody needs, most urgent first."""
    return [need.kind for need in needs_of(found, now=NOW)]


def talks(*counts: dict[str, int], words: int = 100) -> list[TalkFigures]:
    """Return talks of so many words, the latest first."""
    return [TalkFigures(words, some) for some in counts]


def test_who_talks_and_makes_few_mistakes_needs_nothing() -> None:
    assert kinds(figures(talks=talks({"article": 1}, {}, {}))) == []


def test_silence_counts_from_a_week_on() -> None:
    six = figures(last_talk_at=NOW - timedelta(days=6, hours=23))
    nine = figures(last_talk_at=NOW - timedelta(days=9))
    assert kinds(six) == []
    (need,) = needs_of(nine, now=NOW)
    assert (need.kind, need.n) == (NeedKind.SILENT, 9)


def test_who_never_spoke_is_told_of_after_three_days_in_the_class() -> None:
    new = figures(last_talk_at=None, enrolled_at=NOW - timedelta(days=2))
    settled = figures(last_talk_at=None, enrolled_at=NOW - timedelta(days=5))
    assert kinds(new) == []
    assert kinds(settled) == [NeedKind.NEVER]


def test_a_mistake_has_to_come_back_in_another_talk() -> None:
    once = figures(talks=talks({"article": 6}, {}, {}))
    again = figures(talks=talks({"article": 4}, {"article": 2}, {}))
    assert kinds(once) == []
    (need,) = needs_of(again, now=NOW)
    assert (need.kind, need.what, need.n, need.of) == (
        NeedKind.MISTAKE,
        "article",
        6,
        3,
    )


def test_only_the_last_three_talks_count() -> None:
    old = talks({}, {}, {}, {"article": 9}, {"article": 9})
    assert kinds(figures(talks=old)) == []


def test_the_most_frequent_mistake_is_named() -> None:
    found = figures(
        talks=talks({"article": 3, "verb_tense": 5}, {"article": 3, "verb_tense": 4})
    )
    assert [need.what for need in needs_of(found, now=NOW)] == ["verb_tense"]


def test_the_weakest_sound_is_named_and_fair_ones_are_not() -> None:
    sounds = [SoundFigures("θ", 0.4, 60), SoundFigures("v", 0.5, 40)]
    found = figures(sounds=[*sounds, SoundFigures("s", 0.7, 90)])
    assert [need.what for need in needs_of(found, now=NOW)] == ["θ"]
    assert kinds(figures(sounds=[SoundFigures("s", 0.7, 90)])) == []


def test_late_work_comes_before_everything_and_grows() -> None:
    def late(days: int) -> LateWork:
        return LateWork(str(uuid4()), f"Work {days}", NOW - timedelta(days=days))

    one = figures(late=[late(1)], sounds=[SoundFigures("θ", 0.3, 60)])
    assert kinds(one) == [NeedKind.OVERDUE, NeedKind.SOUND]
    (three,) = needs_of(figures(late=[late(2), late(9), late(4)]), now=NOW)
    assert (three.what, three.n, three.of) == ("Work 9", 9, 3)
    assert three.urgency > needs_of(one, now=NOW)[0].urgency


def test_only_the_lesson_somebody_is_in_counts_as_stuck() -> None:
    def begun(title: str, days: int) -> BegunLesson:
        return BegunLesson(str(uuid4()), title, NOW - timedelta(days=days))

    moved_on = figures(begun=[begun("Old", 40), begun("New", 2)])
    stuck = figures(begun=[begun("Old", 40), begun("Café", 12)])
    assert kinds(moved_on) == []
    assert [need.what for need in needs_of(stuck, now=NOW)] == ["Café"]


def test_a_class_is_ranked_and_nobody_fills_the_list_alone() -> None:
    worst = figures(
        "Zoe",
        last_talk_at=NOW - timedelta(days=30),
        late=[LateWork("1", "Talk", NOW - timedelta(days=5))],
        sounds=[SoundFigures("θ", 0.2, 60)],
    )
    mild = figures("Ana", sounds=[SoundFigures("v", 0.6, 60)])
    found = ranked([mild, worst], now=NOW)
    assert [(need.learner.name, need.kind) for need in found] == [
        ("Zoe", NeedKind.SILENT),
        ("Zoe", NeedKind.OVERDUE),
        ("Ana", NeedKind.SOUND),
    ]


def test_getting_better_is_told_where_enough_was_said() -> None:
    older = [{"verb_tense": 4}] * 3
    better = figures("Li", talks=talks({"verb_tense": 1}, {}, {}, *older))
    short = figures("Bo", talks=talks({}, {}, {}, *older, words=20))
    same = figures("Cy", talks=talks(*older, *older))
    (need,) = going_well([better, short, same])
    assert (need.learner.name, need.what, need.of, need.n) == (
        "Li",
        "verb_tense",
        40,
        3,
    )
