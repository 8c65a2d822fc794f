"""A live session on scripted engines, and a browser that plays along."""

from __future__ import annotations

import asyncio
import json
import os
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import asdict
from typing import Any, Self
from uuid import UUID

import numpy as np

from inference.protocols import Cancelled
from inference.runners.base import Produced
from inference.runners.embedded import EmbeddedRunner
from inference.runners.observed import ObservedRunner
from inference.stages.stage import EngineKind, Stage
from sessions.live.event_router import EventRouter
from sessions.live.live_session import LiveSession
from sessions.live.session_face import Clips, VideoSetting
from sessions.live.settings import LiveSettings
from sessions.live.video_streams import VideoStreams
from sessions.turns.filming import FilmSettings
from sessions.turns.prompting import Brief
from sessions.turns.segmenter import SegmenterSettings
from sessions.wire.binary import MicFrame, decode_tutor_audio, decode_tutor_video
from sessions.wire.client_events import decode_text

from .engines import (
    LoudnessDetector,
    ScriptedAnimator,
    ScriptedDialogue,
    ScriptedScorer,
    ScriptedSynthesizer,
    ScriptedTranscriber,
)
from .turn_repository import MemoryTurnRepository
from .workers import ScaledRunner

SESSION = UUID("11111111-1111-4111-8111-111111111111")
FRAME_SAMPLES = 320


class NotingRunner:
    """A runner of the product; ``asked`` are the stages asked for, reading ahead left out."""

    def __init__(self, runner: ObservedRunner) -> None:
        self._runner = runner
        self.asked: tuple[Stage, ...] = ()

    def busy(self, stage: Stage) -> bool:
        """Whether a new run would have to wait."""
        return self._runner.busy(stage)

    async def run(
        self, stage: Stage, request: Any, *, cancelled: Cancelled
    ) -> AsyncGenerator[Produced, None]:
        """Note and run."""
        if getattr(request, "max_tokens", None) != 0:
            self.asked += (stage,)
        results = self._runner.run(stage, request, cancelled=cancelled)
        async with aclosing(results):
            async for produced in results:
                yield produced

    def close(self) -> None:
        """End it."""
        self._runner.close()


def product_runner(
    get_engine: Callable[[EngineKind], Any], *, places: int, deadline_s: float
) -> ObservedRunner:
    """Return the runner that TUTOR_TEST_RUNNER names: every talk is tried on each."""
    if os.environ.get("TUTOR_TEST_RUNNER") == "queued":
        scaled = ScaledRunner(get_engine, places=places, deadline_s=deadline_s)
        return ObservedRunner(scaled, queued=tuple(Stage))
    return ObservedRunner(
        EmbeddedRunner(
            get_engine,
            threads=dict.fromkeys(Stage, places),
            deadline_s=dict.fromkeys(Stage, deadline_s),
        )
    )


class LiveHarness:
    """One live session; read its events, speak into it, play its replies."""

    def __init__(
        self,
        *,
        transcriber: Any = None,
        scorer: Any = None,
        dialogue: Any = None,
        synthesizer: Any = None,
        animator: Any = None,
        face: Any = None,
        repository: MemoryTurnRepository | None = None,
        plays: bool = True,
        **settings: Any,
    ) -> None:
        self.dialogue = dialogue or ScriptedDialogue()
        self.scorer = scorer or ScriptedScorer()
        self.engines: dict[EngineKind, Any] = {
            EngineKind.TRANSCRIBER: transcriber or ScriptedTranscriber(),
            EngineKind.SCORER: self.scorer,
            EngineKind.DIALOGUE: self.dialogue,
            EngineKind.SYNTHESIZER: synthesizer or ScriptedSynthesizer(char_ms=4.0),
            EngineKind.ANIMATOR: animator or ScriptedAnimator(),
            EngineKind.FACE_RENDERER: face,
        }
        streams = settings.pop("streams", 2)
        self.streams: VideoStreams = (
            streams
            if isinstance(streams, VideoStreams)
            else VideoStreams(streams if face else 0)
        )
        film = FilmSettings("tutor", wait_ms=settings.pop("face_wait_ms", 0.0))
        self.runner = NotingRunner(
            product_runner(
                self.engines.__getitem__,
                places=settings.pop("places", 2),
                deadline_s=settings.pop("deadline_s", 5.0),
            )
        )
        self.repository = repository or MemoryTurnRepository()
        language = settings.pop("language", "en")
        opening = settings.pop("opening", "Hi.")
        brief = Brief(l2=language, level="A2", opening_line=opening)
        self.live = LiveSession(
            LiveSettings(
                session_uuid=SESSION,
                language=language,
                brief=brief,
                engines={"dialogue": "scripted"},
                segmenter=SegmenterSettings(
                    end_silence_ms=settings.pop("end_silence_ms", 200),
                    candidate_silence_ms=100,
                    max_utterance_ms=settings.pop("max_utterance_ms", 60_000),
                ),
                max_reply_tokens=settings.pop("max_reply_tokens", 90),
                temperature=settings.pop("temperature", 0.4),
                llm_retry_after_s=settings.pop("llm_retry_after_s", 0.05),
                save_retry_after_s=0.05,
                **settings,
            ),
            runner=self.runner,
            detector=LoudnessDetector().open(),
            repository=self.repository,
            on_closed=lambda: self.dialogue.release(str(SESSION)),
            video=VideoSetting(
                film, self.streams, lambda: Clips("/idle.mp4", ("listening",))
            ),
        )
        self.router = EventRouter(self.live)
        self.events: list[dict[str, Any]] = []
        self._plays = plays
        self._frame = 0
        self._reader: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._reader = asyncio.create_task(self._read())
        self.live.outbox.video.listen(self)
        if self.engines[EngineKind.FACE_RENDERER] is not None:
            self.live.face.greet(["video", "drawn"], None)
            if not self.streams.is_down:
                await self.until("face.changed")
        await self.live.open()
        await self.until("turn.ended", turn=0)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.live.close()
        assert self._reader is not None
        self._reader.cancel()
        self.runner.close()

    def send(self, **event: Any) -> None:
        """Act as the browser: one JSON event."""
        self.router.handle(decode_text(json.dumps(event)))

    def frames(
        self, ms: float, *, loud: bool, level: float = 0.3, hz: float = 220
    ) -> None:
        """Send sound: a tone (speech to the scripted detector) or silence."""
        for _ in range(round(ms / 20)):
            t = np.arange(FRAME_SAMPLES) + self._frame * FRAME_SAMPLES
            tone = level * np.sin(2 * np.pi * hz * t / 16_000) if loud else 0 * t
            pcm = (tone * 32767).astype("<i2").tobytes()
            self.live.push_frame(MicFrame(self._frame, pcm))
            self._frame += 1

    async def speak(self, ms: float = 800) -> None:
        """Say something and fall silent."""
        self.frames(ms, loud=True)
        await asyncio.sleep(0.01)
        self.frames(400, loud=False)

    async def until(self, type_: str, *, timeout_s: float = 5.0, **fields: Any) -> Any:
        """Return the first event of a type with these fields, past or to come."""
        deadline = time.monotonic() + timeout_s
        while time.monotonic() < deadline:
            for event in self.events:
                if event["type"] == type_ and fields.items() <= event.items():
                    return event
            await asyncio.sleep(0.005)
        seen = [event["type"] for event in self.events]
        raise AssertionError(f"no {type_} {fields}; seen {seen}")

    def types(self, turn: int | None = None) -> list[str]:
        """Return the types of the events so far, of one turn if given."""
        return [
            event["type"]
            for event in self.events
            if turn is None or event.get("turn") == turn
        ]

    async def _read(self) -> None:
        cursor = 0
        while True:
            await self.live.outbox.wait(cursor)
            while (piece := self.live.outbox.video.take()) is not None:
                self._watch(piece)
            while (packet := self.live.outbox.following(cursor)) is not None:
                cursor += 1
                if isinstance(packet, bytes):
                    audio = decode_tutor_audio(packet)
                    self.events.append(
                        {
                            "type": "audio",
                            "turn": audio.turn,
                            "attempt": audio.attempt,
                            "seq": audio.seq,
                            "offset": audio.offset_samples,
                            "samples": len(audio.pcm) // 2,
                        }
                    )
                    continue
                event = json.loads(packet)
                self.events.append(event)
                self._play(event)

    def _watch(self, piece: str | bytes) -> None:
        if isinstance(piece, str):
            self.events.append(json.loads(piece))
            return
        video = decode_tutor_video(piece)
        self.events.append({"type": "video", **asdict(video)})

    def _play(self, event: dict[str, Any]) -> None:
        where = {"turn": event.get("turn"), "attempt": event.get("attempt")}
        if event["type"] == "reply.clause" and self._plays:
            self.send(type="playback.progress", played_ms=event["end_ms"], **where)
        if event["type"] == "reply.audio_ended" and self._plays:
            self.send(type="playback.finished", **where)
        if event["type"] == "reply.interrupted":
            self.send(type="playback.stopped", played_ms=0, **where)
