"""What each kind of engine can be asked. Engines are used from worker threads.

Every engine is made once by its factory, may be called from several threads at the same
time (an engine that cannot must lock), and frees what it holds in ``close``. A call that
takes ``cancelled`` looks at it often and returns early, without an error, once it is set.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from .types.assessment import AssessRequest, PronunciationAssessment
from .types.audio import FloatSamples
from .types.clip import AvatarKind, Clip, ClipProgress, ClipRequest
from .types.dialogue import DialogueRequest, ReplyDelta
from .types.face import (
    Frame,
    Pixels,
    PreparedAvatar,
    PreparedFrames,
    RenderRequest,
    VideoFragment,
)
from .types.picture import FaceBox
from .types.speech import (
    Animation,
    AnimationRequest,
    SpeechChunk,
    SynthesisRequest,
    TranscribeRequest,
    Transcript,
)
from .types.voice import SynthesizerCapabilities


class Cancelled(Protocol):
    """Tells whether the caller still wants the result (``threading.Event`` fits)."""

    def is_set(self) -> bool:
        """Return True once the result is no longer wanted."""
        ...


class Engine(Protocol):
    """What all engines share."""

    def warm(self) -> None:
        """Load what is needed and try it once. Raises EngineUnavailable."""
        ...

    def close(self) -> None:
        """Free models and end child processes. Safe to call twice."""
        ...


class SpeechDetectorStream(Protocol):
    """Voice detection of one microphone."""

    window_samples: int

    def probability(self, window: FloatSamples) -> float:
        """Return the probability in [0, 1] that this 16 kHz window holds speech.

        ``window`` has shape ``(window_samples,)``; windows come in order.
        """
        ...

    def reset(self) -> None:
        """Forget what was heard."""
        ...


class SpeechDetector(Engine, Protocol):
    """Tells speech from the rest, window by window."""

    def open(self) -> SpeechDetectorStream:
        """Return a stream with a state of its own."""
        ...


@dataclass(frozen=True, slots=True)
class TranscriberCapabilities:
    """What a transcriber can do; one with ``batch`` above 1 is a BatchTranscriber."""

    word_times: bool
    features: bool
    languages: frozenset[str]
    batch: int = 1


class Transcriber(Engine, Protocol):
    """Speech to text."""

    @property
    def capabilities(self) -> TranscriberCapabilities:
        """What this transcriber can do."""
        ...

    def transcribe(
        self, request: TranscribeRequest, *, cancelled: Cancelled
    ) -> Transcript:
        """Recognise one clip. Raises StageError ``asr.failed``."""
        ...


@dataclass(frozen=True, slots=True)
class ScorerCapabilities:
    """What a pronunciation scorer can do.

    ``encoder`` names the recogniser's features it can share, ``""`` for none.
    ``validated`` are the languages whose scores were checked against expert ratings.
    """

    languages: frozenset[str]
    validated: frozenset[str]
    phonemes: bool
    encoder: str = ""


class PronunciationScorer(Engine, Protocol):
    """How something was said, against what should have been said."""

    @property
    def capabilities(self) -> ScorerCapabilities:
        """What this scorer can do."""
        ...

    def assess(
        self, request: AssessRequest, *, cancelled: Cancelled
    ) -> PronunciationAssessment:
        """Judge one clip; speech that cannot be judged gives an outcome that says why.

        Raises StageError ``assess.failed``.
        """
        ...


class DialogueModel(Engine, Protocol):
    """The tutor's words."""

    def respond(
        self, request: DialogueRequest, *, cancelled: Cancelled
    ) -> Iterator[ReplyDelta]:
        """Stream the reply. Raises StageError ``llm.failed`` or ``llm.timeout``."""
        ...

    def release(self, conversation: str) -> None:
        """Forget what is kept for a conversation that is over."""
        ...


class SpeechSynthesizer(Engine, Protocol):
    """Text to speech with phoneme times."""

    @property
    def capabilities(self) -> SynthesizerCapabilities:
        """What this synthesizer can do, as things are on this machine now."""
        ...

    def synthesize(
        self, request: SynthesisRequest, *, cancelled: Cancelled
    ) -> Iterator[SpeechChunk]:
        """Speak one clause, in order. Raises StageError ``tts.failed``."""
        ...


class AvatarAnimator(Engine, Protocol):
    """Speech to mouth movement."""

    def animate(
        self, request: AnimationRequest, *, cancelled: Cancelled
    ) -> Iterator[Animation]:
        """Return the movement for this speech. Raises StageError ``face.failed``."""
        ...


@dataclass(frozen=True, slots=True)
class FaceCapabilities:
    """What a face renderer can do.

    ``avatars`` are the names it can show, ``streams`` how many replies it keeps up with
    at the same time: 0 where there is no video. ``before_client_head``: the video is worth
    more than the head that a browser with a graphics card draws for nothing.
    ``portraits``: pictures that people bring become avatars, named by their file.
    """

    avatars: frozenset[str]
    streams: int
    before_client_head: bool = True
    portraits: bool = False


class _Face(Engine, Protocol):
    """What sources of pictures and makers of video share."""

    @property
    def capabilities(self) -> FaceCapabilities:
        """What it can do."""
        ...

    def loop(self, avatar: str, state: str, *, cancelled: Cancelled) -> bytes:
        """Return a looping, video-only MP4 of a state that ``prepare`` named.

        Made at its first use, which may take seconds. Raises StageError ``video.failed``,
        also for a state that it has not.
        """
        ...

    def release(self, talk: str) -> None:
        """Forget what is kept for a talk that is over."""
        ...


class FrameSource(_Face, Protocol):
    """Speech to pictures; whoever encodes them asks for them one by one."""

    def prepare(self, avatar: str, *, cancelled: Cancelled) -> PreparedFrames:
        """Make an avatar ready; a second call for the same one is quick.

        Raises StageError ``video.no_face`` for a picture that cannot speak, else
        ``video.failed``, also for an avatar nobody knows.
        """
        ...

    def frames(
        self, request: RenderRequest, *, cancelled: Cancelled
    ) -> Iterator[Frame]:
        """Yield the pictures of a clause in order, on the grid of ``picture_numbers``.

        Raises StageError ``video.failed``.
        """
        ...


class FaceRenderer(_Face, Protocol):
    """Speech to video."""

    def prepare(self, avatar: str, *, cancelled: Cancelled) -> PreparedAvatar:
        """Make an avatar ready.

        Raises StageError ``video.no_face`` for a picture that cannot speak, else
        ``video.failed``, also once ``cancelled`` is set.
        """
        ...

    def stream(
        self, request: RenderRequest, *, cancelled: Cancelled
    ) -> Iterator[VideoFragment]:
        """Yield a clause's video: an init segment, then fragments in order.

        Every clause can be decoded by itself. Raises StageError ``video.failed``.
        """
        ...


@dataclass(frozen=True, slots=True)
class ClipCapabilities:
    """What a clip renderer can do.

    ``fingerprint`` is another one for each engine, version and set of options: the same
    request gives the same clip while it stays the same.
    """

    avatars: frozenset[AvatarKind]
    fingerprint: str


class ClipRenderer(Engine, Protocol):
    """Speech to a video file, however long that takes."""

    @property
    def capabilities(self) -> ClipCapabilities:
        """What this renderer can do."""
        ...

    def render(
        self, request: ClipRequest, *, cancelled: Cancelled
    ) -> Iterator[ClipProgress | Clip]:
        """Yield progress every few seconds, also where there is none, then the clip.

        Raises StageError ``clip.no_face`` for a picture without a face that it can use,
        ``clip.timeout``, else ``clip.failed``.
        """
        ...


class FaceFinder(Engine, Protocol):
    """Where faces are in a picture."""

    def find(self, pixels: Pixels) -> tuple[FaceBox, ...]:
        """Return the faces, the surest first.

        ``pixels`` is uint8 RGB of shape ``(height, width, 3)``. Raises StageError
        ``portrait.unchecked`` where nobody can tell.
        """
        ...
