"""So much at once, so much a second."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sessions.live.rate_limit import TokenBucket


class Clock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = 50.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_is_allowed_then_the_rate() -> None:
    clock = Clock()
    bucket = TokenBucket(rate_per_s=2, burst=3, clock=clock)
    assert [bucket.take() for _ in range(4)] == [True, True, True, False]
    clock.now += 0.5
    assert [bucket.take() for _ in range(2)] == [True, False]


def test_rest_gives_back_no_more_than_a_burst() -> None:
    clock = Clock()
    bucket = TokenBucket(rate_per_s=2, burst=3, clock=clock)
    clock.now += 3600
    assert [bucket.take() for _ in range(4)] == [True, True, True, False]


def test_asking_in_vain_costs_nothing() -> None:
    clock = Clock()
    bucket = TokenBucket(rate_per_s=1, burst=1, clock=clock)
    assert bucket.take()
    for _ in range(9):
        clock.now += 0.1
        assert not bucket.take()
    clock.now += 0.11
    assert bucket.take()


@given(st.lists(st.floats(0, 2), max_size=100))
def test_never_more_than_burst_and_rate(waits: list[float]) -> None:
    clock = Clock()
    bucket = TokenBucket(rate_per_s=3, burst=5, clock=clock)
    taken = 0
    for wait in waits:
        clock.now += wait
        taken += bucket.take()
    assert taken <= 5 + 3 * sum(waits) + 1e-6
