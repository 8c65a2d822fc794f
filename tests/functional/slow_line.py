"""A line between browser and server that can be made slow on the way to the browser."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

# So much is on its way at most; what does not fit waits with the server.
_ON_THE_WAY = 8 * 1024
# About a packet of the internet.
_PACKET = 1400
# A pause that the machine made longer may be caught up with.
_BURST_S = 0.05


class SlowLine:
    """A TCP proxy in a thread of its own. ``bits_per_s`` is 0 for as fast as can be."""

    def __init__(self, to_port: int) -> None:
        self._to_port = to_port
        self._free_at = 0.0
        self.bits_per_s = 0.0
        self.port = 0

    @property
    def url(self) -> str:
        """Where the browser finds the server."""
        return f"http://127.0.0.1:{self.port}"

    async def serve(self, ready: threading.Event, done: asyncio.Event) -> None:
        """Pass everything on until ``done``."""
        server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        await done.wait()
        server.close()
        rest = [t for t in asyncio.all_tasks() if t is not asyncio.current_task()]
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)

    async def _connected(
        self, browser: asyncio.StreamReader, to_browser: asyncio.StreamWriter
    ) -> None:
        line = socket.socket()
        # Before it is connected: later the buffer only grows.
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _ON_THE_WAY)
        line.setblocking(False)
        await asyncio.get_running_loop().sock_connect(
            line, ("127.0.0.1", self._to_port)
        )
        server, to_server = await asyncio.open_connection(sock=line, limit=_PACKET)
        with suppress(ConnectionError, asyncio.CancelledError):
            await asyncio.gather(
                self._pass(browser, to_server, slow=False),
                self._pass(server, to_browser, slow=True),
            )

    async def _pass(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, slow: bool
    ) -> None:
        try:
            while data := await reader.read(_PACKET if slow else 65536):
                if slow and self.bits_per_s:
                    await self._turn(len(data))
                writer.write(data)
                await writer.drain()
        finally:
            writer.close()

    async def _turn(self, n_bytes: int) -> None:
        """Wait as long as the line takes for so much."""
        now = asyncio.get_running_loop().time()
        begins = max(self._free_at, now - _BURST_S)
        self._free_at = begins + 8 * n_bytes / self.bits_per_s
        await asyncio.sleep(self._free_at - now)


@contextmanager
def slow_line(to_port: int) -> Iterator[SlowLine]:
    """Run a line to a port of this machine."""
    line, ready = SlowLine(to_port), threading.Event()
    loop, done = asyncio.new_event_loop(), asyncio.Event()

    def run() -> None:
        loop.run_until_complete(line.serve(ready, done))
        loop.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    assert ready.wait(10)
    yield line
    loop.call_soon_threadsafe(done.set)
    thread.join(10)
