"""The application under each ASGI server, as a process of its own."""

from __future__ import annotations

import asyncio
import http.client
import time
from collections.abc import Iterator
from typing import Literal

import psutil
import pytest

from bench.client import BenchClient
from bench.server import BenchServer

pytestmark = pytest.mark.slow

HALF_AN_EMOJI = r'{"type": "text.submit", "text": "\ud83c", "client_id": "a"}'
Name = Literal["uvicorn", "daphne"]


@pytest.fixture(params=["uvicorn", "daphne"])
def name(request: pytest.FixtureRequest) -> Name:
    """Which server."""
    found: Name = request.param
    return found


@pytest.fixture
def server() -> Iterator[BenchServer]:
    """A place for a server with scripted engines; it is stopped afterwards."""
    # What is asked of the live code must hold without the development pages.
    with BenchServer("tests.scripted_settings", env={"DJANGO_DEBUG": "0"}) as server:
        yield server


def test_pages_are_served(server: BenchServer, name: Name) -> None:
    server.seed(0)
    server.start(server=name)
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=5)
    connection.request("GET", "/")
    response = connection.getresponse()
    assert response.status in {200, 302}
    response.read()
    connection.close()


def test_a_talk_goes_well_and_strange_frames_do_no_harm(
    server: BenchServer, name: Name
) -> None:
    (seat,) = server.seed(1)
    server.start(server=name)

    async def talk() -> list[str]:
        client = BenchClient(server.port, seat)
        opening = client.expect("turn.ended", turn=0)
        await client.join()
        await asyncio.wait_for(opening, 10)
        for strange in ("", b"", "\u0000", b"\xff" * 8, "[]", HALF_AN_EMOJI):
            refused = client.expect("error")
            await client.raw(strange)
            await asyncio.wait_for(refused, 5)
        ended = client.expect("turn.ended", turn=1)
        await client.send(type="text.submit", text="Hello \U0001f375", client_id="a")
        await asyncio.wait_for(ended, 10)
        over = client.expect("session.ended")
        await client.send(type="session.end")
        await asyncio.wait_for(over, 5)
        assert client.gaps == 0
        await client.leave()
        return client.errors

    errors = asyncio.run(talk())
    assert set(errors) <= {"protocol.malformed", "protocol.unknown_type"}
    assert "Traceback" not in server.log.read_text()


def test_an_interrupt_ends_it_soon_and_with_all_its_children(
    server: BenchServer, name: Name
) -> None:
    (seat,) = server.seed(1)
    server.start(server=name)
    assert server.pid is not None
    family = [psutil.Process(server.pid)]

    async def stop_in_the_middle() -> float:
        client = BenchClient(server.port, seat, plays=False)
        audio = client.expect("audio")
        await client.join()
        await asyncio.wait_for(audio, 10)
        family.extend(family[0].children(recursive=True))
        began_at = time.monotonic()
        await asyncio.to_thread(server.stop)
        took_s = time.monotonic() - began_at
        await client.leave()
        return took_s

    took_s = asyncio.run(stop_in_the_middle())
    assert took_s < 5, server.log.read_text()[-4000:]
    assert not any(process.is_running() for process in family)
    assert "Traceback" not in server.log.read_text()
