"""Sockets on scripted engines, with a real database."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import asdict
from typing import Any

import pytest
from channels.db import database_sync_to_async
from channels.testing import WebsocketCommunicator
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from inference import conf
from learners.models import User
from sessions.live.registry import live_sessions
from sessions.models import TutoringSession
from sessions.services import start_session
from sessions.wire.binary import VIDEO_KIND, decode_tutor_audio, decode_tutor_video
from tests.factories.learners import LearnerFactory
from tests.scripted_settings import INFERENCE as SCRIPTED
from tutorplatform.asgi import application

ORIGIN = b"http://testserver"


@pytest.fixture(autouse=True)
def scripted_engines(settings: Any) -> Iterator[None]:
    """Run all stages on engines scripted by time, without delays."""
    engines = {
        kind: {**conf_, "OPTIONS": {}} for kind, conf_ in SCRIPTED["ENGINES"].items()
    }
    engines["synthesizer"]["OPTIONS"] = {"char_ms": 4.0}
    settings.INFERENCE = {**SCRIPTED, "ENGINES": engines}
    settings.LIVE = {
        **settings.LIVE,
        "END_SILENCE_MS": 200,
        "CANDIDATE_SILENCE_MS": 100,
        "RESUME_GRACE_S": 5,
    }
    # One process, whatever else there is; several are in tests/integration.
    settings.REDIS_URL = ""
    conf.shutdown()
    yield
    conf.shutdown()


def make_learner() -> User:
    """Return a new learner with a profile."""
    user: User = LearnerFactory.create()
    return user


@pytest.fixture
def learner(transactional_db: None) -> User:
    """A learner with a profile."""
    return make_learner()


@pytest.fixture
def tutoring(learner: User) -> TutoringSession:
    """A session of the learner, free talk."""
    return start_session(learner_id=learner.pk, lesson_uuid=None, now=timezone.now())


@pytest.fixture(autouse=True)
async def no_session_left(transactional_db: None) -> AsyncIterator[None]:
    """Close live sessions while the test's event loop and database are there."""
    yield
    await live_sessions.close()


def signed_in_cookie(user: User) -> bytes:
    """Return the cookie header of a signed-in user."""
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = "learners.account_backends.PasswordBackend"
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.save()
    return f"sessionid={store.session_key}".encode()


class Browser:
    """One socket as a browser would use it."""

    def __init__(
        self,
        uuid: Any,
        *,
        user: User | None,
        origin: bytes = ORIGIN,
        plays: bool = True,
    ) -> None:
        self._uuid = uuid
        self._user = user
        self._origin = origin
        self._plays = plays
        self._socket: WebsocketCommunicator | None = None
        self.events: list[dict[str, Any]] = []
        self.last_seq = 0

    async def open(self) -> bool:
        """Connect; return whether the handshake was accepted."""
        headers = [(b"origin", self._origin), (b"host", b"testserver")]
        if self._user is not None:
            cookie = await database_sync_to_async(signed_in_cookie)(self._user)
            headers.append((b"cookie", cookie))
        self._socket = WebsocketCommunicator(
            application,
            f"/ws/sessions/{self._uuid}/",
            headers=headers,
            subprotocols=["tutor.v1"],
        )
        accepted, _ = await self._socket.connect(timeout=5)
        return bool(accepted)

    async def join(self, **hello: Any) -> dict[str, Any]:
        """Connect and say hello; return ``session.ready``."""
        assert await self.open()
        await self.hello(**hello)
        return await self.until("session.ready")

    async def hello(self, **changed: Any) -> None:
        """Say hello."""
        fields = {"protocol": 1, "sample_rate": 16000, "last_seq": None, **changed}
        await self.send(type="session.hello", **fields)

    async def send(self, **event: Any) -> None:
        """Send a JSON event."""
        await self.raw(json.dumps(event))

    async def raw(self, data: str | bytes) -> None:
        """Send any message."""
        assert self._socket is not None
        field = "bytes" if isinstance(data, bytes) else "text"
        await self._socket.send_input({"type": "websocket.receive", field: data})

    async def receive(self, timeout_s: float = 5) -> dict[str, Any]:
        """Return the next message; a close comes as type ``close``."""
        assert self._socket is not None
        output = await self._socket.receive_output(timeout_s)
        if output["type"] == "websocket.close":
            return {"type": "close", "code": output.get("code")}
        event: dict[str, Any]
        if output.get("bytes") is not None and output["bytes"][0] == VIDEO_KIND:
            event = {"type": "video", **asdict(decode_tutor_video(output["bytes"]))}
        elif output.get("bytes") is not None:
            audio = decode_tutor_audio(output["bytes"])
            event = {
                "type": "audio",
                "turn": audio.turn,
                "seq": audio.seq,
            }
        else:
            event = json.loads(output["text"])
        self.last_seq = event.get("seq", self.last_seq)
        self.events.append(event)
        if self._plays and event["type"] in {"reply.clause", "reply.audio_ended"}:
            where = {key: event[key] for key in ("turn", "attempt")}
            if event["type"] == "reply.audio_ended":
                await self.send(type="playback.finished", **where)
            else:
                heard_ms = event["end_ms"]
                await self.send(type="playback.progress", played_ms=heard_ms, **where)
        return event

    async def until(self, type_: str, **fields: Any) -> dict[str, Any]:
        """Return the next message of a type with these fields."""
        while True:
            event = await self.receive()
            if event["type"] == type_ and fields.items() <= event.items():
                return event
            if event["type"] == "close":
                raise AssertionError(f"closed with {event['code']} before {type_}")

    async def drop(self) -> None:
        """Lose the connection."""
        assert self._socket is not None
        await self._socket.disconnect()
