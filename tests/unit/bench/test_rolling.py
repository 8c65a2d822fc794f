"""What ``make try-upgrade`` starts, and what it counts as an interruption."""

from __future__ import annotations

from pathlib import Path

from bench.faults_talks import Talker
from bench.returning_client import Came
from bench.rolling import interruptions, with_spares
from bench.server import Seat
from scripts.scaled.layout import Layout
from scripts.scaled.parts import WEB, WORKERS, Part


def test_each_worker_gets_another_that_waits_under_a_name_of_its_own(
    tmp_path: Path,
) -> None:
    asr = Part("worker-asr", ("celery", "--hostname", "worker-asr@%h"), WORKERS)
    web = Part("web-1", ("serve",), WEB)
    *old, spare = with_spares(Layout(tmp_path, 8000), [asr, web])
    assert old == [asr, web]
    assert (spare.name, spare.command[-1]) == ("worker-asr-next", "worker-asr-next@%h")
    assert spare.spare


def test_an_interruption_lasts_from_the_first_close_to_the_next_ready() -> None:
    talker = Talker(0, Seat("talk", "cookie"), 1, [])
    talker.client.came = [
        Came("session.ready", 1.0), Came("close", 5.0), Came("close", 5.5),
        Came("session.ready", 6.5), Came("close", 9.0), Came("session.ready", 9.25),
    ]  # fmt: skip
    assert interruptions(talker) == [1.5, 0.25]
