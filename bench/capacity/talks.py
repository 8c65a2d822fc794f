"""Learners who talk: what a turn asks of the pools, and how long it lasts."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

import simpy

from .plan import Plan
from .pools import Pool, Step


@dataclass(slots=True)
class Seen:
    """What was seen of a simulated load. Latencies in seconds."""

    first_audio: list[float] = field(default_factory=list)
    transcript: list[float] = field(default_factory=list)
    # How often a reply's voice was not there when the clause before it was over.
    gaps: int = 0
    clauses: int = 0
    pools: dict[str, Pool] = field(default_factory=dict)
    seconds: float = 0.0

    def utilisation(self, name: str) -> float:
        """Return the share of time that servers of a pool worked."""
        pool = self.pools[name]
        return pool.busy_s / max(1e-9, self.seconds * pool.servers)


def simulate(
    plan: Plan,
    servers: dict[str, int],
    *,
    learners: int,
    seconds: float = 300.0,
    seed: int = 1,
    with_face: bool = False,
    begin_after_s: Sequence[float] = (),
) -> Seen:
    """Return what so many learners see who talk all the time, after a start of 30 s.

    ``begin_after_s`` is when in a cycle each begins; by chance where nothing is said.
    """
    chance = random.Random(seed)  # noqa: S311 a simulation
    env = simpy.Environment()
    seen = Seen(seconds=seconds + START_S)
    for name, count in servers.items():
        seen.pools[name] = Pool(env, plan.stages[name], count, chance)
    env.process(seen.pools["asr"].tell(TOLD_EVERY_S))
    cycle_s = _turn_s(plan)
    for number in range(learners):
        begins_s = (
            begin_after_s[number] if begin_after_s else chance.uniform(0, cycle_s)
        )
        env.process(
            _learner(env, plan, seen, chance, begins_s=begins_s, with_face=with_face)
        )
    env.run(until=seconds + START_S)
    return seen


START_S = 30.0
# How often workers say what they do.
TOLD_EVERY_S = 1.0


def _learner(
    env: simpy.Environment,
    plan: Plan,
    seen: Seen,
    chance: random.Random,
    *,
    begins_s: float,
    with_face: bool,
) -> Step:
    talk = plan.talk
    yield env.timeout(begins_s)
    while True:
        yield env.timeout(talk.think.draw(chance))
        began = env.now
        speech_s = talk.speech.draw(chance)
        yield from _speaks(env, plan, seen, speech_s)
        ended = env.now
        pause = env.timeout(talk.pause_s)
        yield from _heard(env, plan, seen, speech_s)
        if not talk.speculates:
            yield pause
        if ended >= START_S:
            seen.transcript.append(max(env.now - ended, talk.pause_s))
        env.process(_scored(env, plan, seen, speech_s, pause=pause))
        yield from _answered(
            env, plan, seen, chance, ended=ended, pause=pause, with_face=with_face
        )
        yield env.timeout(max(0.0, began + talk.cycle_s - env.now))


def _turn_s(plan: Plan) -> float:
    talk = plan.talk
    clauses_s = talk.clauses * talk.clause.mean_s
    return talk.cycle_s or talk.speech.mean_s + talk.think.mean_s + clauses_s


def _speaks(env: simpy.Environment, plan: Plan, seen: Seen, speech_s: float) -> Step:
    """Speak; while there is room, what was said so far is recognised now and then."""
    said, every = 0.0, plan.talk.partial_every_s
    while every and said + every < speech_s:
        yield env.timeout(every)
        said += every
        if not seen.pools["asr"].is_known_busy:
            env.process(seen.pools["asr"].run(said, kind=plan.stages.get("partial")))
    yield env.timeout(speech_s - said)


def _heard(env: simpy.Environment, plan: Plan, seen: Seen, speech_s: float) -> Step:
    """Recognition runs while the pause is waited for."""
    yield env.timeout(plan.talk.candidate_s)
    yield from seen.pools["web"].run()
    yield env.timeout(plan.overhead_s)
    yield from seen.pools["asr"].run(speech_s)
    yield from seen.pools["web"].run()


def _scored(
    env: simpy.Environment,
    plan: Plan,
    seen: Seen,
    speech_s: float,
    *,
    pause: simpy.Event,
) -> Step:
    yield pause
    yield env.timeout(plan.overhead_s)
    yield from seen.pools["scoring"].run(speech_s)
    yield from seen.pools["web"].run()


def _answered(
    env: simpy.Environment,
    plan: Plan,
    seen: Seen,
    chance: random.Random,
    *,
    ended: float,
    pause: simpy.Event,
    with_face: bool,
) -> Step:
    """Write, speak and play clause after clause; each is made while the last is heard.

    Nothing is heard, and only one clause made, before the pause is over.
    """
    talk = plan.talk
    yield from seen.pools["llm"].run()
    heard_until = 0.0
    for number in range(talk.clauses):
        if number:
            yield from seen.pools["llm"].run(kind=plan.stages["clause"])
        clause_s = talk.clause.draw(chance)
        yield env.timeout(plan.overhead_s)
        yield from seen.pools["tts"].run(clause_s)
        yield pause
        yield from seen.pools["web"].run()
        if with_face:
            env.process(seen.pools["face"].run(clause_s))
        if number == 0:
            if ended >= START_S:
                seen.first_audio.append(env.now - ended)
        else:
            seen.clauses += 1
            seen.gaps += env.now > heard_until
        heard_until = max(heard_until, env.now) + clause_s
    yield env.timeout(max(0.0, heard_until - env.now))
