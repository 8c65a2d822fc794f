"""What the tutor remembers: written turn by turn, read when a talk begins."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core import serializers
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from tutor.findings import Analysis
from tutor.languages.function_words import primary
from tutor.memory.facts import facts_in
from tutor.memory.ledger import KnownError, changed, for_policy
from tutor.memory.opening import TalkMemory
from tutor.memory.sentences import words
from tutor.memory.summary import rolling_summary
from tutor.moves import CORRECTIONS, Move, MoveKind

from ..models import (
    ErrorLedgerEntry,
    LearnerFact,
    SessionSummary,
    VocabularyItem,
)
from ..models.error_ledger import KEY_MAX_CHARS
from ..models.learner_fact import FACT_MAX_CHARS
from ..selectors import past_sessions, remembers_facts
from .late_findings import add_late_findings, unjudged_turns

MAX_FACTS = 50
_ENTRY_FIELDS = tuple(KnownError.__dataclass_fields__)
_BRINGS_WORDS = frozenset({MoveKind.INTRODUCE, MoveKind.REUSE})
_SESSION_FIGURES = (
    "turns", "right_turns", "words_said", "items", "produced", "mistakes",
)  # fmt: skip


@transaction.atomic
def record_turn(
    *,
    learner_id: int,
    l2: str,
    session: UUID,
    turn: int,
    analysis: Analysis,
    move: Move,
    produced: Collection[str] = (),
    topic: str = "",
    lesson_id: int | None = None,
    now: datetime,
) -> None:
    """Remember a learner's turn: mistakes, words, facts and figures of the session.

    ``turn`` is its index in the session. The latest turn may be told again, with other
    words too: it counts once; an earlier one is not counted again, but that what a second
    look found in it is added. ``produced`` are items of the lesson that the learner used.
    Of a turn that asked for care nothing is kept.
    """
    l2 = primary(l2)
    summary = _summary(learner_id, session, l2, topic, now)
    if turn < summary.counted_turn:
        add_late_findings(summary, turn=turn, analysis=analysis, now=now)
        return
    if turn == summary.counted_turn:
        _take_back(summary)
    unjudged = unjudged_turns(summary, turn)
    undo: dict[str, Any] = {
        "figures": {name: getattr(summary, name) for name in _SESSION_FIGURES},
        "unjudged": unjudged,
    }
    if move.kind is not MoveKind.CARE and not move.flag_teacher:
        before: list[ErrorLedgerEntry | VocabularyItem] = []
        undo["entries"] = _record_mistakes(learner_id, l2, analysis, move, now, before)
        undo["items"] = _record_words(
            learner_id, l2, move, produced, lesson_id, now, before
        )
        undo["facts"] = _record_facts(learner_id, l2, session, analysis, move, now)
        undo["before"] = serializers.serialize("json", before)
        if not analysis.judged:
            unjudged[str(turn)] = [finding.key for finding in analysis.findings]
        _count(summary, analysis, move, produced)
    summary.counted_turn = turn
    summary.last_turn_at = max(now, summary.last_turn_at)
    summary.undo = undo
    summary.save()


def open_talk(*, learner_id: int, l2: str, session: UUID | None = None) -> TalkMemory:
    """Return what a new talk starts from; ``session`` is its own, left out when resumed."""
    l2 = primary(l2)
    of_learner = {"learner_id": learner_id, "l2": l2}
    past = past_sessions(learner_id=learner_id, l2=l2, other_than=session)
    entries = ErrorLedgerEntry.objects.filter(**of_learner, resolved_at=None)
    items = list(VocabularyItem.objects.filter(**of_learner))
    never_used = {item.text for item in items if not item.times_produced}
    latest = past[0] if past else None
    return TalkMemory(
        ledger=tuple(for_policy(_known(entry) for entry in entries)),
        facts=_facts_to_mention(learner_id, l2),
        topic=latest.topic if latest else "",
        words=tuple(w for w in latest.items if w in never_used) if latest else (),
        summary=rolling_summary(past),
        sessions=len(past),
        known_words=frozenset(item.text.casefold() for item in items),
    )


def _summary(
    learner_id: int, session: UUID, l2: str, topic: str, now: datetime
) -> SessionSummary:
    summary, _created = SessionSummary.objects.select_for_update().get_or_create(
        learner_id=learner_id,
        session=session,
        defaults={
            "l2": l2,
            "topic": topic[:120],
            "started_at": now,
            "last_turn_at": now,
        },
    )
    return summary


def _take_back(summary: SessionSummary) -> None:
    """Undo the latest turn, but bring nothing back that the learner deleted since."""
    undo = summary.undo
    mine = {"learner_id": summary.learner_id}
    ErrorLedgerEntry.objects.filter(pk__in=undo.get("entries", ()), **mine).delete()
    new_words = VocabularyItem.objects.filter(pk__in=undo.get("items", ()), **mine)
    new_words.filter(kept_at=None).delete()
    # What the learner kept in the meantime stays kept.
    new_words.update(times_met=0, times_produced=0, last_produced_at=None)
    LearnerFact.objects.filter(pk__in=undo.get("facts", ()), **mine).delete()
    for row in serializers.deserialize("json", undo.get("before", "[]")):
        if type(row.object)._default_manager.filter(pk=row.object.pk, **mine).exists():
            word = isinstance(row.object, VocabularyItem)
            row.save(update_fields=VocabularyItem.COUNTED if word else None)
    for name, value in undo.get("figures", {}).items():
        setattr(summary, name, value)


def _record_mistakes(
    learner_id: int,
    l2: str,
    analysis: Analysis,
    move: Move,
    now: datetime,
    before: list[ErrorLedgerEntry | VocabularyItem],
) -> list[int]:
    treated = {f.key for f in move.findings} if move.kind in CORRECTIONS else set()
    touched = {finding.key for finding in analysis.findings} | treated
    rows = {
        row.key: row
        for row in ErrorLedgerEntry.objects.select_for_update().filter(
            Q(key__in=touched) | Q(resolved_at=None), learner_id=learner_id, l2=l2
        )
    }
    added = []
    for key, entry in changed(
        {key: _known(row) for key, row in rows.items()},
        analysis,
        language=l2,
        treated=treated,
        now=timezone.localtime(now),
    ).items():
        # Longer ones are sentences said anew, not a mistake that could come again.
        if len(key) > KEY_MAX_CHARS or len(entry.right_form) > KEY_MAX_CHARS:
            continue
        if key in rows:
            before.append(rows[key])
            ErrorLedgerEntry.objects.filter(pk=rows[key].pk).update(**asdict(entry))
        else:
            row = ErrorLedgerEntry.objects.create(
                learner_id=learner_id, l2=l2, **asdict(entry)
            )
            added.append(row.pk)
    return added


def _record_words(
    learner_id: int,
    l2: str,
    move: Move,
    produced: Collection[str],
    lesson_id: int | None,
    now: datetime,
    before: list[ErrorLedgerEntry | VocabularyItem],
) -> list[int]:
    met = move.item if move.kind in _BRINGS_WORDS else None
    texts = dict.fromkeys([*([met.text] if met else []), *produced])
    added = []
    for text in texts:
        item, created = VocabularyItem.objects.select_for_update().get_or_create(
            learner_id=learner_id,
            l2=l2,
            text=text[:120],
            defaults={"met_at": now, "lesson_id": lesson_id},
        )
        if created:
            added.append(item.pk)
        else:
            before.append(VocabularyItem.objects.get(pk=item.pk))
        if met is not None and text == met.text:
            item.times_met += 1
            item.gloss = met.gloss[:300] or item.gloss
        if text in produced:
            item.times_produced += 1
            item.last_produced_at = now
        item.save()
    return added


def _record_facts(
    learner_id: int,
    l2: str,
    session: UUID,
    analysis: Analysis,
    move: Move,
    now: datetime,
) -> list[int]:
    if move.kind is MoveKind.DECLINE or not remembers_facts(learner_id=learner_id):
        return []
    added = []
    for told in facts_in(analysis, l2):
        fact, created = LearnerFact.objects.get_or_create(
            learner_id=learner_id,
            l2=l2,
            text=told.text[:FACT_MAX_CHARS],
            defaults={"kind": told.kind, "session": session, "created_at": now},
        )
        if created:
            added.append(fact.pk)
    kept = LearnerFact.objects.filter(learner_id=learner_id, l2=l2)
    LearnerFact.objects.filter(
        pk__in=list(kept.values_list("pk", flat=True)[MAX_FACTS:])
    ).delete()
    return added


def _count(
    summary: SessionSummary, analysis: Analysis, move: Move, produced: Iterable[str]
) -> None:
    summary.turns += 1
    summary.right_turns += analysis.clean
    summary.words_said += len(words(analysis.text))
    if move.kind in _BRINGS_WORDS and move.item is not None:
        summary.items = list(dict.fromkeys([*summary.items, move.item.text]))
    summary.produced = list(dict.fromkeys([*summary.produced, *produced]))
    mistakes = dict(summary.mistakes)
    for finding in analysis.findings:
        mistakes[finding.category] = mistakes.get(finding.category, 0) + 1
    summary.mistakes = mistakes


def _facts_to_mention(learner_id: int, l2: str) -> tuple[str, ...]:
    if not remembers_facts(learner_id=learner_id):
        return ()
    facts = LearnerFact.objects.filter(learner_id=learner_id, l2=l2)
    return tuple(facts.values_list("text", flat=True))


def _known(row: ErrorLedgerEntry) -> KnownError:
    return KnownError(**{name: getattr(row, name) for name in _ENTRY_FIELDS})
