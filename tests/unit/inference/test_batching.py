"""Calls of many threads become batches; nobody gets another one's answer."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from inference.errors import StageError
from inference.protocols import Cancelled
from inference.workers.batching import MicroBatcher

N_CALLS = 12


class Doubler:
    """Doubles numbers, 30 ms for a batch of any size; odd hundreds fail."""

    def __init__(self) -> None:
        self.sizes: list[int] = []
        self.at_once = 0
        self._lock = threading.Lock()

    def __call__(
        self, numbers: Sequence[int], cancelled: Sequence[Cancelled]
    ) -> list[int | StageError]:
        """Return the doubles."""
        with self._lock:
            self.at_once += 1
            assert self.at_once == 1
        self.sizes.append(len(numbers))
        time.sleep(0.03)
        with self._lock:
            self.at_once -= 1
        if 666 in numbers:
            raise RuntimeError("the device is gone")
        return [
            StageError("asr.failed", "odd") if number == 101 else 2 * number
            for number in numbers
        ]


def call_all(batcher: MicroBatcher[int, int], numbers: Sequence[int]) -> list[object]:
    """Call from as many threads, and return what each got."""

    def call(number: int) -> object:
        try:
            return batcher(number, Event())
        except (StageError, RuntimeError) as error:
            return error

    with ThreadPoolExecutor(len(numbers)) as pool:
        return list(pool.map(call, numbers))


def test_calls_of_a_moment_share_the_device_and_each_gets_its_own_answer() -> None:
    work = Doubler()
    batcher = MicroBatcher(work, size=8, window_s=0.05)
    numbers = list(range(N_CALLS))
    assert call_all(batcher, numbers) == [2 * number for number in numbers]
    assert sum(work.sizes) == N_CALLS
    assert max(work.sizes) <= 8
    assert len(work.sizes) < N_CALLS


def test_one_that_fails_fails_alone() -> None:
    got = call_all(MicroBatcher(Doubler(), size=4, window_s=0.05), [1, 101, 3])
    assert got[0] == 2
    assert isinstance(got[1], StageError)
    assert got[2] == 6


def test_a_device_that_breaks_is_told_to_all_who_wait_and_tried_again() -> None:
    batcher = MicroBatcher(Doubler(), size=4, window_s=0.05)
    assert all(
        isinstance(one, RuntimeError) for one in call_all(batcher, [666, 666, 666])
    )
    assert call_all(batcher, [5]) == [10]


def test_nobody_waits_much_longer_than_the_window() -> None:
    batcher = MicroBatcher(Doubler(), size=8, window_s=0.02)
    began = time.monotonic()
    assert batcher(1, Event()) == 2
    assert time.monotonic() - began < 0.5


@pytest.mark.parametrize("size", [1, 3])
def test_a_batch_is_never_larger_than_the_engine_takes(size: int) -> None:
    work = Doubler()
    call_all(MicroBatcher(work, size=size, window_s=0.05), list(range(7)))
    assert max(work.sizes) <= size
