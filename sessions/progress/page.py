"""The context of the progress page and of the evidence behind its numbers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from learners.activity_selectors import streak
from learners.local_time import local_day, time_zone
from learners.progress.figures import first_day
from learners.progress.sound_map import SoundState, sound_map
from learners.progress.spans import Bucket, Span, bucket_named, buckets
from learners.progress.words import sounds_words
from learners.selectors import get_learner_context, list_phoneme_mastery
from learners.sound_plan import next_drill
from lessons.levels import language_name
from lessons.sounds.library import sound_of
from tutor.languages.function_words import primary

from ..activity import refresh_activity
from . import evidence
from .parts import Looked
from .sections import (
    level_section,
    mistakes_section,
    spoken_section,
    words_section,
)
from .speech_sections import pace_section, repairs_section

SPANS = (
    (Span.MONTH, _("4 weeks")),
    (Span.QUARTER, _("3 months")),
    (Span.ALL, _("Everything")),
)
TITLES = {
    "spoken": _("What you spoke"),
    "mistakes": _("Mistakes, talk by talk"),
    "words": _("Words that are yours"),
    "level": _("What your level was taken to be"),
    "pace": _("Speed and pauses, sentence by sentence"),
}
_LISTS: dict[str, Callable[..., list[evidence.Evidence]]] = {
    "spoken": evidence.spoken,
    "mistakes": evidence.mistakes,
    "words": evidence.words,
    "level": evidence.level,
    "pace": evidence.pace,
}


class NoSuchNumber(LookupError):
    """The page has no number of this name."""


def progress_context(*, learner_id: int, span: Span, now: datetime) -> dict[str, Any]:
    """Return what ``learners/progress.html`` shows.

    Raises LearnerProfile.DoesNotExist.
    """
    refresh_activity(learner_id=learner_id, now=now)
    learner = get_learner_context(user_id=learner_id)
    l2 = primary(learner.l2)
    looked = _looked(learner_id, l2, span, now)
    sections = [
        level_section(looked),
        spoken_section(looked),
        mistakes_section(looked),
        pace_section(looked),
        words_section(looked),
        repairs_section(looked),
    ]
    believed = {
        one.phoneme: one
        for one in list_phoneme_mastery(learner_id=learner_id, language=l2, now=now)
    }
    mapped = sound_map(l2, believed)
    return {
        "language": language_name(l2),
        "l2": l2,
        "span": span,
        "spans": [{"key": key.value, "name": name} for key, name in SPANS],
        "sections": sections,
        "is_new": all(one.is_empty for one in sections) and not believed,
        "sounds": mapped,
        "sounds_sentence": sounds_words(mapped) if mapped else "",
        "states": [state for state in SoundState if mapped and mapped.counts[state]],
        "streak": streak(learner_id=learner_id, now=now),
        "drill": next_drill(learner_id, now=now),
        "first": looked.buckets[0].first,
        "today": local_day(now, time_zone(learner_id=learner_id)),
    }


def evidence_context(*, learner_id: int, part: str, key: str) -> dict[str, Any]:
    """Return what ``learners/progress_evidence.html`` shows for one number.

    Raises NoSuchNumber.
    """
    bucket = bucket_named(key, time_zone(learner_id=learner_id))
    if bucket is None or part not in _LISTS:
        raise NoSuchNumber(part)
    l2 = primary(get_learner_context(user_id=learner_id).l2)
    return {
        "title": TITLES[part],
        "part": part,
        "bucket": bucket,
        "last": bucket.after - timedelta(days=1),
        "found": _LISTS[part](learner_id=learner_id, l2=l2, bucket=bucket),
        "zone": time_zone(learner_id=learner_id),
    }


def sound_context(*, learner_id: int, ipa: str) -> dict[str, Any]:
    """Return the same for a sound of the map. Raises NoSuchNumber."""
    l2 = primary(get_learner_context(user_id=learner_id).l2)
    sound = sound_of(l2, ipa)
    if sound is None:
        raise NoSuchNumber(ipa)
    return {
        "title": f"/{sound.ipa}/",
        "part": "sound",
        "sound": sound,
        "l2": l2,
        "found": evidence.sound(learner_id=learner_id, l2=l2, ipa=ipa),
        "zone": time_zone(learner_id=learner_id),
    }


def _looked(learner_id: int, l2: str, span: Span, now: datetime) -> Looked:
    zone = time_zone(learner_id=learner_id)
    today = local_day(now, zone)
    since = first_day(learner_id=learner_id, l2=l2)
    shown = buckets(span, today=today, zone=zone, since=since)
    before: tuple[Bucket, ...] = ()
    if span is not Span.ALL and since is not None and since < shown[0].first:
        earlier = today - timedelta(weeks=len(shown))
        before = buckets(span, today=earlier, zone=zone, since=None)
    return Looked(learner_id, l2, now, shown, before)
