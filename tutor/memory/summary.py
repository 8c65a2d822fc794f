"""Past sessions in a few sentences, by rule: for the prompt of the next talk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

SESSIONS_TOLD = 3
_MOST_NAMED = 4


@dataclass(frozen=True, slots=True)
class PastSession:
    """One session: figures and lists. ``mistakes`` counts by category.

    ``started_at`` is for pages; summaries tell no dates.
    """

    topic: str = ""
    minutes: float = 0.0
    turns: int = 0
    right_turns: int = 0
    items: tuple[str, ...] = ()
    produced: tuple[str, ...] = ()
    mistakes: Mapping[str, int] = field(default_factory=dict)
    started_at: datetime | None = None


def rolling_summary(latest_first: Sequence[PastSession]) -> str:
    """Return the last sessions in English, at most four sentences; ``""`` without any."""
    told = [session for session in latest_first[:SESSIONS_TOLD] if session.turns]
    if not told:
        return ""
    sentences = [_topics(told)]
    turns = sum(session.turns for session in told)
    right = sum(session.right_turns for session in told)
    sentences.append(f"{right} of {turns} turns had no mistake.")
    worked_on: Counter[str] = Counter()
    for session in told:
        worked_on.update(session.mistakes)
    if worked_on:
        named = [name.replace("_", " ") for name, _ in worked_on.most_common(2)]
        sentences.append(f"Most mistakes: {' and '.join(named)}.")
    used = _unique(word for session in told for word in session.produced)
    met = _unique(word for session in told for word in session.items)
    unused = [word for word in met if word not in used]
    if used or unused:
        sentences.append(_words(used, unused))
    return " ".join(sentences)


def _topics(told: Sequence[PastSession]) -> str:
    topics = _unique(session.topic or "free talk" for session in told)
    count = "The last session" if len(told) == 1 else f"The last {len(told)} sessions"
    minutes = max(1, round(sum(session.minutes for session in told)))
    return f"{count} ({minutes} min): {'; '.join(topics)}."


def _words(used: Sequence[str], unused: Sequence[str]) -> str:
    parts = []
    if used:
        parts.append(f"Words used: {', '.join(used[:_MOST_NAMED])}")
    if unused:
        parts.append(f"met but not used: {', '.join(unused[:_MOST_NAMED])}")
    text = "; ".join(parts)
    return f"{text[:1].upper()}{text[1:]}."


def _unique(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))
