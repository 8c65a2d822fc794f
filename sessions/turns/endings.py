"""How a learner's words end: in the middle of a clause, with an answer, with neither."""

from __future__ import annotations

import re
from enum import StrEnum

from .asked import Asked
from .turn_words import Phrase, TurnWords, words_of

# As long as a lone answer may be: to a yes-no question or with a number, a name, a thing.
_ANSWER_WORDS = 4
_NAME_WORDS = 3
_FEW_WORDS = 2
# Of fewer words the last one is not guessed at because it was cut short.
_GUESSED_WORDS = 3
_GUESSED_BELOW = 0.6
# A clause that another one follows is no longer than this by itself.
_CLAUSE_WORDS = 7
_SENTENCE_END = re.compile(r"[.!?…]+\s+")


class Ending(StrEnum):
    """How the words end, the most unfinished first."""

    # "I went to the", "because", "un", "I went..."
    MID_CLAUSE = "mid_clause"
    # "and um"
    FILLER = "filler"
    # The recogniser is not sure of the last word: it may have been cut short.
    GUESSED = "guessed"
    # "I I"
    RESTART = "restart"
    # "my name is", "five five", "when I was small"; a comma at the end
    MAY_GO_ON = "may_go_on"
    # Nothing is known of the words, or nothing of the language.
    UNKNOWN = "unknown"
    # A word or two where more was asked for.
    SHORT = "short"
    # Words without any sign.
    PLAIN = "plain"
    # A question, or "thank you", "me too", "that's all".
    CLOSED = "closed"
    # A lone "yes" or "two" that nobody asked for; a word or two that are another answer.
    LONE = "lone"
    # What was asked for.
    ANSWER = "answer"
    # "mm-hm": the other one shall go on.
    BACK_CHANNEL = "back_channel"
    # A sound without words.
    NO_WORDS = "no_words"


def ending_of(
    text: str | None, asked: Asked, words: TurnWords | None, *, tutor_speaks: bool
) -> Ending:
    """Return how a turn's words end. ``text`` is all of them; None: not recognised yet."""
    if text is None:
        return Ending.UNKNOWN
    said = words_of(text)
    if not said:
        return Ending.NO_WORDS
    if words is None:
        return Ending.UNKNOWN
    if is_back_channel(said, asked, words, tutor_speaks=tutor_speaks):
        return Ending.BACK_CHANNEL
    if said[-1] in words.fillers:
        return Ending.FILLER
    meant = tuple(word for word in said if word not in words.fillers)
    return _alone(text, meant, asked, words) or _end(text, meant, asked, words)


def may_be_guessed(ending: Ending, text: str, confidence: float | None) -> bool:
    """Whether the last word is what a recogniser made of one that was cut short.

    "Last weekend I bought a" is heard as "I bought it", but with little ``confidence``;
    last words of turns are nearly always sure.
    """
    if confidence is None or confidence >= _GUESSED_BELOW or text.rstrip()[-1:] == "?":
        return False
    by_words = (Ending.PLAIN, Ending.MAY_GO_ON, Ending.CLOSED)
    return ending in by_words and len(words_of(text)) >= _GUESSED_WORDS


def is_back_channel(
    said: Phrase, asked: Asked, words: TurnWords, *, tutor_speaks: bool
) -> bool:
    """Whether these words only tell the tutor to go on.

    While it speaks that may be "yeah" or a filler; when it is silent only a hum, and no hum
    that answers a question.
    """
    if words.sounds.make_up(said):
        return tutor_speaks or asked is not Asked.YES_NO
    if not tutor_speaks:
        return False
    heard = tuple(word for word in said if word not in words.fillers)
    if not heard:
        return True
    return all(_is_in(word, words) for word in heard) or words.back_channels.make_up(
        heard
    )


def _is_in(word: str, words: TurnWords) -> bool:
    return words.back_channels.ends((word,)) or words.sounds.ends((word,))


def _alone(text: str, said: Phrase, asked: Asked, words: TurnWords) -> Ending | None:
    """Return what a turn of a few words is that stand for a whole one."""
    core = tuple(word for word in said if not words.polite.ends((word,))) or said
    if words.sounds.make_up(core) or words.yes_no.make_up(core):
        fits = asked in (Asked.YES_NO, Asked.CHOICE)
        return Ending.ANSWER if fits else Ending.LONE
    if all(words.is_number(word) for word in core):
        if len(core) > 1 and all(words.is_digit(word) for word in core):
            return Ending.MAY_GO_ON
        return Ending.ANSWER if asked is Asked.NUMBER else Ending.LONE
    if words.greetings.make_up(core):
        return Ending.MAY_GO_ON
    if len(core) > _ANSWER_WORDS or _is_open(core, words):
        return None
    if words.yes_no.begins(core):
        return Ending.ANSWER if asked is Asked.YES_NO else None
    if asked is Asked.NUMBER and any(map(words.is_number, core)):
        return Ending.ANSWER
    if asked is Asked.NAME and len(core) <= _NAME_WORDS and text.strip()[0].isupper():
        return Ending.ANSWER
    if len(core) > _FEW_WORDS or asked in (Asked.NOTHING, Asked.OPEN):
        return None
    if words.closers.ends(core):
        return None
    # A word or two are hardly anything but the answer, whatever was heard of it.
    return Ending.ANSWER if asked in (Asked.FACT, Asked.CHOICE) else Ending.LONE


def _end(text: str, said: Phrase, asked: Asked, words: TurnWords) -> Ending:
    mark = text.rstrip().rstrip("\"'»”’)")[-1:]
    if mark == "?" or words.closers.ends(said):
        return Ending.CLOSED
    trails_off = mark == "…" or text.rstrip().endswith("...")
    if trails_off or mark in "-–—" or words.mid_clause.ends(said):
        return Ending.MID_CLAUSE
    if len(said) > 1 and said[-1] == said[-2]:
        return Ending.RESTART
    if mark in ",;:" or _is_open(said, words):
        return Ending.MAY_GO_ON
    if _leads(text, words):
        return Ending.MAY_GO_ON
    few = len(said) < 3
    return Ending.SHORT if few and asked is Asked.OPEN else Ending.PLAIN


def _leads(text: str, words: TurnWords) -> bool:
    """Whether the last sentence is "when I was small" so far: what follows is missing."""
    last = words_of(_SENTENCE_END.split(text.strip())[-1])
    return len(last) <= _CLAUSE_WORDS and words.leading.begins(last)


def _is_open(said: Phrase, words: TurnWords) -> bool:
    if words.closers.ends(said):
        return False
    return (
        words.mid_clause.ends(said)
        or words.may_go_on.ends(said)
        or words.clause_openers.ends(said[:-1])
    )
