"""What is found in a turn after newer ones were counted: added to ledger and figures.

The latest turn can still be told anew, so what is added here is added to the state before
it, too: taking that turn back must not take this away.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from django.core import serializers
from django.db.models import Q, QuerySet
from django.utils import timezone

from tutor.findings import Analysis
from tutor.memory.ledger import KnownError, changed

from ..models import ErrorLedgerEntry, SessionSummary
from ..models.error_ledger import KEY_MAX_CHARS

# So many turns back a second look may come.
_TURNS_BACK = 8
_FIELDS = tuple(KnownError.__dataclass_fields__)


def unjudged_turns(summary: SessionSummary, before: int) -> dict[str, list[str]]:
    """Return the turns of which more may be found, with the mistakes they have already."""
    return {
        index: keys
        for index, keys in summary.undo.get("unjudged", {}).items()
        if before - _TURNS_BACK <= int(index) < before
    }


def add_late_findings(
    summary: SessionSummary, *, turn: int, analysis: Analysis, now: datetime
) -> None:
    """Add what a second look found in a turn before the latest one.

    It counts once, and only if the turn was not judged when it was told. ``now`` is when
    the turn was.
    """
    counted = summary.undo.get("unjudged", {}).get(str(turn))
    if counted is None or not analysis.judged:
        return
    undo = dict(summary.undo)
    undo["unjudged"] = {
        index: keys for index, keys in undo["unjudged"].items() if index != str(turn)
    }
    fresh = replace(
        analysis,
        findings=tuple(one for one in analysis.findings if one.key not in counted),
    )
    undo |= _added_to_ledger(summary, undo, fresh, counted, timezone.localtime(now))
    figures = dict(undo.get("figures", {}))
    for name, value in _figures(summary.right_turns, summary.mistakes, fresh).items():
        setattr(summary, name, value)
    undo["figures"] = figures | _figures(
        figures.get("right_turns", 0), figures.get("mistakes", {}), fresh
    )
    summary.undo = undo
    summary.save()


def _figures(
    right_turns: int, mistakes: Mapping[str, int], fresh: Analysis
) -> dict[str, Any]:
    counts = dict(mistakes)
    for finding in fresh.findings:
        counts[finding.category] = counts.get(finding.category, 0) + 1
    return {"right_turns": right_turns + fresh.clean, "mistakes": counts}


def _added_to_ledger(
    summary: SessionSummary,
    undo: Mapping[str, Any],
    fresh: Analysis,
    counted: list[str],
    now: datetime,
) -> dict[str, Any]:
    """Change the ledger; return how to take the latest turn back from now on."""
    rows = {row.key: row for row in _rows(summary, fresh) if row.key not in counted}
    made = set(undo.get("entries", ()))
    saved = [
        each.object
        for each in serializers.deserialize("json", undo.get("before", "[]"))
    ]
    # The rows as they were before the latest turn; what it made was not there.
    earlier = {one.key: one for one in saved if isinstance(one, ErrorLedgerEntry)}
    before = {
        key: _known(earlier.get(key, row))
        for key, row in rows.items()
        if row.pk not in made
    }
    then = _changed(before, fresh, summary.l2, now)
    for key, entry in _changed(
        {key: _known(row) for key, row in rows.items()}, fresh, summary.l2, now
    ).items():
        row = rows.get(key)
        if row is None:
            ErrorLedgerEntry.objects.create(
                learner_id=summary.learner_id, l2=summary.l2, **asdict(entry)
            )
            continue
        ErrorLedgerEntry.objects.filter(pk=row.pk).update(**asdict(entry))
        if row.pk in made and key in then:
            made.remove(row.pk)
            saved.append(_row(row, then[key]))
        elif key in earlier and key in then:
            saved[saved.index(earlier[key])] = _row(row, then[key])
    return {"entries": sorted(made), "before": serializers.serialize("json", saved)}


def _rows(summary: SessionSummary, fresh: Analysis) -> QuerySet[ErrorLedgerEntry]:
    touched = [finding.key for finding in fresh.findings]
    return ErrorLedgerEntry.objects.select_for_update().filter(
        Q(key__in=touched) | Q(resolved_at=None),
        learner_id=summary.learner_id,
        l2=summary.l2,
    )


def _changed(
    known: Mapping[str, KnownError], fresh: Analysis, l2: str, now: datetime
) -> dict[str, KnownError]:
    """Return the entries that change; a right use before a mistake proves nothing."""
    found = {finding.key for finding in fresh.findings}
    comparable = {
        key: entry
        for key, entry in known.items()
        if key in found or entry.last_seen_at <= now
    }
    return {
        key: entry
        for key, entry in changed(comparable, fresh, language=l2, now=now).items()
        if max(len(key), len(entry.right_form)) <= KEY_MAX_CHARS
    }


def _known(row: ErrorLedgerEntry) -> KnownError:
    return KnownError(**{name: getattr(row, name) for name in _FIELDS})


def _row(row: ErrorLedgerEntry, entry: KnownError) -> ErrorLedgerEntry:
    """Return a row with other values, to be kept and not saved."""
    return ErrorLedgerEntry(
        pk=row.pk, learner_id=row.learner_id, l2=row.l2, **asdict(entry)
    )
