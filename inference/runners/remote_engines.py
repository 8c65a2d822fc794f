"""Engines that stand on workers, for code that has no talk around it.

Each has the protocol of its kind and orders runs like a talk does: pages and commands need
not know where an engine is.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from typing import Any

from inference.errors import EngineUnavailable
from inference.protocols import (
    Cancelled,
    ScorerCapabilities,
    TranscriberCapabilities,
)
from inference.stages.stage import EngineKind, Stage
from inference.transport.fleet import Fleet
from inference.transport.payloads import unpack
from inference.types.assessment import AssessRequest, PronunciationAssessment
from inference.types.speech import (
    SpeechChunk,
    SynthesisRequest,
    TranscribeRequest,
    Transcript,
)
from inference.types.voice import SynthesizerCapabilities

from .base import StageRunner

# How long a worker is waited for where one is needed at once.
PATIENCE_S = 10.0
_LOOK_S = 0.25


class RemoteEngine:
    """What all of them share. ``capabilities_type`` is what workers say of this kind."""

    kind: EngineKind
    stage: Stage
    capabilities_type: type

    def __init__(self, runner: StageRunner, fleet: Fleet) -> None:
        self._runner = runner
        self._fleet = fleet
        self._last: Any = None

    def warm(self) -> None:
        """Wait for a worker. Raises EngineUnavailable."""
        self._said()

    def release(self, talk: str) -> None:
        """Workers keep nothing of a talk."""

    def close(self) -> None:
        """Workers end by themselves."""

    def _said(self) -> Any:
        """Return what workers of this kind can do; the last that was known, while none is."""
        give_up_at = time.monotonic() + (PATIENCE_S if self._last is None else 0.0)
        while True:
            for worker in self._fleet.alive:
                if (packed := worker.capabilities.get(self.kind.value)) is not None:
                    self._last = unpack(packed, self.capabilities_type)
                    return self._last
            if self._last is not None:
                return self._last
            if time.monotonic() >= give_up_at:
                raise EngineUnavailable(
                    "engine.unavailable", f"no worker has a {self.kind.value}"
                )
            time.sleep(_LOOK_S)

    def _run(self, request: Any, cancelled: Cancelled) -> Iterator[Any]:
        """Yield the results of a run, from a thread without an event loop."""
        loop = asyncio.new_event_loop()
        results = self._runner.run(self.stage, request, cancelled=cancelled)
        try:
            while True:
                try:
                    produced = loop.run_until_complete(anext(results))
                except StopAsyncIteration:
                    return
                yield produced.value
        finally:
            loop.run_until_complete(results.aclose())
            loop.close()


class RemoteTranscriber(RemoteEngine):
    """Recognition on workers."""

    kind = EngineKind.TRANSCRIBER
    stage = Stage.TRANSCRIBE
    capabilities_type = TranscriberCapabilities

    @property
    def capabilities(self) -> TranscriberCapabilities:
        """What the workers' transcriber can do. Raises EngineUnavailable without any."""
        found: TranscriberCapabilities = self._said()
        return found

    def transcribe(
        self, request: TranscribeRequest, *, cancelled: Cancelled
    ) -> Transcript:
        """Recognise one clip. Raises StageError ``asr.failed``, also once cancelled."""
        for transcript in self._run(request, cancelled):
            assert isinstance(transcript, Transcript)  # noqa: S101 as unpacked
            return transcript
        raise EngineUnavailable("asr.failed", "nobody wanted it any more")


class RemoteScorer(RemoteEngine):
    """Pronunciation scoring on workers."""

    kind = EngineKind.SCORER
    stage = Stage.ASSESS
    capabilities_type = ScorerCapabilities

    @property
    def capabilities(self) -> ScorerCapabilities:
        """What the workers' scorer can do. Raises EngineUnavailable without any."""
        found: ScorerCapabilities = self._said()
        return found

    def assess(
        self, request: AssessRequest, *, cancelled: Cancelled
    ) -> PronunciationAssessment:
        """Judge one clip. Raises StageError ``assess.failed``, also once cancelled."""
        for assessment in self._run(request, cancelled):
            assert isinstance(assessment, PronunciationAssessment)  # noqa: S101
            return assessment
        raise EngineUnavailable("assess.failed", "nobody wanted it any more")


class RemoteSynthesizer(RemoteEngine):
    """The voice on workers."""

    kind = EngineKind.SYNTHESIZER
    stage = Stage.SYNTHESIZE
    capabilities_type = SynthesizerCapabilities

    @property
    def capabilities(self) -> SynthesizerCapabilities:
        """What the workers' voices can do. Raises EngineUnavailable without any."""
        found: SynthesizerCapabilities = self._said()
        return found

    def synthesize(
        self, request: SynthesisRequest, *, cancelled: Cancelled
    ) -> Iterator[SpeechChunk]:
        """Speak one clause. Raises StageError ``tts.failed``."""
        yield from self._run(request, cancelled)


REMOTE: dict[EngineKind, type[RemoteEngine]] = {
    EngineKind.TRANSCRIBER: RemoteTranscriber,
    EngineKind.SCORER: RemoteScorer,
    EngineKind.SYNTHESIZER: RemoteSynthesizer,
}
