"""What can be told about a turn before its meaning: unclear, unfinished, repaired, foreign."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

from tutor.languages.function_words import primary
from tutor.learner import Learner

from .heard import Heard, common_words

# A recogniser gives clear speech about 0.9; below this its words are mostly guesses.
_UNCLEAR_MEAN = 0.45
# Short answers get low figures even when they are right.
_UNCLEAR_SHORT = 0.3
_SHORT_WORDS = 2
# A longer beginning is a clause of its own, and the next one may have the same subject.
_FALSE_START = 4
# Whoever says more than this after a goodbye has not left yet.
_AFTER_GOODBYE = 6
_DASHED_END = re.compile(r"(?:\.\.\.|…|[-–—])\s*$")
_AGAIN = re.compile(r"(?:\.{2,}|[…,–—]|\s-)\s*")


def is_silent(heard: Heard) -> bool:
    """Nothing was said, or nothing but thinking sounds."""
    return not heard.words or heard.is_only("hesitation")


def is_unclear(heard: Heard) -> bool:
    """The recogniser was too unsure of the whole turn to make anything of it."""
    figures = [word.confidence for word in heard.turn.words]
    if not figures:
        return False
    least = _UNCLEAR_SHORT if len(figures) <= _SHORT_WORDS else _UNCLEAR_MEAN
    return sum(figures) / len(figures) < least


def is_unfinished(heard: Heard) -> bool:
    """The turn breaks off: the learner is still looking for words."""
    # Who types likes to end with dots; a recogniser writes them where the voice trails off.
    if heard.turn.spoken and _DASHED_END.search(heard.turn.text):
        return True
    last = heard.plain.rpartition("\n")[2]
    ended = heard.turn.text.rstrip()[-1:] in "!?"
    found = heard.l2.find("unfinished", last) if heard.l2 else None
    return not ended and len(last.split()) > 1 and found is not None


def is_repaired(heard: Heard) -> bool:
    """The learner corrected what was just said: "I go, I went", "no, I mean ..."."""
    found = heard.l2.find("repair", heard.plain) if heard.l2 else None
    return bool(found and found.start()) or _starts_again(heard)


def _starts_again(heard: Heard) -> bool:
    """Whether a subject and its word are said anew after a break."""
    pattern = heard.l2.groups.get("restart") if heard.l2 else None
    if pattern is None:
        return False
    parts = [part.split() for part in _AGAIN.split(heard.turn.text.casefold()) if part]
    for before, after in pairwise(parts):
        if not 2 <= len(before) <= _FALSE_START or len(after) < 2:
            continue
        if before[-2:] == after[:2]:
            continue
        if before[-2] == after[0] and pattern.fullmatch(after[0]):
            return True
    return False


def says_goodbye(heard: Heard) -> bool:
    """The learner takes leave: a sentence says so, and little comes after it."""
    lines = heard.plain.split("\n")
    for place, line in enumerate(lines):
        if any(
            phrases is not None and phrases.find("goodbye", line)
            for phrases in (heard.l2, heard.l1)
        ):
            after = sum(len(later.split()) for later in lines[place + 1 :])
            if after <= _AFTER_GOODBYE:
                return True
    return False


def is_sad(heard: Heard) -> bool:
    """The learner tells of a loss, an illness or grief of their own; stories do not count."""
    return heard.l2 is not None and heard.l2.tells("sad", heard.plain)


def speaks_first_language(heard: Heard, learner: Learner) -> bool:
    """The turn is in the learner's own language, or in another that is not taught here."""
    if primary(learner.l1) == primary(learner.l2):
        return False
    if _is_foreign_script(heard):
        return True
    taught, own = common_words(learner.l2), common_words(learner.l1)
    here = sum(word in taught and word not in own for word in heard.words)
    there = sum(word in own and word not in taught for word in heard.words)
    if there and there == len(heard.words):
        return True
    if there >= 2 and there > 2 * here:
        return True
    language = primary(heard.turn.language) if heard.turn.language else ""
    if not language or language == primary(learner.l2):
        return False
    # Detection errs on short and on accented speech: clear words of the lesson's language
    # count for more.
    return len(heard.words) >= 2 and (here == 0 or there >= here)


def _is_foreign_script(heard: Heard) -> bool:
    """Languages taught so far are all written with Latin letters."""
    letters = [sign for sign in heard.plain if sign.isalpha()]
    foreign = sum("LATIN" not in unicodedata.name(sign, "LATIN") for sign in letters)
    return bool(letters) and 2 * foreign > len(letters)
