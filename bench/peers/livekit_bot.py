"""LiveKit Agents' program: ``python -m bench.peers.livekit_bot WANTED``, without a room.

A session with its defaults: the voice detection and turn detector of its wheels, its own
client of chat servers. Its microphone and loudspeaker are a WebSocket
(``livekit_sound``), Whisper and Piper those of this machine (``livekit_engines``).
"""

from __future__ import annotations

import asyncio
import logging
import sys
from typing import Any

from livekit.agents import Agent, AgentSession
from livekit.plugins import openai
from websockets.asyncio.server import ServerConnection, serve

from .bot import end_with_parent, say_ready
from .livekit_engines import Piper, Whisper
from .livekit_sound import SocketLoudspeaker, SocketMicrophone
from .wire import CLOSED, HEARD, OWN_FIGURE, Wanted, note

# Tuned: shorter waits than its own (0.3 and 2.5 s), and speech made before a turn is over.
TUNED = {
    "endpointing": {"min_delay": 0.2, "max_delay": 1.5},
    "preemptive_generation": {"preemptive_tts": True},
}
PACKAGES = (
    "livekit-agents", "livekit-plugins-openai", "livekit", "faster-whisper", "ctranslate2",
    "piper-tts", "onnxruntime",
)  # fmt: skip


async def talk(socket: ServerConnection, session: AgentSession, wanted: Wanted) -> None:
    """Run the session at this socket until the other side leaves."""
    microphone, speaker = SocketMicrophone(), SocketLoudspeaker(socket.send)
    notes: set[asyncio.Task[None]] = set()

    def tell(kind: str, text: str = "") -> None:
        task = asyncio.ensure_future(socket.send(note(kind, text)))
        notes.add(task)
        task.add_done_callback(notes.discard)

    @session.on("conversation_item_added")
    def _item(event: Any) -> None:
        match getattr(event.item, "role", ""):
            case "user":
                tell(CLOSED)
                tell(HEARD, event.item.text_content or "")
            case "assistant":
                tell(OWN_FIGURE, str((event.item.metrics or {}).get("e2e_latency")))

    session.input.audio, session.output.audio = microphone, speaker
    playing = asyncio.create_task(speaker.play())
    try:
        await session.start(Agent(instructions=wanted.instructions))
        async for packet in socket:
            assert isinstance(packet, bytes)
            microphone.push(packet)
    finally:
        playing.cancel()
        await session.aclose()


def session_of(wanted: Wanted) -> AgentSession:
    """Return a session with the models that all have, and its defaults."""
    return AgentSession(
        stt=Whisper(wanted.whisper, beam=wanted.beam),
        llm=openai.LLM(
            model=wanted.llm_model,
            base_url=wanted.llm_url,
            api_key=wanted.llm_key,
            max_completion_tokens=wanted.reply_tokens,
        ),
        tts=Piper(wanted.voice),
        **({"turn_handling": TUNED} if wanted.tuned else {}),
    )


async def main() -> None:
    """Serve until the benchmark ends."""
    logging.basicConfig(level=logging.INFO, stream=sys.stderr)
    end_with_parent()
    wanted = Wanted.from_json(sys.argv[1])
    session = session_of(wanted)
    async with serve(
        lambda socket: talk(socket, session, wanted),
        "127.0.0.1",
        wanted.port,
        compression=None,
        max_size=None,
        ping_interval=None,
    ):
        say_ready(PACKAGES)
        await asyncio.Future()


if __name__ == "__main__":
    asyncio.run(main())
