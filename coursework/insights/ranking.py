"""Who in a class needs the teacher most, and for what. Plain values, no database.

Each ``Need`` has an urgency from 0 to 100. The scale is made so that the first on the list
is what an experienced teacher would look at first: work that is late, then silence, then
what keeps going wrong, then what merely lasts long.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from .heat import Learner

SILENT_FROM_DAYS = 7
NEW_FROM_DAYS = 3
TALKS_LOOKED_AT = 3
REPEATED_FROM = 4
STUCK_FROM_DAYS = 10
WEAK_BELOW = 0.65
EACH = 2
# So much better, in so many words, is worth telling the teacher.
BETTER_BY = 0.5
FEWEST_WORDS = 100
FEWEST_MISTAKES = 4
_DAY_S = 86_400


class NeedKind(StrEnum):
    """What somebody is stuck on."""

    OVERDUE = "overdue"
    SILENT = "silent"
    NEVER = "never"
    MISTAKE = "mistake"
    SOUND = "sound"
    STUCK = "stuck"
    BETTER = "better"


@dataclass(frozen=True, slots=True)
class TalkFigures:
    """A talk: how many words were said, and mistakes by kind."""

    words: int
    mistakes: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class SoundFigures:
    """A sound of which enough is known: the share said right."""

    ipa: str
    share: float
    attempts: int


@dataclass(frozen=True, slots=True)
class LateWork:
    """Work that was due and not handed in."""

    uuid: str
    title: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class BegunLesson:
    """A lesson that was begun and not finished; the latest thing done in it."""

    uuid: str
    title: str
    since: datetime


@dataclass(frozen=True, slots=True)
class LearnerFigures:
    """What is known of a learner. ``talks`` are the latest first."""

    learner: Learner
    enrolled_at: datetime
    last_talk_at: datetime | None = None
    last_talk: str = ""
    talks: Sequence[TalkFigures] = ()
    sounds: Sequence[SoundFigures] = ()
    late: Sequence[LateWork] = ()
    begun: Sequence[BegunLesson] = ()


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that somebody needs. ``what`` names it (a kind of mistakes, a sound, a title).

    ``n`` counts days, mistakes or pieces of work; ``of`` is in how many talks, the words
    or attempts it was seen in; ``share`` is in 0..1. ``target`` is the uuid of what it is about.
    """

    learner: Learner
    kind: NeedKind
    urgency: float
    what: str = ""
    n: int = 0
    of: int = 0
    share: float = 0.0
    target: str = ""
    last_talk: str = ""


def needs_of(figures: LearnerFigures, *, now: datetime) -> list[Need]:
    """Return what a learner needs, most urgent first."""
    found = [
        *_late(figures, now),
        *_silent(figures, now),
        *_mistakes(figures),
        *_sounds(figures),
        *_stuck(figures, now),
    ]
    return sorted(found, key=lambda need: -need.urgency)


def ranked(
    class_figures: Iterable[LearnerFigures], *, now: datetime, each: int = EACH
) -> list[Need]:
    """Return what the class needs, most urgent first, at most ``each`` of a learner."""
    found = [
        need for figures in class_figures for need in needs_of(figures, now=now)[:each]
    ]
    return sorted(found, key=lambda need: (-need.urgency, need.learner.name.casefold()))


def going_well(class_figures: Iterable[LearnerFigures], *, most: int = 3) -> list[Need]:
    """Return the kinds of mistakes that somebody makes much less often than before."""
    found = [need for figures in class_figures for need in _better(figures)[:1]]
    return sorted(found, key=lambda need: (-need.urgency, need.learner.name))[:most]


def _late(figures: LearnerFigures, now: datetime) -> list[Need]:
    if not figures.late:
        return []
    oldest = min(figures.late, key=lambda work: work.due_at)
    days = _days(oldest.due_at, now)
    more = len(figures.late) - 1
    return [
        _need(
            figures,
            NeedKind.OVERDUE,
            60 + min(20.0, 2 * days) + min(15, 5 * more),
            what=oldest.title,
            n=days,
            of=len(figures.late),
            target=oldest.uuid,
        )
    ]


def _silent(figures: LearnerFigures, now: datetime) -> list[Need]:
    if figures.last_talk_at is None:
        days = _days(figures.enrolled_at, now)
        if days < NEW_FROM_DAYS:
            return []
        return [_need(figures, NeedKind.NEVER, min(90.0, 55 + 2 * days), n=days)]
    days = _days(figures.last_talk_at, now)
    if days < SILENT_FROM_DAYS:
        return []
    urgency = min(90.0, 50 + 2 * (days - SILENT_FROM_DAYS))
    return [_need(figures, NeedKind.SILENT, urgency, n=days)]


def _mistakes(figures: LearnerFigures) -> list[Need]:
    latest = figures.talks[:TALKS_LOOKED_AT]
    words = sum(talk.words for talk in latest)
    kinds = {kind for talk in latest for kind in talk.mistakes}
    found = []
    for kind in sorted(kinds):
        counts = [talk.mistakes.get(kind, 0) for talk in latest]
        n = sum(counts)
        # Once in one long talk is an accident; it has to come back.
        if n < REPEATED_FROM or sum(count > 0 for count in counts) < 2 or not words:
            continue
        rate = 100 * n / words
        found.append(
            _need(
                figures,
                NeedKind.MISTAKE,
                min(75.0, 30 + 8 * rate),
                what=kind,
                n=n,
                of=len(latest),
            )
        )
    return sorted(found, key=lambda need: -need.urgency)[:1]


def _sounds(figures: LearnerFigures) -> list[Need]:
    weak = [sound for sound in figures.sounds if sound.share < WEAK_BELOW]
    if not weak:
        return []
    worst = min(weak, key=lambda sound: (sound.share, sound.ipa))
    urgency = 30 + 55 * (WEAK_BELOW - worst.share)
    return [
        _need(
            figures,
            NeedKind.SOUND,
            urgency,
            what=worst.ipa,
            share=worst.share,
            of=worst.attempts,
        )
    ]


def _stuck(figures: LearnerFigures, now: datetime) -> list[Need]:
    if not figures.begun:
        return []
    # The latest is what they are in; older ones were left behind.
    latest = max(figures.begun, key=lambda lesson: lesson.since)
    days = _days(latest.since, now)
    if days < STUCK_FROM_DAYS:
        return []
    return [
        _need(
            figures,
            NeedKind.STUCK,
            min(55.0, 35 + 0.5 * days),
            what=latest.title,
            n=days,
            target=latest.uuid,
        )
    ]


def _better(figures: LearnerFigures) -> list[Need]:
    newer, older = (
        figures.talks[:TALKS_LOOKED_AT],
        figures.talks[TALKS_LOOKED_AT : 3 * TALKS_LOOKED_AT],
    )
    words_newer = sum(talk.words for talk in newer)
    words_older = sum(talk.words for talk in older)
    if min(words_newer, words_older) < FEWEST_WORDS:
        return []
    found = []
    for kind in sorted({kind for talk in older for kind in talk.mistakes}):
        before = sum(talk.mistakes.get(kind, 0) for talk in older)
        after = sum(talk.mistakes.get(kind, 0) for talk in newer)
        rate_before, rate_after = 100 * before / words_older, 100 * after / words_newer
        if before >= FEWEST_MISTAKES and rate_after <= BETTER_BY * rate_before:
            found.append(
                _need(
                    figures,
                    NeedKind.BETTER,
                    rate_before - rate_after,
                    what=kind,
                    n=round(10 * rate_after),
                    of=round(10 * rate_before),
                )
            )
    return sorted(found, key=lambda need: -need.urgency)


def _need(
    figures: LearnerFigures,
    kind: NeedKind,
    urgency: float,
    *,
    what: str = "",
    n: int = 0,
    of: int = 0,
    share: float = 0.0,
    target: str = "",
) -> Need:
    return Need(
        figures.learner, kind, urgency, what, n, of, share, target, figures.last_talk
    )


def _days(since: datetime, until: datetime) -> int:
    return max(0, int((until - since).total_seconds() // _DAY_S))
