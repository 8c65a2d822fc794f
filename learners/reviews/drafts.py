"""A card as it should be, made from what it is about; nothing here reads the database."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from tutor.exercises import SoundPair

from ..models import ReviewCard

MAX_CHARS = 400
_SOURCE_CHARS = 80
GAP = "____"
# Stands in a pattern for words of one's own.
_OPEN = "…"
_LETTERS = re.compile(r"[\w'’]+")
_KIND = ReviewCard.Kind


@dataclass(frozen=True, slots=True)
class Draft:
    """What a card asks and answers. ``source`` is the same for the same thing.

    ``data`` is for the page: ``clue``, a sentence with a gap; ``example``; ``said``, what
    the voice says of the answer if that is not ``back``; ``wanted`` words that a free answer has; ``words`` of a
    contrast; ``met`` where it was met.
    """

    kind: str
    source: str
    front: str
    back: str
    data: dict[str, Any] = field(default_factory=dict)


def word_draft(
    text: str, *, meaning: str, example: str, met: dict[str, str]
) -> Draft | None:
    """Return a card that asks for a word by its meaning or by a sentence with a gap.

    None where nothing would tell which word is wanted.
    """
    clue = with_gap(example, text)
    if not meaning and not clue:
        return None
    return _draft(
        _KIND.WORD,
        name=text,
        front=meaning or clue,
        back=text,
        data={
            "clue": clue if meaning else "",
            "example": example,
            "met": met,
        },
    )


def pattern_draft(
    pattern: str, *, note: str, example: str, met: dict[str, str]
) -> Draft:
    """Return a card that asks how something is said, with a pattern of a lesson."""
    pieces = fixed_pieces(pattern)
    clue = example
    for piece in pieces:
        clue = with_gap(clue, piece) or clue
    return _draft(
        _KIND.PATTERN,
        name=pattern,
        front=note,
        back=pattern,
        data={
            "clue": clue if clue != example else "",
            "example": example,
            "said": example,
            "wanted": pieces,
            "met": met,
        },
    )


def contrast_draft(pair: SoundPair) -> Draft:
    """Return a card on which one of two words is heard, told apart and said."""
    words = [pair.word, pair.other_word]
    return _draft(
        _KIND.CONTRAST,
        name=f"{pair.sound}/{pair.other_sound}:{'/'.join(words)}",
        front=" / ".join(words),
        back=pair.word,
        data={
            "words": words,
            "sounds": [pair.sound, pair.other_sound],
            "met": {},
        },
    )


def sentence_draft(
    key: str, *, sentence: str, corrected: str, said: str, better: str
) -> Draft:
    """Return a card that asks to say right what the learner once said wrong."""
    return _draft(
        _KIND.SENTENCE,
        name=hashlib.sha256(key.encode()).hexdigest()[:32],
        front=sentence,
        back=corrected,
        data={"wrong": said, "right": better, "met": {}},
    )


def with_gap(sentence: str, words: str) -> str:
    """Return a sentence with these words left out; ``""`` where they are not in it.

    A form with another ending counts, if the word is long enough to be known by its
    beginning.
    """
    bare = words.strip(" .,!?;:¿¡")
    if not sentence or not bare:
        return ""
    ending = r"\w{0,3}" if len(bare) > 3 and " " not in bare else ""
    pattern = rf"(?<!\w){re.escape(bare)}{ending}(?!\w)"
    found, n = re.subn(pattern, GAP, sentence, flags=re.IGNORECASE)
    return found if n and found.strip(" .,!?;:¿¡") != GAP else ""


def fixed_pieces(pattern: str) -> list[str]:
    """Return the words of a pattern that stay the same, the longest run first."""
    pieces = [
        one.strip(" .,!?;:¿¡") for one in pattern.replace("...", _OPEN).split(_OPEN)
    ]
    return sorted(
        (one for one in pieces if _LETTERS.search(one)), key=len, reverse=True
    )


def in_turn(groups: Iterable[list[Draft]]) -> list[Draft]:
    """Return drafts of several kinds mixed, so that no day brings one kind alone."""
    left = [list(group) for group in groups if group]
    mixed: list[Draft] = []
    while left:
        mixed += [group.pop(0) for group in left]
        left = [group for group in left if group]
    return mixed


def source_of(kind: str, name: str) -> str:
    """Return the name of what a card is made from; long ones are cut to their hash."""
    folded = " ".join(name.split()).casefold()
    source = f"{kind}:{folded}"
    if len(source) <= _SOURCE_CHARS:
        return source
    return f"{kind}:#{hashlib.sha256(folded.encode()).hexdigest()[:40]}"


def _draft(
    kind: str, *, name: str, front: str, back: str, data: dict[str, Any]
) -> Draft:
    return Draft(
        kind=str(kind),
        source=source_of(str(kind), name),
        front=" ".join(front.split())[:MAX_CHARS],
        back=" ".join(back.split())[:MAX_CHARS],
        data={key: value for key, value in data.items() if value},
    )
