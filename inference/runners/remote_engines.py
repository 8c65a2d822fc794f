"""Engines that stand on workers, for code that has no talk around it.

Each has the protocol of its kind and orders runs like a talk does: pages and commands need
not know where an engine is.
"""

from __future__ import annotations

from collections.abc import Iterator

from inference.errors import EngineUnavailable
from inference.protocols import (
    Cancelled,
    ScorerCapabilities,
    TranscriberCapabilities,
)
from inference.stages.stage import EngineKind, Stage
from inference.types.assessment import AssessRequest, PronunciationAssessment
from inference.types.speech import (
    SpeechChunk,
    SynthesisRequest,
    TranscribeRequest,
    Transcript,
)
from inference.types.voice import SynthesizerCapabilities

from .remote_engine import RemoteEngine
from .remote_face import RemoteFaceRenderer


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
        for transcript in self._run(self.stage, request, cancelled):
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
        for assessment in self._run(self.stage, request, cancelled):
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
        yield from self._run(self.stage, request, cancelled)


REMOTE: dict[EngineKind, type[RemoteEngine]] = {
    EngineKind.TRANSCRIBER: RemoteTranscriber,
    EngineKind.SCORER: RemoteScorer,
    EngineKind.SYNTHESIZER: RemoteSynthesizer,
    EngineKind.FACE_RENDERER: RemoteFaceRenderer,
}
