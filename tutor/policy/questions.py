"""Whether the learner asks, and for what: a word, a meaning, once more, or simply something."""

from __future__ import annotations

import re

from .heard import Heard, words_of

_ASKED = re.compile(r"[^.!?…。！？]+[?？؟]+")


def asks_how_to_say(heard: Heard) -> bool:
    """The learner misses a word and asks for it, in either language."""
    return heard.has("how_to_say") or heard.has_in_l1("how_to_say")


def asks_for_meaning(heard: Heard) -> bool:
    """The learner asks what a word means."""
    return heard.has("meaning")


def asks_to_repeat(heard: Heard) -> bool:
    """The learner did not catch or follow the tutor."""
    return heard.has("repeat")


def asks_tutor(heard: Heard) -> bool:
    """The turn holds a question that wants an answer; tags such as "right?" do not."""
    for asked in _ASKED.findall(heard.turn.text):
        last = asked.rpartition(",")[2]
        if _is_tag(heard, last) and not _opens(heard, asked):
            continue
        if len(words_of(asked)) >= 2:
            return True
    return heard.has("question")


def _is_tag(heard: Heard, text: str) -> bool:
    return heard.l2 is not None and heard.l2.is_whole("tag", " ".join(words_of(text)))


def _opens(heard: Heard, asked: str) -> bool:
    plain = " ".join(words_of(asked))
    return heard.l2 is not None and heard.l2.find("question", plain) is not None
