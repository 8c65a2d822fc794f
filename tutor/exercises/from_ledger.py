"""Exercises made by rules from a learner's own sentences."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.history import LedgerEntry
from tutor.learner import Learner

from .changes import Change, change_of, tidied
from .pieces import pieces_of, shuffled
from .schema import GAP, NO_WORD, Exercise, GapFill, Reorder, Shadowing, Transform


def from_entry(entry: LedgerEntry, learner: Learner) -> Iterator[Exercise]:
    """Yield what one known error gives, unchecked; no gap where the change can't be told."""
    change = change_of(entry)
    if change is not None:
        yield _gap_fill(change, entry, learner)
    yield _transform(change, entry, learner)
    better = tidied(entry.better)
    reorder = reordered(better, source(entry), learner, entry.category)
    if reorder is not None:
        yield reorder
    yield Shadowing(
        prompt=better,
        solution=better,
        level=learner.level,
        l2=learner.l2,
        source=source(entry),
        category=entry.category,
    )


def source(entry: LedgerEntry) -> str:
    """Return an entry's name as the source of an exercise."""
    return f"ledger:{entry.key}"


def with_gap(
    sentence: str, start: int, end: int, said: str, better: str
) -> tuple[str, str, tuple[str, ...]]:
    """Return the prompt, the solution and the choices for a gap at ``start``..``end``.

    The two choices are what is right and what the learner said: of other words nobody
    knows here whether they would be right, too.
    """
    before, after = sentence[:start], sentence[end:]
    left = " " if before and not before[-1].isspace() and start == end else ""
    right = " " if after[:1].isalnum() else ""
    prompt = f"{before}{left}{GAP}{right}{after}"
    opens = not before.strip()
    solution = better or NO_WORD
    other = said or NO_WORD
    if opens and other != NO_WORD:
        other = other[0].upper() + other[1:]
    elif not opens and said and not better[:1].isupper() and said != "I":
        other = said[0].lower() + said[1:]
    if opens and not better and after.strip():
        # The word behind the gap has its capital only because the gap is empty.
        follows = after.lstrip()
        prompt = f"{GAP} {follows[0].lower()}{follows[1:]}"
    return prompt, solution, tuple(sorted((solution, other), key=str.casefold))


def reordered(
    sentence: str, about: str, learner: Learner, category: str = ""
) -> Reorder | None:
    """Return a sentence as pieces to be ordered, None where it has no pieces."""
    pieces = pieces_of(sentence, learner.l2)
    if len(pieces) < 2:
        return None
    return Reorder(
        prompt="",
        solution=sentence,
        pieces=shuffled(pieces, about),
        level=learner.level,
        l2=learner.l2,
        source=about,
        category=category,
    )


def _gap_fill(change: Change, entry: LedgerEntry, learner: Learner) -> GapFill:
    prompt, solution, choices = with_gap(
        change.sentence, change.start, change.end, change.said, change.better
    )
    return GapFill(
        prompt=prompt,
        solution=solution,
        choices=choices,
        level=learner.level,
        l2=learner.l2,
        source=source(entry),
        category=entry.category,
        wrong=change.said,
    )


def _transform(
    change: Change | None, entry: LedgerEntry, learner: Learner
) -> Transform:
    return Transform(
        prompt=tidied(entry.example),
        solution=tidied(entry.better),
        level=learner.level,
        l2=learner.l2,
        source=source(entry),
        category=entry.category,
        wrong=change.said if change else "",
        point=change.better if change else "",
    )
