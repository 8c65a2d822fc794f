"""A load that is measured on this machine: the scaled set-up on engines scripted by time.

Few places at workers, so that learners do wait for each other: what the model has to get
right is the waiting.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bench.load import Bench
from bench.load_speech import tones
from bench.load_talks import CYCLE_S, Crowd
from bench.scaled import ScaledSite
from scripts.scaled.layout import Size

from .plan import Plan, Spread, TalkPattern

PLACES = {"asr": 2, "scoring": 1, "tts": 1, "face": 1, "batch": 1}
# What `bench/scaled_settings.py` and `tests/scripted_settings.py` take: recognition, a look
# at unfinished speech, scoring, three words of the first clause, eight more, a clause's voice.
STAGES = {
    "asr": 0.3, "partial": 0.2, "scoring": 0.15,
    "llm": 0.3 + 3 * 0.05, "clause": 8 * 0.05, "tts": 0.12, "web": 0.002,
}  # fmt: skip
# A model's words are written by the web processes' threads here: nobody waits for them.
SERVERS = {"asr": 2, "scoring": 1, "tts": 1, "llm": 1000, "web": 2}
TALK = TalkPattern(
    speech=Spread(1.2),
    think=Spread(0.0),
    clause=Spread(0.0),
    clauses=2,
    # The first look comes 0.7 s after speech began.
    partial_every_s=0.7,
    cycle_s=CYCLE_S,
)


def measured_levels(levels: Sequence[int], turns: int) -> list[dict[str, Any]]:
    """Have so many talk on a set-up of one's own; return what they saw, as bench-load does."""
    environ = {"TUTOR_LONGEST_WAIT_S": "0"}
    with (
        ScaledSite(
            learners=sum(levels), size=Size(places=PLACES), environ=environ
        ) as site,
        Crowd(1) as crowd,
    ):
        bench = Bench(site, crowd, tones())
        return [bench.level(learners, turns).told for learners in levels]


def as_measured(plan: Plan) -> Plan:
    """Return a plan in which people talk as the measured learners do."""
    return Plan(
        name="measured here",
        talk=TALK,
        stages=plan.stages,
        hosts=plan.hosts,
        overhead_s=plan.overhead_s,
    )
