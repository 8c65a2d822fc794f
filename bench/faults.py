"""``make bench-faults``: what learners notice when parts of a scaled set-up go down.

Eight learners talk without end, through the proxy and as the page does: it reconnects and
says again what was not confirmed. In the middle of their turns one part after the other is
killed (SIGKILL; supervisord starts it again), a disk fills up, a network is cut or slow.
A turn is lost when the learner's words are neither answered nor asked for again; a session,
when its learner cannot go on. A learner has recovered once they hear an answer of which
nothing is missing, be it late: that late answer, or the one to what they say next. That time
counts from the fault, or from its end where it lasts, and is 0 where nothing was noticed.
``as_always_s`` in the detail goes on until an answer came as soon as before the fault, so it
has a whole further turn in it.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .faults_list import Fault, faults, is_up
from .faults_site import BreakableSite, breakable_site
from .faults_talks import Said, Talker
from .load_speech import spoken, tones
from .report import machine, percentile, report, say

LEARNERS = 8
WARM_UP_S = 20.0
# A learner for whom nothing is as before after that has lost the session.
GIVE_UP_S = 60.0
# So much later than usual an answer may come and be as always.
SLACK_S = 1.0
# Codes that begin so say that something of the answer is missing.
_PARTS = ("asr.", "llm.", "tts.", "utterance.")
TARGETS = {
    "turns_lost": "<= 0",
    "sessions_lost": "<= 0",
    "recovery_p95_s": "< 10 s",
}


@dataclass(frozen=True, slots=True)
class Seen:
    """What one fault did. ``recovery_s`` has one figure for each learner, None: never."""

    fault: Fault
    turns: list[Said]
    recovery_s: list[float | None]
    as_always_s: list[float | None]
    part_up_s: float | None

    def told(self) -> dict[str, Any]:
        """Return it for the report."""
        words = {code: text for said in self.turns for code, text in said.told.items()}
        counted = Counter(code for said in self.turns for code in said.told)
        recovered = [s for s in self.recovery_s if s is not None]
        delays = [s for said in self.turns if (s := said.answer_s) is not None]
        return {
            "turns_in_flight": len(self.turns),
            "outcomes": dict(Counter(said.outcome for said in self.turns)),
            "answered": sum(said.answered for said in self.turns),
            "asked_again_or_told": sum(
                not said.answered and bool(said.told) for said in self.turns
            ),
            "lost": sum(said.lost for said in self.turns),
            "told": {code: [counted[code], words[code]] for code in sorted(words)},
            "sockets_lost": sum(said.closes for said in self.turns),
            "noticed_by": sum(s != 0 for s in self.recovery_s),
            "recovery_s": [round(s, 1) for s in sorted(recovered)],
            "as_always_s": round(max((s or 0 for s in self.as_always_s), default=0), 1),
            "slowest_answer_s": round(max(delays, default=0.0), 1),
            "part_up_s": self.part_up_s,
        }


async def _try(
    site: BreakableSite, fault: Fault, talkers: list[Talker], usual_s: float
) -> Seen:
    await _wait_for(lambda: all(_is_usual(t, usual_s) for t in talkers), GIVE_UP_S)
    await _wait_for(lambda: _is_moment(fault, talkers), 15)
    began_at, began_unix = time.monotonic(), time.time()
    await asyncio.to_thread(fault.begin)
    await asyncio.sleep(fault.hold_s)
    await asyncio.to_thread(fault.end)
    mended_at = time.monotonic()
    part_up_s = None
    up = asyncio.create_task(_up_after(site, fault, began_unix)) if fault.part else None
    await _wait_for(
        lambda: all(_normal_since(t, mended_at, usual_s) for t in talkers), GIVE_UP_S
    )
    if up is not None:
        part_up_s = await up
    recovery = [_recovery_s(t, began_at, mended_at, usual_s) for t in talkers]
    as_always = [
        _recovery_s(t, began_at, mended_at, usual_s, late=False) for t in talkers
    ]
    over_at = time.monotonic()
    turns = [s for t in talkers for s in t.said if s.overlaps(began_at, mended_at)]
    # What went on at the fault is judged at its end.
    await _wait_for(lambda: all(s.ended_at for s in turns), GIVE_UP_S)
    seen = Seen(fault, turns, recovery, as_always, part_up_s)
    told = seen.told()
    say(
        f"  {fault.name:20} {told['turns_in_flight']} turns, {told['answered']} answered, "
        f"{told['lost']} lost, noticed by {told['noticed_by']}, "
        f"recovered after {told['recovery_s']}, told {sorted(told['told'])}, "
        f"{over_at - began_at:.0f} s"
    )
    return seen


def _usual_s(talkers: Sequence[Talker]) -> float:
    """Return how soon answers usually come: what is hardly ever exceeded."""
    delays = [
        s
        for talker in talkers
        for said in talker.said
        if not said.told and (s := said.answer_s) is not None
    ]
    return percentile(delays, 0.9) if delays else 2.0


def _is_normal(said: Said, usual_s: float) -> bool:
    delay_s = said.answer_s
    in_time = delay_s is not None and delay_s < usual_s + SLACK_S
    return in_time and not said.told and not said.closes


def _is_whole(said: Said) -> bool:
    """Whether nothing was missing of an answer: what else was told is no part of it."""
    missing = [code for code in said.told if code.startswith(_PARTS)]
    return said.outcome == "completed" and bool(said.audio_at) and not missing


def _is_usual(talker: Talker, usual_s: float) -> bool:
    """Whether the latest answer was as always."""
    answered = [said for said in talker.said if said.audio_at or said.ended_at]
    return bool(answered) and _is_normal(answered[-1], usual_s)


def _is_moment(fault: Fault, talkers: Sequence[Talker]) -> bool:
    now = time.monotonic()
    return any(
        said is not None and said.ended_at is None and fault.moment(said, now)
        for said in (talker.current for talker in talkers)
    )


def _normal_since(talker: Talker, at: float, usual_s: float) -> bool:
    """Whether somebody has spoken and been answered as always since then."""
    return any(
        said.last_voiced_at > at and said.ended_at and _is_normal(said, usual_s)
        for said in talker.said
    )


def _recovery_s(
    talker: Talker,
    began_at: float,
    mended_at: float,
    usual_s: float,
    *,
    late: bool = True,
) -> float | None:
    """Return when a learner was answered in full again; 0: nothing was noticed.

    ``late``: also by an answer that comes late. None: not since then.
    """
    noticed = False
    for said in talker.said:
        if said.ended_at is not None and said.ended_at <= began_at:
            continue
        noticed = noticed or not _is_normal(said, usual_s)
        if _is_whole(said) and said.audio_at and (late or _is_normal(said, usual_s)):
            if not noticed and said.last_voiced_at > mended_at:
                return 0.0
            if noticed and said.audio_at > began_at:
                return max(0.0, said.audio_at - mended_at)
    return None


async def _up_after(site: BreakableSite, fault: Fault, since: float) -> float | None:
    give_up_at = time.time() + GIVE_UP_S
    while time.time() < give_up_at:
        try:
            if await asyncio.to_thread(is_up, site, fault.part, since=since):
                return round(time.time() - since, 1)
        except OSError:
            pass
        await asyncio.sleep(0.2)
    return None


async def _wait_for(is_so: Any, seconds: float) -> bool:
    give_up_at = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > give_up_at:
            return False
        await asyncio.sleep(0.01)
    return True


async def _run(site: BreakableSite, speech: Any, only: Sequence[str]) -> Any:
    films = ("video", "drawn")
    talkers = [
        # Half of them watch the tutor as video.
        Talker(i, seat, site.site.layout.port, speech, faces=films if i % 2 else ())
        for i, seat in enumerate(site.site.seats)
    ]
    for talker in talkers:
        await talker.begin()
    await asyncio.sleep(WARM_UP_S)
    usual_s = _usual_s(talkers)
    say(f"usual: an answer in {usual_s:.1f} s at most")
    seen = [
        await _try(site, fault, talkers, usual_s)
        for fault in faults(site)
        if not only or fault.name in only
    ]
    closed = sum(talker.closed_for_good for talker in talkers)
    await asyncio.gather(*(talker.end() for talker in talkers))
    return seen, [said for talker in talkers for said in talker.said], closed


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engines", choices=("scripted", "real"), default="scripted")
    parser.add_argument("--llm", default="qwen2.5-coder-1.5b-instruct-q4_k_m")
    parser.add_argument("--learners", type=int, default=LEARNERS)
    parser.add_argument("--workers", type=int, default=1, help="of each kind")
    parser.add_argument("--only", nargs="*", default=[], help="names of faults")
    parser.add_argument("--audio", type=Path, help="a folder of sound files")
    options = parser.parse_args()
    # Whoever ends the benchmark wants all of its processes ended.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    before = machine()
    real = options.engines == "real"
    speech = spoken(options.audio, 12) if real else tones()
    if os.geteuid() != 0:
        say("not root: no network namespace and no disk of its own")
    site = breakable_site(
        learners=options.learners,
        real=real,
        llm=options.llm,
        each_kind=options.workers,
    )
    with site as breakable:
        seen, said, closed = asyncio.run(_run(breakable, speech, options.only))
    lost = [one for one in said if one.ended_at and one.lost]
    recoveries = [s for one in seen for s in one.recovery_s]
    never = {i for one in seen for i, s in enumerate(one.recovery_s) if s is None}
    report(
        {
            "turns_lost": float(len(lost)),
            "sessions_lost": float(max(closed, len(never))),
            "recovery_p95_s": percentile(
                [GIVE_UP_S if s is None else s for s in recoveries], 0.95
            ),
            "faults": float(len(seen)),
        },
        TARGETS,
        {
            "by_fault": {one.fault.name: one.told() for one in seen},
            "turns": len(said),
            "learners": options.learners,
            "engines": options.engines,
            "workers_of_each_kind": options.workers,
        },
        before=before,
    )


if __name__ == "__main__":
    main()
