"""Pipecat's program: ``python -m bench.peers.pipecat_bot WANTED`` in its own environment.

Put together as its documentation has it: Silero and Smart Turn, Whisper, a chat server,
Piper, its own WebSocket transport. Only what goes over the socket is ours (``Wire``), and
what its Whisper is called with beyond its defaults: the beam.
"""

from __future__ import annotations

import asyncio
import json
import sys
from functools import partial
from pathlib import Path
from typing import Any

from loguru import logger
from pipecat.audio.turn.smart_turn.base_smart_turn import SmartTurnParams
from pipecat.audio.turn.smart_turn.local_smart_turn_v3 import LocalSmartTurnAnalyzerV3
from pipecat.audio.vad.silero import SileroVADAnalyzer
from pipecat.frames.frames import (
    Frame,
    InputAudioRawFrame,
    InterruptionFrame,
    OutputAudioRawFrame,
    OutputTransportMessageUrgentFrame,
)
from pipecat.observers.user_bot_latency_observer import UserBotLatencyObserver
from pipecat.pipeline.pipeline import Pipeline
from pipecat.pipeline.worker import PipelineParams, PipelineWorker
from pipecat.processors.aggregators.llm_context import LLMContext
from pipecat.processors.aggregators.llm_response_universal import (
    LLMContextAggregatorPair,
    LLMUserAggregatorParams,
)
from pipecat.serializers.base_serializer import FrameSerializer
from pipecat.services.openai.llm import OpenAILLMService
from pipecat.services.piper.tts import PiperTTSService
from pipecat.services.whisper.stt import WhisperSTTService
from pipecat.transports.websocket.server import (
    SingleClientWebsocketServerParams,
    SingleClientWebsocketServerTransport,
)
from pipecat.turns.user_stop import TurnAnalyzerUserTurnStopStrategy
from pipecat.turns.user_turn_strategies import UserTurnStrategies
from pipecat.workers.runner import WorkerRunner

from .bot import end_with_parent, say_ready
from .wire import (
    CLOSED,
    HEARD,
    MIC_RATE_HZ,
    OWN_FIGURE,
    STOPPED,
    Wanted,
    note,
    pack_sound,
)

# Tuned: a turn that Smart Turn takes for unfinished is over after 1 s of silence, not 3.
TUNED_STOP_S = 1.0


class Wire(FrameSerializer):
    """What goes over the socket: ``wire``."""

    async def serialize(self, frame: Frame) -> str | bytes | None:
        """Return a frame as the benchmark wants it; None: not at all."""
        if self.should_ignore_frame(frame):
            return None
        match frame:
            case OutputAudioRawFrame():
                return pack_sound(frame.sample_rate, frame.audio)
            case InterruptionFrame():
                return note(STOPPED)
            case OutputTransportMessageUrgentFrame():
                return json.dumps(frame.message)
        return None

    async def deserialize(self, data: str | bytes) -> Frame | None:
        """Return a frame of the microphone."""
        assert isinstance(data, bytes)
        return InputAudioRawFrame(audio=data, sample_rate=MIC_RATE_HZ, num_channels=1)


def pipeline_of(wanted: Wanted) -> PipelineWorker:
    """Return Pipecat's pipeline behind its socket."""
    transport = SingleClientWebsocketServerTransport(
        params=SingleClientWebsocketServerParams(
            audio_in_enabled=True,
            audio_out_enabled=True,
            audio_in_sample_rate=MIC_RATE_HZ,
            serializer=Wire(),
        ),
        host="127.0.0.1",
        port=wanted.port,
    )
    whisper = WhisperSTTService(
        device="cpu",
        compute_type="int8",
        settings=WhisperSTTService.Settings(model=wanted.whisper),
    )
    _level_beam(whisper, wanted.beam)
    voice = Path(wanted.voice)
    piper = PiperTTSService(
        download_dir=voice.parent, settings=PiperTTSService.Settings(voice=voice.stem)
    )
    llm = OpenAILLMService(
        base_url=wanted.llm_url,
        api_key=wanted.llm_key,
        settings=OpenAILLMService.Settings(
            model=wanted.llm_model,
            max_tokens=wanted.reply_tokens,
            system_instruction=wanted.instructions,
        ),
    )
    user, assistant = LLMContextAggregatorPair(
        LLMContext(),
        user_params=LLMUserAggregatorParams(
            vad_analyzer=SileroVADAnalyzer(), **(_tuned() if wanted.tuned else {})
        ),
    )
    latency = UserBotLatencyObserver()
    worker = PipelineWorker(
        Pipeline(
            [
                transport.input(),
                whisper,
                user,
                llm,
                piper,
                transport.output(),
                assistant,
            ]
        ),
        params=PipelineParams(enable_metrics=True),
        observers=[latency],
        idle_timeout_secs=None,
    )

    async def tell(kind: str, text: str = "") -> None:
        message = {"kind": kind, "text": text}
        await worker.queue_frame(OutputTransportMessageUrgentFrame(message=message))

    @user.event_handler("on_user_turn_stopped")
    async def _closed(_user: Any, _strategy: Any, message: Any) -> None:
        await tell(CLOSED)
        await tell(HEARD, message.content or "")

    @latency.event_handler("on_latency_measured")
    async def _measured(_observer: Any, seconds: float) -> None:
        await tell(OWN_FIGURE, f"{seconds:.3f}")

    @transport.event_handler("on_websocket_ready")
    async def _ready(_transport: Any) -> None:
        say_ready(
            ("pipecat-ai", "faster-whisper", "ctranslate2", "piper-tts", "onnxruntime")
        )

    return worker


def _tuned() -> dict[str, Any]:
    detector = LocalSmartTurnAnalyzerV3(params=SmartTurnParams(stop_secs=TUNED_STOP_S))
    stop = TurnAnalyzerUserTurnStopStrategy(turn_analyzer=detector)
    return {"user_turn_strategies": UserTurnStrategies(stop=[stop])}


def _level_beam(whisper: WhisperSTTService, beam: int) -> None:
    """Have Whisper search as wide as the others do; there is no setting for it."""
    model = whisper._model
    model.transcribe = partial(model.transcribe, beam_size=beam)


async def main() -> None:
    """Serve until the benchmark ends."""
    logger.remove()
    logger.add(sys.stderr, level="INFO")
    end_with_parent()
    runner = WorkerRunner(handle_sigint=False)
    await runner.add_workers(pipeline_of(Wanted.from_json(sys.argv[1])))
    await runner.run()


if __name__ == "__main__":
    asyncio.run(main())
