"""Whether a reply leaves the word to the learner."""

from __future__ import annotations

from .move_lists import MoveLists
from .reading import Reading

_ELLIPSES = ("…", "...")


def invites(reading: Reading, lists: MoveLists) -> bool:
    """Return whether a reply asks, breaks off for the learner, or tells them to go on."""
    if any(sentence.asks for sentence in reading.sentences):
        return True
    if any(sign in reading.text for sign in _ELLIPSES):
        return True
    return any(lists.cues.find(reading.tokens)) or any(lists.again.find(reading.tokens))
