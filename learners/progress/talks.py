"""The talks whose words were checked for mistakes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ..models import SessionSummary


@dataclass(frozen=True, slots=True)
class CheckedTalk:
    """One talk: what it was about, and its mistakes by kind."""

    session: UUID
    topic: str
    started_at: datetime
    words: int
    mistakes: Mapping[str, int]


def talks_with_mistakes(*, learner_id: int, l2: str) -> list[CheckedTalk]:
    """Return the talks in a language that hold words of the learner, latest first."""
    rows = SessionSummary.objects.filter(learner_id=learner_id, l2=l2, words_said__gt=0)
    return [
        CheckedTalk(
            row.session, row.topic, row.started_at, row.words_said, dict(row.mistakes)
        )
        for row in rows
    ]
