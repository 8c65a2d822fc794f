"""uvicorn's WebSocket protocol with a short way for sound.

Of the 50 messages a second that each learner sends all but a few are microphone frames.
An application that asks for it, through the ASGI extension ``tutor.sound``, gets whole
binary messages by a plain call as they arrive; everything else, and every other server,
goes the ordinary way through ``receive``. That saves the queue, the wake-up of a task and
the pause in reading that each message costs otherwise.

On the way out such an application decides itself what goes first, the voice before its
pictures. So what waits for a slow line waits with the application: whatever is in the
buffers of transport and kernel can be overtaken by nothing.
"""

from __future__ import annotations

import socket
from asyncio import Transport
from collections.abc import Callable

from uvicorn.protocols.websockets.websockets_sansio_impl import (
    WebSocketsSansIOProtocol,
)
from websockets.frames import Frame
from websockets.http11 import Request

EXTENSION = "tutor.sound"

# What the kernel may hold that it has not sent yet: a moment of the slowest line.
MAX_UNSENT_BYTES = 8 * 1024

Sink = Callable[[bytes], None]


class SoundProtocol(WebSocketsSansIOProtocol):
    """Hands whole binary messages to the application's sink, once it gave one."""

    _sink: Sink | None = None

    def handle_connect(self, event: Request) -> None:
        """Offer the extension; the application starts in a later step of the loop."""
        super().handle_connect(event)
        if scope := getattr(self, "scope", None):
            scope["extensions"][EXTENSION] = self._take_sink

    def handle_bytes(self, event: Frame) -> None:
        """Hand a whole message on at once."""
        if self._sink is None or not event.fin or self.close_sent:
            super().handle_bytes(event)
        else:
            self._sink(bytes(event.data))

    def _take_sink(self, sink: Sink) -> None:
        self._sink = sink
        keep_short(self.transport)


def keep_short(transport: Transport) -> None:
    """Let next to nothing wait below the application."""
    if transport.is_closing():
        # The page went while it was being looked up.
        return
    transport.set_write_buffer_limits(high=0)
    line = transport.get_extra_info("socket")
    if line is not None and line.family in (socket.AF_INET, socket.AF_INET6):
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, MAX_UNSENT_BYTES)
