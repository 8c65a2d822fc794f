"""One card for all talks: order, fairness, bounds, and nothing for who is gone."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from threading import Event, Thread

import numpy as np
import pytest

from inference.engines.avatars.musetalk.scheduler import Job, Scheduler
from inference.errors import StageError
from inference.types.face import Pixels

PATIENCE_S = 5.0


def jobs(talk: int, n: int) -> list[Job]:
    """Return pictures that say whose they are and which."""
    latents = np.full((1,), talk, np.float16)
    return [Job(latents, np.full((1,), i, np.float32)) for i in range(n)]


class Painter:
    """Paints when it may; ``batches`` are (talk, number) of each picture painted."""

    def __init__(self) -> None:
        self.batches: list[list[tuple[int, int]]] = []
        self.may = Event()
        self.may.set()
        self.asked = Event()
        self.failures: list[Exception] = []

    def __call__(self, given: Sequence[Job]) -> Sequence[Pixels]:
        self.asked.set()
        assert self.may.wait(PATIENCE_S)
        self.batches.append([(int(j.latents[0]), int(j.window[0])) for j in given])
        if self.failures:
            raise self.failures.pop(0)
        return [np.array([int(job.window[0])], np.uint8) for job in given]


@pytest.fixture
def painter() -> Painter:
    return Painter()


@pytest.fixture
def make(painter: Painter) -> Iterator[Callable[..., Scheduler]]:
    made: list[Scheduler] = []

    def scheduler(batch: int = 4, wait_s: float = 0.01) -> Scheduler:
        made.append(Scheduler(painter, batch=batch, wait_s=wait_s))
        return made[-1]

    yield scheduler
    painter.may.set()
    for each in made:
        each.close()
        each.close()


def taken(pictures: Iterator[Pixels]) -> list[int]:
    return [int(picture[0]) for picture in pictures]


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.002)


def test_pictures_come_back_in_order_in_batches(
    make: Callable[..., Scheduler], painter: Painter
) -> None:
    found = taken(iter(make().submit("a", "1", jobs(0, 10), Event())))
    assert found == list(range(10))
    assert [len(batch) for batch in painter.batches] == [4, 4, 2]


def test_nothing_to_paint_is_over_at_once(make: Callable[..., Scheduler]) -> None:
    assert taken(iter(make().submit("a", "1", [], Event()))) == []


def test_talks_take_turns_and_a_short_reply_is_not_held_up(
    make: Callable[..., Scheduler], painter: Painter
) -> None:
    scheduler = make()
    painter.may.clear()
    long = scheduler.submit("a", "1", jobs(0, 30), Event())
    assert painter.asked.wait(PATIENCE_S)
    short = scheduler.submit("b", "1", jobs(1, 4), Event())
    third = scheduler.submit("c", "1", jobs(2, 4), Event())
    painter.may.set()
    assert taken(iter(short)) == taken(iter(third)) == list(range(4))
    assert taken(iter(long)) == list(range(30))
    # The first batch was under way; the next ones are shared.
    shares = [[talk for talk, _ in batch] for batch in painter.batches]
    assert shares[0] == [0, 0, 0, 0]
    mixed = [talk for share in shares[1:4] for talk in share]
    assert [mixed.count(talk) for talk in range(3)] == [4, 4, 4]
    assert {frozenset(share) for share in shares[1:4]} == {frozenset({0, 1, 2})}


def test_a_batch_waits_for_others_but_not_long(
    make: Callable[..., Scheduler], painter: Painter
) -> None:
    scheduler = make(batch=4, wait_s=0.3)
    began = time.monotonic()
    first = scheduler.submit("a", "1", jobs(0, 2), Event())
    time.sleep(0.05)
    second = scheduler.submit("b", "1", jobs(1, 2), Event())
    assert taken(iter(first)) == taken(iter(second)) == [0, 1]
    assert len(painter.batches) == 1
    assert time.monotonic() - began < 0.3
    began = time.monotonic()
    assert taken(iter(scheduler.submit("a", "1", jobs(0, 2), Event()))) == [0, 1]
    assert 0.25 < time.monotonic() - began < 2.0


def test_painting_stays_a_bounded_way_ahead(
    make: Callable[..., Scheduler], painter: Painter
) -> None:
    painting = make().submit("a", "1", jobs(0, 200), Event())
    until(lambda: sum(len(batch) for batch in painter.batches) == 50)
    time.sleep(0.05)
    assert sum(len(batch) for batch in painter.batches) == 50
    assert taken(iter(painting)) == list(range(200))


def test_what_is_cancelled_while_waiting_is_never_painted(
    make: Callable[..., Scheduler], painter: Painter
) -> None:
    scheduler, stop = make(), Event()
    painter.may.clear()
    other = scheduler.submit("a", "1", jobs(0, 4), Event())
    assert painter.asked.wait(PATIENCE_S)
    waiting = scheduler.submit("b", "1", jobs(1, 4), stop)
    stop.set()
    painter.may.set()
    assert taken(iter(other)) == list(range(4))
    assert taken(iter(waiting)) == []
    assert all(talk == 0 for batch in painter.batches for talk, _ in batch)


def test_what_is_cancelled_while_painted_is_thrown_away(
    make: Callable[..., Scheduler], painter: Painter
) -> None:
    scheduler, stop = make(), Event()
    painter.may.clear()
    painting = scheduler.submit("a", "1", jobs(0, 8), stop)
    assert painter.asked.wait(PATIENCE_S)
    stop.set()
    painter.may.set()
    assert taken(iter(painting)) == []
    until(lambda: bool(painter.batches))
    assert taken(iter(scheduler.submit("b", "1", jobs(1, 1), Event()))) == [0]
    assert [len(batch) for batch in painter.batches] == [4, 1]
    assert not painting.painted


def test_what_was_painted_is_not_taken_after_it_was_cancelled(
    make: Callable[..., Scheduler], painter: Painter
) -> None:
    stop = Event()
    painting = make().submit("a", "1", jobs(0, 8), stop)
    pictures = iter(painting)
    assert next(pictures)[0] == 0
    until(lambda: len(painting.painted) == 7)
    stop.set()
    assert taken(pictures) == []


def test_a_reader_who_waits_hears_of_its_cancellation(
    make: Callable[..., Scheduler], painter: Painter
) -> None:
    scheduler, stop = make(), Event()
    painter.may.clear()
    painting = scheduler.submit("a", "1", jobs(0, 4), stop)
    found: list[int] = [-1]
    reader = Thread(target=lambda: found.extend(taken(iter(painting))))
    reader.start()
    stop.set()
    reader.join(PATIENCE_S)
    assert not reader.is_alive()
    assert found == [-1]


def test_a_new_turn_drops_the_old_one_only(
    make: Callable[..., Scheduler], painter: Painter
) -> None:
    scheduler = make()
    painter.may.clear()
    old = scheduler.submit("a", "1", jobs(0, 4), Event())
    new = scheduler.submit("a", "2", jobs(1, 4), Event())
    other = scheduler.submit("b", "1", jobs(2, 4), Event())
    scheduler.drop("a", but_turn="2")
    painter.may.set()
    assert taken(iter(old)) == []
    assert taken(iter(new)) == taken(iter(other)) == list(range(4))


def test_a_failure_reaches_its_readers_and_no_other(
    make: Callable[..., Scheduler], painter: Painter
) -> None:
    scheduler = make()
    painter.failures = [RuntimeError("no memory")]
    with pytest.raises(StageError, match="RuntimeError") as told:
        taken(iter(scheduler.submit("a", "1", jobs(0, 8), Event())))
    assert told.value.code == "video.failed"
    assert "no memory" not in told.value.message
    assert taken(iter(scheduler.submit("b", "1", jobs(1, 2), Event()))) == [0, 1]
    assert [len(batch) for batch in painter.batches] == [4, 2]


def test_closing_ends_readers_and_refuses_new_ones(
    make: Callable[..., Scheduler], painter: Painter
) -> None:
    scheduler = make()
    painting = scheduler.submit("a", "1", jobs(0, 60), Event())
    pictures = iter(painting)
    assert next(pictures)[0] == 0
    scheduler.close()
    assert taken(pictures) == []
    with pytest.raises(StageError, match="closed"):
        scheduler.submit("a", "1", jobs(0, 1), Event())
