"""The first clause of a reply in two pieces, so that the first of them is heard sooner.

For voices that take long: cut is only where people would stop as well, behind a comma or in
front of a word that joins two parts of a sentence.
"""

from __future__ import annotations

import re

from .budget import Step
from .context import TurnContext

# Shorter clauses gain nothing; a piece of fewer letters would sound torn off.
WORTH_CHARS = 30
FEWEST_BEFORE_PAUSE = 4
FEWEST_BEFORE_JOINT = 12
FEWEST_AFTER = 8

_PAUSE = re.compile(r"[,;:\u3001\uff0c](?=\s)")
_JOINTS = {
    "en": "and but or because so when if that which who where while",
    "es": "y e pero o porque que cuando si donde mientras",
    "fr": "et mais ou parce quand si qui que o\u00f9 pendant",
    "de": "und aber oder weil dass wenn denn wo w\u00e4hrend",
}
_JOINT = {
    language: re.compile(rf"(?<=\s)(?:{'|'.join(words.split())})(?=\s)", re.IGNORECASE)
    for language, words in _JOINTS.items()
}


def pieces_at(ctx: TurnContext, clause: str) -> list[str]:
    """Return the first clause of a reply as it is spoken at the turn's pace."""
    if Step.SHORT_CLAUSE not in ctx.pace:
        return [clause]
    return in_pieces(clause, ctx.language)


def in_pieces(clause: str, language: str) -> list[str]:
    """Return a clause in two pieces where it can be parted, else as it is."""
    if len(clause) < WORTH_CHARS:
        return [clause]
    places = [
        match.end()
        for match in _PAUSE.finditer(clause)
        if match.start() >= FEWEST_BEFORE_PAUSE
    ]
    joint = _JOINT.get(language.split("-")[0])
    if joint is not None:
        places += [
            match.start()
            for match in joint.finditer(clause)
            if match.start() >= FEWEST_BEFORE_JOINT
        ]
    fitting = [place for place in places if len(clause) - place > FEWEST_AFTER]
    if not fitting:
        return [clause]
    place = min(fitting)
    return [clause[:place].strip(), clause[place:].strip()]
