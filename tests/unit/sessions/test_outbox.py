"""The numbered history that a lost socket catches up from."""

from __future__ import annotations

import asyncio
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.live.outbox import Outbox, Packet
from sessions.wire.binary import decode_tutor_audio


def put(outbox: Outbox, count: int = 1) -> None:
    """Put as many small messages in."""
    for _ in range(count):
        outbox.put("speech.started", {"turn": 1})


def put_audio(outbox: Outbox, n_bytes: int) -> None:
    """Put a stretch of sound in."""
    outbox.put_audio(
        turn=1,
        attempt=0,
        clause=0,
        sample_rate_hz=22_050,
        offset_samples=0,
        pcm=bytes(n_bytes),
    )


def packets(outbox: Outbox, after: int) -> list[Packet]:
    """Return the messages after one."""
    found: list[Packet] = []
    while (packet := outbox.following(after + len(found))) is not None:
        found.append(packet)
    return found


def seqs(outbox: Outbox, after: int) -> list[int]:
    """Return the numbers of the messages after one."""
    return [
        decode_tutor_audio(packet).seq
        if isinstance(packet, bytes)
        else json.loads(packet)["seq"]
        for packet in packets(outbox, after)
    ]


def test_text_and_sound_share_one_numbering() -> None:
    outbox = Outbox()
    put(outbox)
    put_audio(outbox, 640)
    put(outbox)
    assert seqs(outbox, 0) == [1, 2, 3]
    assert seqs(outbox, 2) == [3]
    assert outbox.following(3) is None


def test_it_knows_what_it_still_holds() -> None:
    outbox = Outbox()
    assert outbox.holds(0)
    put(outbox, 3)
    assert [outbox.holds(seq) for seq in (0, 3, 4, 77)] == [True, True, False, False]


def test_the_oldest_go_when_it_is_full_and_the_newest_stays() -> None:
    outbox = Outbox(max_bytes=1000)
    put(outbox, 5)
    put_audio(outbox, 5000)
    assert not outbox.holds(4)
    assert seqs(outbox, 5) == [6]
    put(outbox)
    assert seqs(outbox, 6) == [7]


@given(sizes=st.lists(st.integers(0, 800), max_size=40), seen=st.integers(0, 40))
def test_what_it_says_it_holds_comes_without_a_gap(sizes: list[int], seen: int) -> None:
    outbox = Outbox(max_bytes=2000)
    for size in sizes:
        put_audio(outbox, size)
    if outbox.holds(seen):
        assert seqs(outbox, seen) == list(range(seen + 1, len(sizes) + 1))
    else:
        assert seen > len(sizes) or sum(sizes[seen:]) + 20 * len(sizes) > 2000


async def test_followers_wait_for_news() -> None:
    outbox = Outbox()
    put(outbox)
    async with asyncio.timeout(1):
        await outbox.wait(0)
    followers = [asyncio.create_task(outbox.wait(1)) for _ in range(2)]
    await asyncio.sleep(0)
    assert not any(follower.done() for follower in followers)
    put(outbox)
    async with asyncio.timeout(1):
        await asyncio.gather(*followers)


def test_a_message_with_wrong_fields_takes_no_number() -> None:
    outbox = Outbox()
    with pytest.raises(ValueError, match="turn"):
        outbox.put("speech.started", {})
    put(outbox)
    assert seqs(outbox, 0) == [1]


def test_a_reply_that_is_over_sounds_no_more_and_leaves_no_gap() -> None:
    outbox = Outbox(max_bytes=2000)
    put_audio(outbox, 600)
    put(outbox)
    put_audio(outbox, 600)
    outbox.hush(1, 1)
    assert len(packets(outbox, 0)[0]) > 600, "another attempt"
    outbox.hush(1, 0)
    left = [p for p in packets(outbox, 0) if isinstance(p, bytes)]
    assert [decode_tutor_audio(packet).pcm for packet in left] == [b"", b""]
    assert seqs(outbox, 0) == [1, 2, 3]
    put_audio(outbox, 1500)
    assert outbox.holds(0), "what was emptied takes no room"
