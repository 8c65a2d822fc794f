"""Finds how many hosts keep the target, and what they cost."""

from __future__ import annotations

import math
from dataclasses import dataclass

from bench.report import percentile

from .plan import Plan
from .talks import Seen, simulate

# More learners are several groups of so many, each with hosts of its own: cautious, since
# larger groups share better.
GROUP = 500
MOST_SHARE = 0.75
STEPS = 20
# The share of clauses that may come late, and of pictures' servers that may be in use.
MOST_GAPS = 0.02


@dataclass(frozen=True, slots=True)
class Size:
    """Hosts for a number of learners. Cost in US dollars for an hour of one learner."""

    learners: int
    hosts: dict[str, int]
    gpus: int
    cost_per_learner_hour: float
    p50_s: float
    p95_s: float
    p99_s: float
    gap_share: float
    busiest: str
    utilisation: dict[str, float]


def size_for(plan: Plan, learners: int, *, with_face: bool, seconds: float) -> Size:
    """Return the smallest set of hosts found that keeps the target."""
    group = min(learners, GROUP)
    groups = math.ceil(learners / group)
    hosts = _first_guess(plan, group, with_face=with_face)
    for _step in range(STEPS):
        servers = servers_of(plan, hosts, with_face=with_face)
        seen = simulate(
            plan, servers, learners=group, seconds=seconds, with_face=with_face
        )
        busiest = max(servers, key=seen.utilisation)
        if _keeps(plan, seen, busiest):
            break
        host = _host_of(plan, busiest)
        more = max(1.06, seen.utilisation(busiest) / MOST_SHARE)
        hosts[host] = max(hosts[host] + 1, round(hosts[host] * more))
    price = sum(plan.hosts[name].price * count for name, count in hosts.items())
    gpus = sum(plan.hosts[name].gpus * count for name, count in hosts.items())
    return Size(
        learners=learners,
        hosts={name: count * groups for name, count in hosts.items()},
        gpus=gpus * groups,
        cost_per_learner_hour=price / group,
        p50_s=percentile(seen.first_audio, 0.5),
        p95_s=percentile(seen.first_audio, 0.95),
        p99_s=percentile(seen.first_audio, 0.99),
        gap_share=seen.gaps / max(1, seen.clauses),
        busiest=busiest,
        utilisation={name: round(seen.utilisation(name), 2) for name in servers},
    )


def servers_of(plan: Plan, hosts: dict[str, int], *, with_face: bool) -> dict[str, int]:
    """Return how many servers of each stage some hosts have."""
    found: dict[str, int] = {}
    for name, count in hosts.items():
        for stage, servers in plan.hosts[name].serves.items():
            if stage != "face" or with_face:
                found[stage] = found.get(stage, 0) + servers * count
    return found


def _keeps(plan: Plan, seen: Seen, busiest: str) -> bool:
    return (
        bool(seen.first_audio)
        and percentile(seen.first_audio, 0.95) <= plan.target_p95_s
        and seen.gaps <= MOST_GAPS * seen.clauses
        and seen.utilisation(busiest) <= MOST_SHARE
    )


def _first_guess(plan: Plan, learners: int, *, with_face: bool) -> dict[str, int]:
    """Return hosts by what turns offer, without waiting: too few at most."""
    talk = plan.talk
    reply_s = talk.clauses * talk.clause.mean_s
    turns_s = learners / (talk.speech.mean_s + talk.think.mean_s + 1.5 + reply_s)
    partials = talk.speech.mean_s / talk.partial_every_s if talk.partial_every_s else 0
    offered = {
        "asr": turns_s * (1 + partials) * _each(plan, "asr", talk.speech.mean_s),
        "scoring": turns_s * _each(plan, "scoring", talk.speech.mean_s),
        "llm": turns_s
        * (
            _each(plan, "llm", 0)
            + (talk.clauses - 1) * _each(plan, "clause", 0, batch_of="llm")
        ),
        "tts": turns_s * talk.clauses * _each(plan, "tts", talk.clause.mean_s),
        "web": turns_s * (3 + talk.clauses) * _each(plan, "web", 0),
        "face": turns_s * talk.clauses * _each(plan, "face", talk.clause.mean_s)
        if with_face
        else 0.0,
    }
    hosts: dict[str, int] = {}
    for name, host in plan.hosts.items():
        needed = [
            offered[stage] / (MOST_SHARE * servers)
            for stage, servers in host.serves.items()
        ]
        hosts[name] = max(1, math.floor(max(needed)))
        if not with_face and set(host.serves) == {"face"}:
            hosts[name] = 0
    return hosts


def _each(plan: Plan, stage: str, audio_s: float, *, batch_of: str = "") -> float:
    """Return the seconds of a server that a run takes in full batches."""
    time, batched = plan.stages[stage], plan.stages[batch_of or stage]
    alone = time.fixed.mean_s + time.per_second_s * audio_s
    n = batched.batch
    return alone * (1 + (n - 1) * batched.marginal) / n


def _host_of(plan: Plan, stage: str) -> str:
    """Return the host that adds servers of a stage for the least money."""
    serving = [name for name, host in plan.hosts.items() if stage in host.serves]
    return min(
        serving,
        key=lambda name: plan.hosts[name].price / plan.hosts[name].serves[stage],
    )
