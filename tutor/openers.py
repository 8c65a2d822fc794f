"""What the tutor says at once, while a model is still looking for words.

People react before they know what to say. So does the tutor, in about two turns of three: a
few neutral, ready-made words, never the same twice within six turns, and nothing where they
could sound evasive, cold or cheerful at the wrong time. Which turns and which words depends
on the learner's words, their place in the talk and what was said lately, never on chance.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from zlib import crc32

from .gates.reading import Reading, read
from .history import PastTurn
from .languages.function_words import primary
from .languages.openers import MOST_WORDS, QUESTION, SHORT, OpenerSet, opener_set
from .languages.template_reader import Bands
from .languages.templates import of_band, template_set
from .last_resort import note
from .learner import Learner, LearnerTurn
from .moves import Move, MoveKind
from .policy.situations import Situation
from .wording.content import is_sad
from .wording.joining import reacts, without_reaction
from .wording.speakable import words_of

# An opener does not come back within so many turns.
UNTIL_AGAIN: Final = 6
# One turn of three has none.
_THIRDS: Final = 3
_SILENT: Final = 1
# Fewer words tell nothing to react to; a question of no more is none to think about.
_FEWEST_WORDS: Final = 3
# Words that many openers share are no likeness.
_SMALL: Final = 2
# The last two replies are those that an opener must not sound like.
_NEAR: Final = 2
_SAD = "sad"
_ORDINARY = frozenset({"", Situation.REPAIR, Situation.OFF_TOPIC})


@dataclass(frozen=True, slots=True)
class Opener:
    """``text`` is heard first; what follows it is no second reaction."""

    text: str
    language: str
    situation: str = ""

    def followed_by(self, words: str) -> str:
        """Return words as they follow, ``""`` if they are nothing but a reaction."""
        return without_reaction(words, self.language, self.situation)

    def is_doubled_in(self, words: str) -> bool:
        """Return whether words react once more further on."""
        return reacts(words, self.language, self.situation)


def fitting_openers(
    turn: LearnerTurn,
    move: Move,
    learner: Learner,
    past: Sequence[PastTurn],
    history: Iterable[tuple[str, str]],
    *,
    eager: bool = False,
) -> list[Opener]:
    """Return what may be said at once, the best first; nothing if finding it fails.

    ``past`` are the turns before this one, with their openers; ``history`` is as the model
    reads it, so that nothing sounds like the replies that it has. ``eager``: the model is
    slow, so as often as something fits.
    """
    own = [before.opener for before in past[-UNTIL_AGAIN:]]
    replies = [text for role, text in history if role == "assistant"]
    try:
        said = [*own, *replies[-UNTIL_AGAIN:]]
        return openers(turn, move, learner, past, said, eager=eager)
    except Exception as error:  # noqa: BLE001 the answer does not need one
        note(error)
        return []


def openers(
    turn: LearnerTurn,
    move: Move,
    learner: Learner,
    past: Sequence[PastTurn],
    said: Sequence[str],
    *,
    eager: bool = False,
) -> list[Opener]:
    """Return what may be said at once, the best first; nothing in one turn of three.

    ``past`` are the turns before this one, ``said`` the latest replies or their beginnings,
    the oldest first. ``eager``: that turn has some, too, and so have short turns and
    questions that are answered without any otherwise.
    """
    found = opener_set(learner.l2)
    chance = crc32(f"{len(past)} {turn.text}".encode())
    is_silent = chance % _THIRDS == _SILENT and not eager
    if found is None or is_silent or _was_grave(past):
        return []
    situation, bands = _fitting(turn, move, learner, found)
    place = chance // _THIRDS
    ranked = _ranked(of_band(bands, learner.level), said, place)
    if eager and not ranked:
        bands = _hurried(turn, move, found)
        ranked = _ranked(of_band(bands, learner.level), said, place)
    return [Opener(text, learner.l2, situation) for text in ranked]


def _ranked(texts: Sequence[str], said: Sequence[str], first: int) -> list[str]:
    """Return what does not come back too soon, the least like the last replies first."""
    lately = [tuple(words_of(reply)[:MOST_WORDS]) for reply in said]
    ranked = []
    for place, text in enumerate(texts):
        words = tuple(words_of(text))
        if any(one[: len(words)] == words for one in lately):
            continue
        alike = sum(len(_telling(words) & _telling(one)) for one in lately[-_NEAR:])
        ranked.append((alike, (place - first) % len(texts), text))
    return [text for *_, text in sorted(ranked)]


def _fitting(
    turn: LearnerTurn, move: Move, learner: Learner, found: OpenerSet
) -> tuple[str, Bands]:
    """Return the situation that openers are for, and those that fit."""
    templates = template_set(learner.l2)
    named = found.situations.get(move.kind, {})
    reading = read(turn.text, primary(learner.l2))
    if templates is not None and is_sad(turn.text, templates.words):
        return _SAD, named.get(_SAD, {})
    if move.situation in named:
        is_question = move.situation == Situation.QUESTION
        if is_question and _is_small_talk(reading, found):
            return "", {}
        return move.situation, named[move.situation]
    tells = move.situation in _ORDINARY and "?" not in turn.text
    if tells and reading.words >= _FEWEST_WORDS:
        return "", found.moves.get(move.kind, {})
    return "", {}


def _hurried(turn: LearnerTurn, move: Move, found: OpenerSet) -> Bands:
    """Return what fits where nothing else does, rather than a silence."""
    if move.kind is MoveKind.ANSWER and move.situation == Situation.QUESTION:
        return found.hurried.get(QUESTION, {})
    tells = move.situation in _ORDINARY and "?" not in turn.text
    return found.hurried.get(SHORT, {}) if tells and move.kind in found.moves else {}


def _is_small_talk(reading: Reading, found: OpenerSet) -> bool:
    """Whether nobody would have to think about a question ("How are you?")."""
    words = {token.text for token in reading.tokens}
    return reading.words <= _FEWEST_WORDS or not found.to_tutor.isdisjoint(words)


def _was_grave(past: Sequence[PastTurn]) -> bool:
    """Whether the tutor had to care for the learner just before."""
    return bool(past) and past[-1].move is MoveKind.CARE


def _telling(words: Sequence[str]) -> set[str]:
    return {word for word in words if len(word) > _SMALL}
