"""Corrections that rules still fault: "more cheaper" in place of "more cheap".

A model may correct half of a mistake, or make one. So the rules read the sentence once more
with all corrections in it. What they fault there and did not fault before came with a
correction: beside it, the rule completes the correction, else the correction is dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from tutor.findings import Evidence

from .edit import Edit, replaced
from .hearing import same_when_heard
from .speech_data import SpeechData

Claim = tuple[Edit, Evidence]
Rules = Callable[[str], Sequence[Edit]]

# A rule's words are beside a correction if nothing but a space is between them.
_BESIDE = 1


@dataclass(frozen=True, slots=True)
class _Tried:
    """A text with changes in it, and where each of them stands there.

    ``moved`` is by how many characters what stands behind each change was moved.
    """

    text: str
    places: tuple[tuple[int, int], ...]
    moved: tuple[int, ...]


def without_faults(
    claims: Sequence[Claim], text: str, rules: Rules, data: SpeechData
) -> tuple[list[Claim], bool]:
    """Return the claims that rules have nothing against, and whether any was dropped."""
    kept = sorted(claims, key=lambda claim: (claim[0].start, claim[0].end))
    before = rules(text)
    completed: list[Edit] = []
    dropped = False
    # Each claim is completed once at most, then dropped.
    for _ in range(2 * len(kept)):
        edits = [edit for edit, _ in kept]
        tried = _tried(edits, text)
        found = _first_fault(edits, tried, before, rules(tried.text))
        if found is None:
            break
        fault, index = found
        better = None
        if edits[index] not in completed:
            better = _completed(edits, index, text, tried, fault, before)
        if better is None or same_when_heard(text, better.applied(text), data):
            del kept[index]
            dropped = True
        else:
            kept[index] = (better, Evidence.BOTH)
            completed.append(better)
    return kept, dropped


def _tried(edits: Sequence[Edit], text: str) -> _Tried:
    """Return the text with all changes, given in their order."""
    places = []
    moved = [0]
    for edit in edits:
        n_before = len(text)
        start, end = edit.start + moved[-1], edit.end + moved[-1]
        if not edit.better and text[end : end + 1] == " ":
            # Rules look for one space between words.
            end += 1
        text = replaced(text, start, end, edit.better)
        grown = len(text) - n_before
        places.append((start, end + grown))
        moved.append(moved[-1] + grown)
    return _Tried(text, tuple(places), tuple(moved[1:]))


def _first_fault(
    edits: Sequence[Edit], tried: _Tried, before: Sequence[Edit], after: Sequence[Edit]
) -> tuple[Edit, int] | None:
    """Return what came with a change, and the number of the nearest one."""
    known = {
        (_moved(rule.start, edits, tried), rule.better)
        for rule in before
        if not any(rule.meets(edit) for edit in edits)
    }
    for fault in after:
        if (fault.start, fault.better) not in known:
            apart = [_apart(fault, place) for place in tried.places]
            return fault, apart.index(min(apart))
    return None


def _moved(at: int, edits: Sequence[Edit], tried: _Tried) -> int:
    """Return where a place of the text that no change touches is in the tried one."""
    n_before = sum(edit.end <= at for edit in edits)
    return at + (tried.moved[n_before - 1] if n_before else 0)


def _apart(fault: Edit, place: tuple[int, int]) -> int:
    return max(0, fault.start - place[1], place[0] - fault.end)


def _completed(
    edits: Sequence[Edit],
    index: int,
    text: str,
    tried: _Tried,
    fault: Edit,
    before: Sequence[Edit],
) -> Edit | None:
    """Return a change with the rule's remedy in it; None if they don't make one."""
    edit, others = edits[index], [*edits[:index], *edits[index + 1 :]]
    # What the rule says of the learner's own words is better than of the model's.
    better = next((rule for rule in before if rule.meets(edit)), None)
    if better is None and _apart(fault, tried.places[index]) <= _BESIDE:
        better = _joined(edit, index, tried, fault)
    if better is None or any(better.meets(other) for other in others):
        return None
    # Both sides the same: the rule takes the change back.
    return None if better.said(text) == better.better else better


def _joined(edit: Edit, index: int, tried: _Tried, fault: Edit) -> Edit:
    """Return one change of the learner's words for a correction and the rule's after it."""
    start, end = tried.places[index]
    first, last = min(start, fault.start), max(end, fault.end)
    remedied = _tried([fault], tried.text).text
    return replace(
        edit,
        start=first - (tried.moved[index - 1] if index else 0),
        end=last - tried.moved[index],
        better=remedied[first : last + len(remedied) - len(tried.text)].strip(),
        category=fault.category,
    )
