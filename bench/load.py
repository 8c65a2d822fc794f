"""``make bench-load``: how many learners a scaled set-up carries on this machine.

Every part is a process of its own, behind its proxy; learners speak in real time through real
sockets. With engines scripted by time it is the platform that is measured: turns at more and
more learners until an answer comes late, the same turns on the embedded runner beside it, how
soon a worker hears of an interruption, and twice as many learners as there are places. With
real engines, one to four learners on the models of the product.

The learners are `BenchClient`s in processes of their own. locust paces frames as well (25
against 22 microseconds of processor time a frame, 100 users), and would need the protocol
written once more for gevent.
"""

from __future__ import annotations

import argparse
import signal
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from scripts.scaled.layout import Layout, Size
from scripts.scaled.parts import WEB, Part

from .load_figures import level_figures, overhead_figures, stop_figures, turn_p95_s
from .load_gate import FRESH_S, set_places
from .load_parts import Window
from .load_speech import spoken, tones
from .load_talks import JOIN_EVERY_S, Crowd, Plan, Tally, gathered
from .report import machine, report, say
from .scaled import REAL, ScaledSite
from .server import Seat
from .speech import LearnerSpeech

LEVELS = (10, 30, 100, 300, 1000)
REAL_LEVELS = (1, 2, 4)
PLACES = 64
BESIDE = 4
# The last of the ports that a layout keeps is the embedded server's.
EMBEDDED = "web-embedded"
JOINING_S = 6.0
IDLE_S = 5.0
TARGETS = {
    "errors": "<= 0",
    "celery_overhead_p50_ms": "< 60 ms",
    "stop_at_worker_p95_ms": "< 100 ms",
    "refused_without_place": "<= 0",
}


@dataclass(frozen=True, slots=True)
class Level:
    """What so many learners saw, and what they took."""

    learners: int
    tally: Tally
    told: dict[str, Any]


class Bench:
    """One site and its learners. ``idle`` is what Redis does a second when nobody talks."""

    def __init__(
        self, site: ScaledSite, crowd: Crowd, speech: Sequence[LearnerSpeech]
    ) -> None:
        self.site = site
        self._crowd = crowd
        self._speech = speech
        self._used = 0
        with Window(site) as window:
            time.sleep(IDLE_S)
        self.idle = window.commands_a_second

    def seats(self, count: int) -> list[Seat]:
        """Return learners who have not talked yet."""
        missing = self._used + count - len(self.site.seats)
        if missing > 0:
            self.site.add_learners(missing)
        self._used += count
        return self.site.seats[self._used - count : self._used]

    def plan(self, learners: int, turns: int) -> Plan:
        """Return what so many do, once all of them have joined."""
        begin_at = time.monotonic() + JOINING_S + 2 * JOIN_EVERY_S * min(learners, 100)
        return Plan(self._speech, turns, begin_at)

    def level(self, learners: int, turns: int) -> Level:
        """Have so many talk at the same time."""
        seats = self.seats(learners)
        plan = self.plan(learners, turns)
        futures = self._crowd.send(self.site.layout.port, seats, plan)
        time.sleep(max(0.0, plan.begin_at - time.monotonic()))
        with Window(self.site) as window:
            tally = gathered(futures)
        told = level_figures(tally, learners, learners * turns)
        told |= window.told(turns=len(tally.turns), idle_commands_a_second=self.idle)
        say(
            f"  {learners:5} learners  p50 {told['turn_p50_s']:.2f} s  "
            f"p95 {told['turn_p95_s']:.2f} s  p99 {told['turn_p99_s']:.2f} s  "
            f"errors {told['errors']}  refused {told['refused']}  cores {told['cores_in_all']}  "
            f"{told['redis_commands_a_turn']} commands a turn"
        )
        return Level(learners, tally, told)

    def beside_embedded(self, turns: int) -> dict[str, float]:
        """Have as many talk on workers as in one process, at the same time."""
        there, here = self.seats(BESIDE), self.seats(BESIDE)
        plan = self.plan(2 * BESIDE, turns)
        ports = self.site.layout.web_ports
        scaled = self._crowd.send(ports[0], there, plan)
        embedded = self._crowd.send(ports[-1], here, plan)
        return overhead_figures(gathered(scaled), gathered(embedded))

    def interruptions(self, turns: int) -> dict[str, float]:
        """Have learners interrupt the voice of the first clause."""
        plan = replace(self.plan(BESIDE, turns), interrupts=True)
        tally = gathered(
            self._crowd.send(self.site.layout.port, self.seats(BESIDE), plan)
        )
        return stop_figures(tally, self.site.stops)

    def twice(self, places: int, turns: int) -> dict[str, Any]:
        """Have twice as many come as there are places."""
        set_places(self.site, places)
        # Talks that just ended have their places for a moment yet.
        time.sleep(FRESH_S)
        level = self.level(2 * places, turns)
        set_places(self.site, None)
        return {
            **level.told,
            "places": places,
            "came": 2 * places,
            "admitted": 2 * places - len(level.tally.places),
        }


def _with_embedded(layout: Layout, parts: list[Part]) -> list[Part]:
    """Add a web process that runs stages itself, on the same database and Redis."""
    web = next(part for part in parts if part.name == "web-1")
    ports = [str(layout.web_ports[0]), str(layout.web_ports[-1])]
    command = tuple(ports[1] if word == ports[0] else word for word in web.command)
    environ = {**web.environ, "TUTOR_RUNNER": "embedded"}
    return [*parts, Part(EMBEDDED, command, WEB, environ=environ)]


def scripted(levels: Sequence[int], turns: int, places: int) -> dict[str, Any]:
    """Measure with engines scripted by time. Returns figures and detail."""
    size = Size(
        places={"asr": PLACES, "scoring": PLACES, "tts": PLACES, "face": 2, "batch": 2}
    )
    learners = sum(levels) + 3 * BESIDE
    processes = 2 + -(-2 * max(levels) // 100)
    with (
        ScaledSite(learners=learners, size=size, arrange=_with_embedded) as site,
        Crowd(processes) as crowd,
    ):
        _wait_for_embedded(site)
        bench = Bench(site, crowd, tones())
        say("beside the embedded runner")
        overhead = bench.beside_embedded(3 * turns)
        say(f"  {overhead}")
        stop = bench.interruptions(3 * turns)
        say(f"  {stop}")
        done = climb(bench, levels, turns)
        carried = [one for one in done if one.told["carried"]]
        most = carried[-1] if carried else done[0]
        twice = bench.twice(places or most.learners, turns)
    return {
        "figures": {
            "turn_p95_s": turn_p95_s(most.tally),
            "errors": float(
                sum(one.told["errors"] for one in done if one.told["carried"])
            ),
            "celery_overhead_p50_ms": overhead["overhead_p50_ms"],
            "sessions": float(most.learners),
            "stop_at_worker_p95_ms": stop["stop_p95_ms"],
            "redis_commands_a_turn": most.told["redis_commands_a_turn"],
            "full_turn_p95_s": twice["turn_p95_s"],
            "refused_without_place": float(twice["refused_without_place"]),
        },
        "detail": {
            "levels": [one.told for one in done],
            "overhead": overhead,
            "stop": stop,
            "at_twice_the_places": twice,
            "redis_idle_commands_a_second": round(bench.idle, 1),
        },
    }


def climb(bench: Bench, levels: Sequence[int], turns: int) -> list[Level]:
    """Return the levels that were tried: up to the first that is more than can be carried."""
    done: list[Level] = []
    for learners in levels:
        level = bench.level(learners, turns)
        done.append(level)
        usual = done[0].told["turn_p95_s"]
        level.told["carried"] = (
            not level.told["errors"]
            and not level.told["refused"]
            and level.told["turn_p95_s"] < 1.5 * usual
        )
        if not level.told["carried"]:
            say("  more than this machine carries")
            break
    return done


def real(levels: Sequence[int], turns: int, llm: str, folder: Path | None) -> list[Any]:
    """Measure with the engines of the product; return what each level took."""
    say("preparing the learners' speech")
    speech = spoken(folder, 8)
    with (
        ScaledSite(learners=sum(levels) + 1, settings=REAL, llm=llm) as site,
        Crowd(1) as crowd,
    ):
        bench = Bench(site, crowd, speech)
        # What is read in and loaded at the first turn is not counted.
        bench.level(1, 2)
        return [bench.level(learners, turns).told for learners in levels]


def _wait_for_embedded(site: ScaledSite) -> None:
    address = f"http://127.0.0.1:{site.layout.web_ports[-1]}/"
    give_up_at = time.monotonic() + 120
    while not (site.stack.readiness(address) or {}).get("ready"):
        if time.monotonic() > give_up_at:
            raise RuntimeError(f"no answer: {site.stack.log(EMBEDDED)}")
        time.sleep(0.5)


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--levels", type=int, nargs="*", default=list(LEVELS))
    parser.add_argument("--real-levels", type=int, nargs="*", default=list(REAL_LEVELS))
    parser.add_argument("--turns", type=int, default=4, help="of each learner")
    parser.add_argument(
        "--places", type=int, default=0, help="default: what is carried"
    )
    parser.add_argument("--llm", default="qwen2.5-coder-1.5b-instruct-q4_k_m")
    parser.add_argument("--audio", type=Path, help="a folder of sound files")
    parser.add_argument("--short", action="store_true", help="about a minute")
    options = parser.parse_args()
    # Whoever ends the benchmark wants all of its processes ended.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    before = machine()
    levels, turns = options.levels, options.turns
    if options.short:
        levels, turns = levels[:1], 2
    found = scripted(levels, turns, options.places)
    with_models = (
        real(options.real_levels, turns, options.llm, options.audio)
        if options.real_levels and not options.short
        else []
    )
    report(
        found["figures"],
        TARGETS,
        {**found["detail"], "real_engines": with_models, "model": options.llm},
        before=before,
    )


if __name__ == "__main__":
    main()
