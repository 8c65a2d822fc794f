"""The error ledger: what a turn changes in what is known of a learner's mistakes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from tutor.findings import Analysis, Finding
from tutor.history import LedgerEntry

from .sentences import example, right_form, said_right

# Right uses without a mistake in between, on at least two days.
RIGHT_TO_RESOLVE = 3


@dataclass(frozen=True, slots=True)
class KnownError:
    """A mistake of a learner over time.

    ``said`` and ``better`` are the words, ``sentence`` and ``corrected`` the latest
    sentence with them, ``right_form`` the words that show that the learner can do it.
    ``first_right_on`` is the day of the first right use since the latest mistake.
    """

    key: str
    category: str
    type: str
    said: str
    better: str
    sentence: str
    corrected: str
    right_form: str
    first_seen_at: datetime
    last_seen_at: datetime
    seen: int = 1
    addressed: int = 0
    right_since: int = 0
    first_right_on: date | None = None
    resolved_at: datetime | None = None


def changed(
    known: Mapping[str, KnownError],
    analysis: Analysis,
    *,
    language: str,
    treated: Collection[str] = (),
    now: datetime,
) -> dict[str, KnownError]:
    """Return the entries that a turn changes or adds, by key.

    ``treated`` are keys of mistakes that the tutor's move corrected. ``now`` is in the
    learner's time zone: right uses count by its days. A turn that was not judged shows
    mistakes but no right use.
    """
    found: dict[str, KnownError] = {}
    for finding in analysis.findings:
        before = found.get(finding.key) or known.get(finding.key)
        found[finding.key] = _seen(before, analysis, finding, language, now)
    if analysis.judged:
        for key, entry in known.items():
            if key in found or entry.resolved_at is not None:
                continue
            if said_right(analysis, entry.right_form):
                found[key] = _right(entry, now)
    for key in treated:
        entry_or_none = found.get(key) or known.get(key)
        if entry_or_none is not None:
            entry = entry_or_none
            found[key] = replace(entry, addressed=entry.addressed + 1)
    return found


def for_policy(entries: Iterable[KnownError], *, limit: int = 40) -> list[LedgerEntry]:
    """Return the open entries as the policy takes them, those that matter most first.

    ``example`` is the sentence as it was said, ``better`` the same sentence corrected.
    """
    still_open = [entry for entry in entries if entry.resolved_at is None]
    still_open.sort(
        key=lambda one: (one.seen - one.right_since, one.last_seen_at), reverse=True
    )
    return [
        LedgerEntry(
            key=entry.key,
            category=entry.category,
            example=entry.sentence,
            better=entry.corrected,
            seen=entry.seen,
            addressed=entry.addressed,
            right_since=entry.right_since,
        )
        for entry in still_open[:limit]
    ]


def _seen(
    before: KnownError | None,
    analysis: Analysis,
    finding: Finding,
    language: str,
    now: datetime,
) -> KnownError:
    sentence, corrected = example(analysis, finding)
    new = KnownError(
        key=finding.key,
        category=finding.category,
        type=finding.type,
        said=finding.said,
        better=finding.better,
        sentence=sentence,
        corrected=corrected,
        right_form=right_form(analysis, finding, language),
        first_seen_at=now,
        last_seen_at=now,
    )
    if before is None:
        return new
    return replace(
        new,
        first_seen_at=before.first_seen_at,
        last_seen_at=max(now, before.last_seen_at),
        seen=before.seen + 1,
        addressed=before.addressed,
    )


def _right(entry: KnownError, now: datetime) -> KnownError:
    first_on = entry.first_right_on or now.date()
    right_since = entry.right_since + 1
    done = right_since >= RIGHT_TO_RESOLVE and now.date() != first_on
    return replace(
        entry,
        right_since=right_since,
        first_right_on=first_on,
        resolved_at=now if done else None,
    )
