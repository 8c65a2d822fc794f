"""The socket of a live session: authorises, then only hands on."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from channels.db import database_sync_to_async
from channels.exceptions import StopConsumer
from channels.generic.websocket import AsyncWebsocketConsumer

from schools import acting

from .live.composition import make_live_session
from .live.connection import Connection, error_json, lent_pages, session_ended
from .live.registry import live_sessions
from .models import TutoringSession
from .selectors import get_session
from .wire.errors import (
    CLOSE_NOT_FOUND,
    CLOSE_NOT_SIGNED_IN,
    SUBPROTOCOL,
    WireError,
)

# Offered by ``tutorplatform.socket_protocol``.
SOUND_EXTENSION = "tutor.sound"


class TutoringConsumer(AsyncWebsocketConsumer):
    """One socket. It accepts before it refuses, since a browser sees no close code else."""

    connection: Connection | None = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Read straight from the server.

        Channels would look for stale database connections in another thread, and wait
        for a layer that never speaks to this socket, at each of the 50 frames a second
        that every learner sends: measured, that is more than all the rest together.
        """
        self.scope = scope
        self.base_send = send
        try:
            while True:
                message = await receive()
                if message["type"] == "websocket.receive":
                    await self.receive(message.get("text"), message.get("bytes"))
                else:
                    await self.dispatch(message)
        except StopConsumer:
            return
        finally:
            await self._gone()

    async def connect(self) -> None:
        """Accept; then refuse who is not signed in or not the session's learner."""
        offered = SUBPROTOCOL in self.scope.get("subprotocols", [])
        await self.accept(SUBPROTOCOL if offered else None)
        user = self.scope["user"]
        if user is None or not user.is_authenticated:
            await self.close(CLOSE_NOT_SIGNED_IN)
            return
        uuid: UUID = self.scope["url_route"]["kwargs"]["session_uuid"]
        session = await database_sync_to_async(_own_session)(uuid, user.pk)
        if session is None:
            await self.close(CLOSE_NOT_FOUND)
        elif await database_sync_to_async(_sees_as_another)(self.scope):
            await self._refuse(lent_pages())
        elif session.status == TutoringSession.Status.ENDED:
            await self._refuse(session_ended())
        else:
            self.connection = Connection(
                session_uuid=uuid,
                sessions=live_sessions,
                make=lambda: make_live_session(uuid),
                send=self._send,
                close=self.close,
            )
            extensions: Any = self.scope.get("extensions") or {}
            if SOUND_EXTENSION in extensions:
                # Our own server hands frames over by a plain call.
                extensions[SOUND_EXTENSION](self.connection.binary)

    async def receive(
        self, text_data: str | None = None, bytes_data: bytes | None = None
    ) -> None:
        """Hand a message on."""
        if self.connection is None:
            return
        if bytes_data is not None:
            self.connection.binary(bytes_data)
        elif text_data is not None:
            await self.connection.text(text_data)

    async def disconnect(self, code: int) -> None:
        """The socket is closed."""
        await self._gone()

    async def _gone(self) -> None:
        if self.connection is not None:
            connection, self.connection = self.connection, None
            await connection.gone()

    async def _send(self, packet: str | bytes) -> None:
        if isinstance(packet, bytes):
            await self.send(bytes_data=packet)
        else:
            await self.send(text_data=packet)

    async def _refuse(self, error: WireError) -> None:
        await self._send(error_json(error))
        await self.close(error.close_code)


def _sees_as_another(scope: Any) -> bool:
    return acting.SESSION_KEY in (scope.get("session") or {})


def _own_session(uuid: UUID, user_id: int) -> TutoringSession | None:
    try:
        session = get_session(uuid=uuid)
    except TutoringSession.DoesNotExist:
        return None
    return session if session.learner_id == user_id else None
