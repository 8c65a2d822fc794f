"""What came back from a partner, held against when the learner spoke.

Times are seconds of one clock. Sound is heard when it arrives or, where more had arrived
than there was time for, when that has been played: so that a partner that sends faster
than one can listen has nothing of it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from math import inf

import numpy as np

from . import wire
from .wire import CLOSED, HEARD, HELD, RESUMED, STOPPED

# Louder than this for 10 ms is no silence; what voices begin and end with is far below.
LOUD_DBFS = -50.0
# Nothing has been heard or is due for so long: the partner has finished.
QUIET_S = 1.2
# A turn that is closed is answered within this time, or not at all.
ANSWER_PATIENCE_S = 15.0
# Who stands still longer than this does so for good.
HELD_PATIENCE_S = 5.0


@dataclass(frozen=True, slots=True)
class Sound:
    """A stretch of a partner's voice: when it arrived, how long it is.

    ``loud_after_s``: after how long of it there is something to hear, if there is.
    """

    at_s: float
    seconds: float
    loud_after_s: float | None

    @classmethod
    def of(cls, at_s: float, rate_hz: int, pcm: bytes) -> Sound:
        """Return the stretch of which this is the PCM16."""
        samples = np.frombuffer(pcm, "<i2").astype(np.float32) / 32768
        block = max(1, rate_hz // 100)
        whole = np.pad(samples, (0, -len(samples) % block)).reshape(-1, block)
        loud = np.flatnonzero(np.mean(whole**2, axis=1) > 10 ** (LOUD_DBFS / 10))
        after = float(loud[0]) * block / rate_hz if len(loud) else None
        return cls(at_s, len(samples) / rate_hz, after)


@dataclass(frozen=True, slots=True)
class Note:
    """What a partner says of itself, and when that arrived."""

    at_s: float
    kind: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Played:
    """A stretch of sound as a loudspeaker has it; ``loud_s``: when something is heard."""

    arrived_s: float
    begins_s: float
    ends_s: float
    loud_s: float | None


@dataclass(frozen=True, slots=True)
class Turn:
    """What became of a turn.

    ``cut_in``: something was heard before the learner was done, or the turn was closed in
    a pause and what is heard answers that part: the words after the pause were not known. ``closed_early``: it was closed in a pause,
    whatever came of it. The two times run from the last voiced sample: to the arrival of
    the first packet that is not silent, and to when that is heard.
    """

    cut_in: bool = False
    closed_early: bool = False
    missed: bool = False
    arrived_after_s: float | None = None
    heard_after_s: float | None = None


@dataclass(frozen=True, slots=True)
class Stop:
    """From an interruption's first voiced sample to silence; ``heeded``: for its sake."""

    after_s: float
    heeded: bool


@dataclass(frozen=True, slots=True)
class _Silence:
    """The loudspeaker was told to be silent; ``until_s`` infinite: what it had is gone."""

    from_s: float
    until_s: float = inf


def played(sounds: Sequence[Sound], notes: Sequence[Note]) -> list[Played]:
    """Return how a loudspeaker plays what arrived, silent when it is told to be."""
    out: list[Played] = []
    free_s = 0.0
    silences = _silences(notes)
    stops = [silence.from_s for silence in silences if silence.until_s == inf]
    for sound in sounds:
        begins = max(sound.at_s, _free_at(free_s, sound.at_s, stops))
        free_s = begins + sound.seconds
        after = sound.loud_after_s
        loud = None if after is None else begins + after
        out.append(Played(sound.at_s, begins, free_s, loud))
    for silence in silences:
        if silence.until_s < inf:
            out = [_later(each, silence) for each in out]
    return list(_cut(out, stops))


def is_settled(sounds: Sequence[Sound], notes: Sequence[Note], now_s: float) -> bool:
    """Whether nothing is heard any more and nothing is due."""
    heard = played(sounds, notes)
    ends_s = max((each.ends_s for each in heard), default=0.0)
    closed_s = max((n.at_s for n in notes if n.kind == CLOSED), default=None)
    if (
        closed_s is not None
        and now_s < closed_s + ANSWER_PATIENCE_S
        and all(each.arrived_s < closed_s for each in heard)
    ):
        return False
    told = [note for note in notes if note.kind in (HELD, RESUMED, STOPPED)]
    if told and told[-1].kind == HELD and now_s < told[-1].at_s + HELD_PATIENCE_S:
        return False
    return now_s >= ends_s + QUIET_S


def first_heard_s(sounds: Sequence[Sound], notes: Sequence[Note]) -> float | None:
    """Return when the first thing is heard."""
    loud = (p.loud_s for p in played(sounds, notes) if p.loud_s is not None)
    return min(loud, default=None)


def judge_turn(
    sounds: Sequence[Sound],
    notes: Sequence[Note],
    *,
    begins_s: float,
    ends_s: float,
    last_words: Collection[str] = (),
) -> Turn:
    """Return what became of a turn whose first and last voiced samples were sent then.

    ``last_words`` are said after the last pause and not before: an answer that goes by none
    of them answers a part.
    """
    loud = [each for each in played(sounds, notes) if each.loud_s is not None]
    closed = [n.at_s for n in notes if n.kind == CLOSED and n.at_s > begins_s]
    early = any(at_s < ends_s for at_s in closed)
    after = [each for each in loud if each.arrived_s >= ends_s]
    cut_in = any(begins_s < each.arrived_s < ends_s for each in loud)
    if after and not cut_in:
        cut_in = early and all(at_s < ends_s for at_s in closed)
        cut_in = cut_in or not _knew(notes, after[0].arrived_s, last_words)
    if cut_in or not after:
        return Turn(cut_in, early, missed=not cut_in)
    heard_s = after[0].loud_s
    assert heard_s is not None
    return Turn(
        closed_early=early,
        arrived_after_s=after[0].arrived_s - ends_s,
        heard_after_s=heard_s - ends_s,
    )


def _knew(notes: Sequence[Note], at_s: float, last_words: Collection[str]) -> bool:
    """Whether an answer that is heard at ``at_s`` goes by any of these words."""
    heard = [n.text for n in notes if n.kind == HEARD and n.at_s <= at_s]
    words = set(words_in(" ".join(heard)))
    return not heard or not last_words or not words.isdisjoint(last_words)


def words_in(text: str) -> list[str]:
    """Return the words of a text, small and without marks."""
    return re.findall(r"[a-z']+", text.lower())


def judge_stop(
    sounds: Sequence[Sound], notes: Sequence[Note], *, begins_s: float
) -> Stop | None:
    """Return how soon an interruption silenced what was heard when it began.

    ``sounds`` and ``notes`` are those of the reply that is interrupted and what came after
    it. None where nothing was heard any more, or the reply had been stopped before.
    """
    silences = _silences(notes)
    if any(each.from_s < begins_s < each.until_s for each in silences):
        return None
    stop_s = next((e.from_s for e in silences if e.until_s == inf), None)
    went_on = [note for note in notes if note.kind in (HELD, RESUMED)]
    heard = played(sounds, went_on if stop_s is None else ())
    ends_s = _run_ends_s(
        [each for each in heard if stop_s is None or each.arrived_s < stop_s], begins_s
    )
    if stop_s is None:
        return Stop(ends_s - begins_s, heeded=False) if ends_s > begins_s else None
    # A reply that was over by then was not stopped by anybody.
    return Stop(stop_s - begins_s, heeded=True) if ends_s > stop_s else None


def _run_ends_s(heard: Sequence[Played], at_s: float) -> float:
    """Return until when it sounds without a break that began before ``at_s``."""
    ends_s = 0.0
    for each in heard:
        if each.begins_s > max(at_s, ends_s + QUIET_S):
            break
        ends_s = each.ends_s
    return ends_s


def _silences(notes: Sequence[Note]) -> list[_Silence]:
    """Return when the loudspeaker was told to be silent, for a while or for good."""
    found: list[_Silence] = []
    held_s: float | None = None
    for note in notes:
        match note.kind:
            case wire.HELD if held_s is None:
                held_s = note.at_s
            case wire.RESUMED if held_s is not None:
                found.append(_Silence(held_s, note.at_s))
                held_s = None
            case wire.STOPPED:
                found.append(_Silence(note.at_s if held_s is None else held_s))
                held_s = None
    return [*found, _Silence(held_s)] if held_s is not None else found


def _later(each: Played, silence: _Silence) -> Played:
    """Return a stretch with what of it stood still played afterwards."""
    if each.arrived_s >= silence.until_s or each.ends_s <= silence.from_s:
        return each
    by_s = silence.until_s - silence.from_s
    loud = each.loud_s
    if loud is not None and loud >= silence.from_s:
        loud += by_s
    begins = each.begins_s + (by_s if each.begins_s >= silence.from_s else 0.0)
    return Played(each.arrived_s, begins, each.ends_s + by_s, loud)


def _free_at(free_s: float, at_s: float, stops: Sequence[float]) -> float:
    """Return when the loudspeaker is free for what arrives at ``at_s``."""
    stopped = [stop for stop in stops if stop <= at_s and stop < free_s]
    return stopped[-1] if stopped else free_s


def _cut(out: Sequence[Played], stops: Sequence[float]) -> Iterator[Played]:
    """Leave out what was not played because the loudspeaker was silenced."""
    for each in out:
        stop = next((s for s in stops if each.arrived_s <= s < each.ends_s), None)
        if stop is None:
            yield each
        elif stop > each.begins_s:
            loud = each.loud_s if each.loud_s and each.loud_s < stop else None
            yield Played(each.arrived_s, each.begins_s, stop, loud)
