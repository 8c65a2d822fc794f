"""Wrong words that are no mistake: a learner speaks about them or takes them back at once.

"Why do we say lost and not losed?" is right, and so is who goes on "people was, people were".
How people speak about words is data (``mentions`` of the language); that something was taken
back shows in the right words behind it.
"""

from __future__ import annotations

from .edit import Edit
from .hearing import Token, tokens
from .speech_data import SpeechData

# So many words may stand between a mistake and the new start: "she have a dog, she has".
_CARRIED_ON = 4
# The break stands before the new start, or before its subject: "want go, I want to go".
_SUBJECT = 1
_BREAKS = frozenset(",;:.-–—…")


def is_no_use(edit: Edit, text: str, data: SpeechData) -> bool:
    """Return whether the words of a change are not used by the speaker as they stand."""
    return _is_mentioned(edit, text, data) or _is_taken_back(edit, text, data)


def _is_mentioned(edit: Edit, text: str, data: SpeechData) -> bool:
    return any(
        match.start("x") <= edit.start and edit.end <= match.end("x")
        for pattern in data.mentions
        for match in pattern.finditer(text)
    )


def _is_taken_back(edit: Edit, text: str, data: SpeechData) -> bool:
    """Return whether the right words follow where the wrong ones broke off.

    The new start is the right words themselves, with what stood before the mistake or, where
    nothing replaces it, with what stood on both sides.
    """
    words = tokens(text)
    before = [word.text for word in words if word.end <= edit.start][-1:]
    after = [word for word in words if word.start >= edit.end]
    right = [word.text for word in tokens(edit.better)]
    follows = [word.text for word in after[:1]]
    wanted = [[*before, *right, *follows]]
    if right and edit.start < edit.end:
        wanted = [right, [*before, *right], [*right, *follows]]
    return any(
        _starts_with(after[at:], phrase, data)
        and _breaks_before(text, edit, after[: at + 1], data)
        for phrase in wanted
        for at in range(min(_CARRIED_ON + 1, len(after)))
        # One word is a new start only if it is the right one and follows at once.
        if len(phrase) > 1 or (right and at == 0)
    )


def _starts_with(words: list[Token], phrase: list[str], data: SpeechData) -> bool:
    """Return whether words begin with a phrase, behind fillers and words of repair."""
    said = [word.text for word in words if word.text not in data.fillers]
    for marker in data.repair:
        if tuple(said[: len(marker)]) == marker:
            said = said[len(marker) :]
            break
    return bool(phrase) and said[: len(phrase)] == phrase


def _breaks_before(text: str, edit: Edit, words: list[Token], data: SpeechData) -> bool:
    """Return whether the speaker broke off before the last of the words.

    A word that joins clauses behind the break begins another thought.
    """
    ends = [edit.end, *(word.end for word in words)]
    for back in range(min(_SUBJECT + 1, len(words))):
        at = len(words) - 1 - back
        if _BREAKS.intersection(text[ends[at] : words[at].start]):
            joining = data.words.get("connector", frozenset())
            return not any(word.text in joining for word in words[at:])
    return False
