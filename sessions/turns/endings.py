"""How a learner's words end: in the middle of a clause, with an answer, with neither."""

from __future__ import annotations

from enum import StrEnum

from .asked import Asked
from .turn_words import Phrase, TurnWords, words_of

# As long as a lone answer may be.
_ANSWER_WORDS = 4
_NAME_WORDS = 3


class Ending(StrEnum):
    """How the words end, the most unfinished first."""

    # "I went to the", "because", "un"
    MID_CLAUSE = "mid_clause"
    # "and um"
    FILLER = "filler"
    # "I I"
    RESTART = "restart"
    # "my name is", "five five"; a comma at the end
    MAY_GO_ON = "may_go_on"
    # Nothing is known of the words, or nothing of the language.
    UNKNOWN = "unknown"
    # A word or two where more was asked for.
    SHORT = "short"
    # Words without any sign.
    PLAIN = "plain"
    # A question, or "thank you", "me too", "that's all".
    CLOSED = "closed"
    # A lone "yes" or "two" that nobody asked for.
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
    if len(core) > _ANSWER_WORDS or _is_open(core, words):
        return None
    if words.yes_no.begins(core):
        return Ending.ANSWER if asked is Asked.YES_NO else None
    if asked is Asked.NUMBER and any(map(words.is_number, core)):
        return Ending.ANSWER
    if asked is Asked.NAME and len(core) <= _NAME_WORDS and text.strip()[0].isupper():
        return Ending.ANSWER
    return Ending.ANSWER if asked in (Asked.FACT, Asked.CHOICE) else None


def _end(text: str, said: Phrase, asked: Asked, words: TurnWords) -> Ending:
    mark = text.rstrip().rstrip("\"'»”’)")[-1:]
    if mark == "?" or words.closers.ends(said):
        return Ending.CLOSED
    if mark in "-–—" or words.mid_clause.ends(said):
        return Ending.MID_CLAUSE
    if len(said) > 1 and said[-1] == said[-2]:
        return Ending.RESTART
    if mark in ",;:…" or text.rstrip().endswith("...") or _is_open(said, words):
        return Ending.MAY_GO_ON
    few = len(said) < 3
    return Ending.SHORT if few and asked is Asked.OPEN else Ending.PLAIN


def _is_open(said: Phrase, words: TurnWords) -> bool:
    if words.closers.ends(said):
        return False
    return (
        words.mid_clause.ends(said)
        or words.may_go_on.ends(said)
        or words.clause_openers.ends(said[:-1])
    )
