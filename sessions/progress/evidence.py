"""What a number of the progress page was made from, with links to see and hear it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learners.progress.figures import known_words, levels
from learners.progress.spans import Bucket
from learners.progress.talks import talks_with_mistakes
from learners.selectors import list_vocabulary, mistake_label
from lessons.sounds.library import sound_of

from ..models import PronunciationAssessment, ReadAloudAttempt, TutoringSession
from ..models.pronunciation import latest_value
from .measures import measured

MOST = 60


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that a number counts: what, what of it, when, and where to see it.

    ``audio_url`` is there where it was recorded. ``lang`` is the language of ``text``.
    """

    text: str
    detail: str
    at: datetime
    url: str = ""
    audio_url: str = ""
    lang: str = ""


def spoken(*, learner_id: int, l2: str, bucket: Bucket) -> list[Evidence]:
    """Return the talks and readings in which the learner spoke."""
    talks = (
        TutoringSession.objects.filter(
            learner_id=learner_id,
            l2__startswith=l2,
            started_at__gte=bucket.begins,
            started_at__lt=bucket.ends,
        )
        .select_related("lesson")
        .annotate(
            spoken_ms=Sum(
                "turns__utterances__duration_ms",
                filter=Q(turns__utterances__speaker="LEARNER")
                & ~Q(turns__utterances__source="TEXT"),
            )
        )
    )
    found = [
        Evidence(
            text=talk.title or _("Free talk"),
            detail=_seconds((talk.spoken_ms or 0) / 1000),
            at=talk.started_at,
            url=reverse("sessions:session-review", args=(talk.uuid,)),
        )
        for talk in talks
        if talk.spoken_ms
    ]
    readings = ReadAloudAttempt.objects.filter(
        learner_id=learner_id,
        language=l2,
        created_at__gte=bucket.begins,
        created_at__lt=bucket.ends,
    ).select_related("recording")
    found += [_reading(one) for one in readings]
    return _latest(found)


def mistakes(*, learner_id: int, l2: str, bucket: Bucket) -> list[Evidence]:
    """Return the talks with the mistakes that were found in them."""
    return _latest(
        Evidence(
            text=talk.topic or _("Free talk"),
            detail=", ".join(
                f"{mistake_label(kind)}: {n}" for kind, n in talk.mistakes.items()
            )
            or _("no mistake found"),
            at=talk.started_at,
            url=reverse("sessions:session-report", args=(talk.session,)),
        )
        for talk in talks_with_mistakes(learner_id=learner_id, l2=l2)
        if bucket.holds(talk.started_at)
    )


def words(*, learner_id: int, l2: str, bucket: Bucket) -> list[Evidence]:
    """Return the words known at the end of the time, those new in it first."""
    before, after = known_words(
        learner_id=learner_id, l2=l2, moments=[bucket.begins, bucket.ends]
    )
    met = {
        one.text.casefold(): one
        for one in list_vocabulary(learner_id=learner_id, l2=l2)
    }
    found = []
    for text in sorted(after, key=lambda one: (one in before, one)):
        item = met.get(text)
        detail = _("known before") if text in before else _("new")
        if item and item.times_produced:
            detail += ", " + ngettext(
                "used in %(n)s turn", "used in %(n)s turns", item.times_produced
            ) % {"n": item.times_produced}
        at = (item.last_produced_at or item.met_at) if item else bucket.begins
        found.append(Evidence(item.text if item else text, detail, at, url="", lang=l2))
    return found[:MOST]


def level(*, learner_id: int, l2: str, bucket: Bucket) -> list[Evidence]:
    """Return the estimates of the level up to then."""
    return _latest(
        Evidence(
            text=point.estimate.level,
            detail=point.estimate.get_source_display(),
            at=point.estimate.said_at,
        )
        for point in levels(learner_id=learner_id, l2=l2)
        if point.estimate.said_at < bucket.ends
    )


def pace(*, learner_id: int, l2: str, bucket: Bucket) -> list[Evidence]:
    """Return what was measured, with its speed and pauses."""
    return _latest(
        _spoken(
            one.assessment,
            _("%(rate)s syllables a second, %(share)s %% pauses")
            % {
                "rate": f"{one.measures.speech_rate:.1f}",
                "share": round(100 * one.measures.pause_share),
            },
        )
        for one in measured(
            learner_id=learner_id, l2=l2, begins=bucket.begins, ends=bucket.ends
        )
    )


def sound(*, learner_id: int, l2: str, ipa: str) -> list[Evidence]:
    """Return the latest words in which a sound was judged. Raises LookupError."""
    wanted = sound_of(l2, ipa)
    if wanted is None:
        raise LookupError(ipa)
    rows = (
        PronunciationAssessment.objects.filter(learner_id=learner_id, language=l2)
        .exclude(words=[])
        .select_related("utterance__turn__session", "reading__recording")
        .order_by("-spoken_at", "-id")[:200]
    )
    found = []
    for row in rows:
        value = latest_value([row])
        hits = [
            (word.text.strip('.,;:!?"'), phoneme)
            for word in (value.words if value else ())
            if not word.weak
            for phoneme in word.phonemes
            if sound_of(l2, phoneme.phoneme) is wanted
        ]
        if hits:
            wrong = [text for text, phoneme in hits if phoneme.flagged]
            fine = [text for text, phoneme in hits if not phoneme.flagged]
            parts = [
                _("to work on: %(words)s") % {"words": _list(wrong)} if wrong else "",
                _("fine or nearly: %(words)s") % {"words": _list(fine)} if fine else "",
            ]
            found.append(_spoken(row, "; ".join(part for part in parts if part)))
    return found[:MOST]


def _list(texts: list[str]) -> str:
    return ", ".join(dict.fromkeys(texts))


def _spoken(row: PronunciationAssessment, detail: str) -> Evidence:
    if row.reading is not None:
        known = _reading(row.reading)
        return Evidence(
            known.text, detail, row.spoken_at, known.url, known.audio_url, row.language
        )
    assert row.utterance is not None  # noqa: S101  the database sees to it
    turn = row.utterance.turn
    recorded = hasattr(row.utterance, "recording")
    where = reverse("sessions:session-review", args=(turn.session.uuid,))
    return Evidence(
        text=row.utterance.text,
        detail=detail,
        at=row.spoken_at,
        url=where,
        audio_url=reverse(
            "sessions:utterance-audio",
            args=(turn.session.uuid, turn.index, "learner"),
        )
        if recorded
        else "",
        lang=row.language,
    )


def _reading(reading: ReadAloudAttempt) -> Evidence:
    audio = reverse("sessions:read-aloud-audio", args=(reading.uuid,))
    return Evidence(
        text=reading.text,
        detail=_("read aloud"),
        at=reading.created_at,
        audio_url=audio if reading.is_recorded else "",
        lang=reading.language,
    )


def _seconds(value: float) -> str:
    if value < 60:
        return _("%(n)s s spoken") % {"n": round(value)}
    return _("%(n)s min spoken") % {"n": round(value / 60)}


def _latest(found: Iterable[Evidence]) -> list[Evidence]:
    return sorted(found, key=lambda one: one.at, reverse=True)[:MOST]
