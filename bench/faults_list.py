"""What is broken, at which moment of a turn, and how it is mended."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import psutil

from .faults_site import BreakableSite
from .faults_talks import Said

# What lasts lasts so long.
HOLD_S = 10.0
SLOWER_S = 0.3
FILLER = "filler"

# Whether an utterance is at the moment that a fault is meant for.
Moment = Callable[[Said, float], bool]


@dataclass(frozen=True, slots=True)
class Fault:
    """``begin`` breaks something; ``end``, after ``hold_s``, mends what nobody else does."""

    name: str
    begin: Callable[[], None]
    moment: Moment
    hold_s: float = 0.0
    end: Callable[[], None] = lambda: None
    part: str = ""


def in_recognition(said: Said, now: float) -> bool:
    """The pause is long enough for a recognition to be under way."""
    since = now - said.last_voiced_at
    return bool(said.last_voiced_at) and said.heard_at is None and since > 0.3


def in_scoring(said: Said, now: float) -> bool:
    """The words are known: how they were said is being judged."""
    return said.heard_at is not None and now - said.heard_at < 0.1


def in_thought(said: Said, now: float) -> bool:
    """The language model has been asked and has not begun."""
    return (
        said.heard_at is not None and said.text_at is None and now - said.heard_at > 0.1
    )


def in_speech(said: Said, now: float) -> bool:
    """The answer is being spoken."""
    return said.text_at is not None and 0.1 < now - said.text_at < 0.3


def any_moment(said: Said, now: float) -> bool:
    """The learner speaks or waits for an answer."""
    return said.ended_at is None


def faults(site: BreakableSite) -> Iterator[Fault]:
    """Yield the faults that can be tried on a site."""

    def killing(name: str, part: str, moment: Moment) -> Fault:
        return Fault(name, lambda: _kill(site, part), moment, part=part)

    states = site.stack.supervisor.states()
    for kind, moment in (
        ("asr", in_recognition),
        ("scoring", in_scoring),
        ("tts", in_speech),
        ("face", in_speech),
        ("batch", any_moment),
    ):
        part = next(name for name in sorted(states) if f"worker-{kind}" in name)
        yield killing(f"kill-worker-{kind}", part, moment)
    yield killing("kill-redis", "redis", in_recognition)
    yield killing("kill-postgres", "postgres", in_thought)
    yield killing("kill-web", "web-1", in_speech)
    yield killing("kill-llm", "llm", in_thought)
    if site.disk is not None:
        filler = site.disk / FILLER
        yield Fault(
            "disk-full",
            lambda: _fill(str(filler)),
            any_moment,
            HOLD_S,
            lambda: filler.unlink(missing_ok=True),
        )
    if (line := site.line) is not None:
        yield Fault(
            "network-cut",
            lambda: line.say("cut"),
            any_moment,
            HOLD_S,
            lambda: line.say("well"),
        )
        yield Fault(
            "network-slow",
            lambda: line.say(f"delay {SLOWER_S}"),
            any_moment,
            HOLD_S,
            lambda: line.say("well"),
        )


def _kill(site: BreakableSite, part: str) -> None:
    """``kill -9`` a part; its children as well, as when a host loses its power."""
    process = psutil.Process(site.stack.supervisor.pid(part))
    children = process.children(recursive=True)
    process.send_signal(signal.SIGKILL)
    for child in children:
        if child.is_running():
            child.send_signal(signal.SIGKILL)


def _fill(path: str) -> None:
    """Leave not a byte free on the disk of a path."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
    size = 1 << 20
    try:
        while size:
            try:
                os.write(file, bytes(size))
            except OSError:
                size >>= 1
    finally:
        os.close(file)


def is_up(site: BreakableSite, part: str, *, since: float) -> bool:
    """Whether supervisord has started a part again. ``since`` is Unix time."""
    state = site.stack.supervisor.states()[part]
    return bool(state["pid"]) and state["start"] >= since - 1 and time.time() > since
