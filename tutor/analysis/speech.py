"""Whether a proposed change is a mistake of somebody who speaks.

Only what was surely heard and can't be said so is one: see ``hearing`` for what makes no
difference to the ear, ``fluency`` for what speakers take back themselves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from tutor.learner import HeardWord, LearnerTurn

from .edit import Edit
from .hearing import same_when_heard, tokens
from .speech_data import SpeechData

# Below this the recogniser may have made the mistake itself.
SURE_CONFIDENCE = 0.6

# ERRANT's kinds that are of writing only.
_WRITTEN = frozenset({"SPELL", "ORTH", "PUNCT", "SPACE"})
# Another writing of a contraction; one that is missing ("that good") is a missing word.
_CONTRACTION = "R:CONTR"
_MISSING_ARTICLE = "M:DET"
# Whoever adds so many words tells another story.
_LONGEST_ADDITION = 3
_SENTENCE_ENDS = frozenset(".!?…")
# What a short answer leaves out at its beginning.
_ELLIPSIS = frozenset(
    {"i", "we", "it", "that", "this", "there", "am", "is", "are", "was", "were", "do"}
    | {"have", "the", "a", "my", "'m", "'s", "'re", "'ve"}
)


def is_spoken_mistake(edit: Edit, text: str, data: SpeechData) -> bool:
    """Return whether a change of ``text`` is more than writing, dialect or ellipsis."""
    if edit.type.partition(":")[2] in _WRITTEN or edit.type == _CONTRACTION:
        return False
    if same_when_heard(text, edit.applied(text), data):
        return False
    if same_when_heard(edit.said(text), edit.better, data):
        return False
    if edit.type == _MISSING_ARTICLE and text[edit.end :].lstrip()[:1].isupper():
        # Whether a name takes an article is for those to say who know the name.
        return False
    if _is_free_choice(edit, text, data):
        return False
    return not _completes_an_answer(edit, text)


def heard_apart(found: Sequence[Edit], text: str, data: SpeechData) -> list[Edit]:
    """Return the changes without neighbours that cancel out: ``its`` is ``it is``."""
    kept = list(found)
    for left, right in pairwise(found):
        if right.start - left.end > 1:
            continue
        both = left.applied(right.applied(text))
        if same_when_heard(text, both, data):
            kept = [edit for edit in kept if edit not in (left, right)]
    return kept


def surely_heard(edit: Edit, start: int, end: int, turn: LearnerTurn) -> bool:
    """Return whether the recogniser was sure of the words that a change is about.

    ``start`` and ``end`` are the change's place in the turn's text. The words on both sides
    count too: what a change is about depends on them, and a missing word may have been
    said and not heard.
    """
    if not turn.spoken or not turn.words:
        return True
    inside = [word for word in turn.words if word.start < end and word.end > start]
    if start < end and not inside:
        return False
    needed = [*inside, *_neighbours(turn.words, start, end)]
    return all(word.confidence >= SURE_CONFIDENCE for word in needed)


def _neighbours(words: Sequence[HeardWord], start: int, end: int) -> list[HeardWord]:
    before = [word for word in words if word.end <= start]
    after = [word for word in words if word.start >= end]
    return before[-1:] + after[:1]


def _is_free_choice(edit: Edit, text: str, data: SpeechData) -> bool:
    """Return whether words are added or left out that speakers may say or leave out."""
    old = Counter(token.text for token in tokens(edit.said(text)))
    new = Counter(token.text for token in tokens(edit.better))
    added, removed = new - old, old - new
    if not added and not removed:
        return False
    if sum(added.values()) - sum(removed.values()) > _LONGEST_ADDITION:
        return True
    if set(added) | set(removed) <= data.spare:
        return True
    return not added and set(removed) <= data.emphatic


def _completes_an_answer(edit: Edit, text: str) -> bool:
    """Return whether words are added only to make a full sentence of a short answer.

    ``Was great.`` and ``At home.`` are good answers. ``Is good.`` is not English speech, so
    that a subject that is missing before ``is`` stays a mistake.
    """
    added = {token.text for token in tokens(edit.better)}
    added -= {token.text for token in tokens(edit.said(text))}
    if not added or not added <= _ELLIPSIS:
        return False
    if edit.start < edit.end and len(tokens(edit.said(text))) > len(
        tokens(edit.better)
    ):
        return False
    before = text[: edit.start].rstrip(' "')
    if before and before[-1] not in _SENTENCE_ENDS:
        return False
    follows = [token.text for token in tokens(text[edit.start :])][:1]
    return follows not in (["is"], ["are"], ["am"])
