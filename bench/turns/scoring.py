"""What was heard of a take, held against its truth.

Times are seconds from the take's first frame, on one clock: ``begins_s`` and ``ends_s`` are
when the frames with the first and the last voiced sample were sent, an event's ``at_s`` is
when it arrived.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .scripts import Kind

# What one is allowed to take an interruption for, before one speaks of a tutor that goes on.
STOP_PATIENCE_S = 2.0


@dataclass(frozen=True, slots=True)
class Event:
    """What came of the sound: a server message, or the decision's like."""

    type: str
    at_s: float
    turn: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Played:
    """When the learner's voice began and ended; ``over_s``: when one stopped looking."""

    begins_s: float
    ends_s: float
    over_s: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one take.

    ``cut_in``: the tutor began to answer before the learner was done; it was ``heard``
    doing so, or the turn was ``split`` and it answers a part of it. ``missed``: no turn
    came of what was said, or one that was ``not_understood``. ``end_wait_ms`` runs from the last voiced sample to the end of
    the turn, for turns that were not cut. ``stop_ms`` runs from the first voiced sample to
    the tutor's silence; where it went on, it is as long as one looked.
    ``false_stop``: there was nothing to stop for, or not yet, and the tutor stopped or stood
    still for good. ``false_hold_ms``: for so long it stood still for nothing, and went on.
    """

    cut_in: bool = False
    heard: bool = False
    split: bool = False
    missed: bool = False
    not_understood: bool = False
    end_wait_ms: float | None = None
    stop_ms: float | None = None
    stopped: bool = False
    false_stop: bool = False
    false_hold_ms: float | None = None


def judge(
    kind: Kind, events: Sequence[Event], played: Played, *, recognises: bool
) -> Verdict:
    """Return what became of a take. ``recognises``: words were to be understood too."""
    if kind is Kind.BYSTANDER:
        silences = _silences(events, played.over_s)
        stopped = any(not silence.went_on for silence in silences)
        return Verdict(
            stopped=stopped, false_stop=stopped, false_hold_ms=_held_ms(silences)
        )
    turn = _judge_turn(events, played, recognises=recognises)
    if kind is Kind.TURN:
        return turn
    silences = _silences(events, played.over_s)
    early = [silence for silence in silences if silence.from_s < played.begins_s]
    if any(silence.until_s > played.begins_s for silence in early):
        # Whoever interrupts has nobody to interrupt any more.
        return Verdict(missed=turn.missed, stopped=True, false_stop=True)
    until_s = min(played.over_s, played.ends_s + STOP_PATIENCE_S)
    # A tutor that went on in the middle of an interruption has not heeded it yet.
    stop = next((silence for silence in silences if not silence.went_on), None)
    stop_s = until_s if stop is None else stop.from_s
    return Verdict(
        missed=turn.missed,
        end_wait_ms=turn.end_wait_ms,
        stop_ms=1000 * (stop_s - played.begins_s),
        stopped=stop is not None,
        false_hold_ms=_held_ms(early),
    )


def _judge_turn(
    events: Sequence[Event], played: Played, *, recognises: bool
) -> Verdict:
    closes = [
        event
        for event in events
        if event.type == "speech.ended" and event.at_s > played.begins_s
    ]
    early = [event for event in closes if event.at_s < played.ends_s]
    late = [event for event in closes if event.at_s >= played.ends_s]
    sounded = any(
        event.type in {"reply.started", "audio"}
        and played.begins_s < event.at_s < played.ends_s
        for event in events
    )
    # A turn that was closed too early and taken up again under its number lost nothing.
    split = any(all(event.turn != whole.turn for whole in late[:1]) for event in early)
    cut_in = sounded or split
    lost = False
    if recognises and closes:
        last = (late or early)[0].turn
        lost = not any(
            event.type == "transcript.final" and event.turn == last for event in events
        )
    wait_ms = None
    if late and not cut_in:
        wait_ms = 1000 * (late[0].at_s - played.ends_s)
    return Verdict(
        cut_in=cut_in,
        heard=sounded,
        split=split,
        missed=lost or not closes,
        not_understood=lost,
        end_wait_ms=wait_ms,
    )


@dataclass(frozen=True, slots=True)
class _Silence:
    """The tutor's voice was silent from then to then; it ``went_on``, or never did."""

    from_s: float
    until_s: float
    went_on: bool


def _silences(events: Sequence[Event], over_s: float) -> list[_Silence]:
    """Return when sound made the tutor stand still or stop."""
    found: list[_Silence] = []
    held_s: float | None = None
    for event in events:
        # What the learner's page or a later turn asked for is no answer to sound.
        if event.type == "reply.held":
            held_s = event.at_s
        elif event.type == "reply.resumed" and held_s is not None:
            found.append(_Silence(held_s, event.at_s, went_on=True))
            held_s = None
        elif event.type == "reply.interrupted" and event.reason == "barge_in":
            from_s = event.at_s if held_s is None else held_s
            return [*found, _Silence(from_s, over_s, went_on=False)]
    if held_s is not None:
        found.append(_Silence(held_s, over_s, went_on=False))
    return found


def _held_ms(silences: Sequence[_Silence]) -> float | None:
    held = [each.until_s - each.from_s for each in silences if each.went_on]
    return 1000 * sum(held) if held else None
