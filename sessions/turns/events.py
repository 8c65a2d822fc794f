"""What happens in a turn, as typed events in the order they happen."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from inference.types.assessment import PronunciationAssessment
from inference.types.audio import AudioClip
from inference.types.face import VideoFormat, VideoFragment
from inference.types.speech import VisemeCue, Word, WordSpan

from .holding import ReplyHeld, ReplyResumed


class Outcome(StrEnum):
    """How a turn ended."""

    COMPLETED = "completed"
    INTERRUPTED = "interrupted"
    NOT_UNDERSTOOD = "not_understood"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Source(StrEnum):
    """Where the learner's words came from."""

    SPEECH = "speech"
    TEXT = "text"
    CORRECTED = "corrected"


@dataclass(frozen=True, slots=True)
class SpeechStarted:
    """The learner began to speak."""

    turn: int


@dataclass(frozen=True, slots=True)
class SpeechEnded:
    """The learner's utterance is over."""

    turn: int
    reason: str


@dataclass(frozen=True, slots=True)
class PartialTranscript:
    """What was heard so far; ``stable`` is the prefix that did not change."""

    turn: int
    text: str
    stable: str


@dataclass(frozen=True, slots=True)
class FinalTranscript:
    """What the learner said."""

    turn: int
    text: str
    words: tuple[Word, ...]
    source: Source
    language: str
    confidence: float | None


@dataclass(frozen=True, slots=True)
class ReplyStarted:
    """The tutor begins to answer."""

    turn: int
    attempt: int
    repeat: bool = False


@dataclass(frozen=True, slots=True)
class ReplyText:
    """The next piece of the tutor's text."""

    turn: int
    attempt: int
    text: str


@dataclass(frozen=True, slots=True)
class ReplyClause:
    """A clause has a place on the reply's audio timeline, and so have its words.

    Where the voice cannot tell when it says which word, ``words`` is empty.
    """

    turn: int
    attempt: int
    clause: int
    text: str
    start_ms: float
    end_ms: float
    words: tuple[WordSpan, ...] = ()


@dataclass(frozen=True, slots=True)
class ReplyVisemes:
    """Mouth cues on the reply's audio timeline, before the audio they belong to."""

    turn: int
    attempt: int
    cues: tuple[VisemeCue, ...]


@dataclass(frozen=True, slots=True)
class ReplyAudio:
    """A stretch of the tutor's voice."""

    turn: int
    attempt: int
    clause: int
    clip: AudioClip
    offset_samples: int


@dataclass(frozen=True, slots=True)
class ReplyVideoStarted:
    """The reply is shown as video from here on."""

    turn: int
    attempt: int
    format: VideoFormat


@dataclass(frozen=True, slots=True)
class ReplyVideo:
    """A piece of the reply's video."""

    turn: int
    attempt: int
    fragment: VideoFragment


@dataclass(frozen=True, slots=True)
class ReplyVideoEnded:
    """All of the reply's video was made."""

    turn: int
    attempt: int


@dataclass(frozen=True, slots=True)
class FaceChanged:
    """``face`` is shown from here on, for a ``reason``; ``faces`` can be chosen.

    ``idle_url`` is where the clip of it waiting is, ``""`` while there is none; clips of
    ``states`` are there too.
    """

    face: str
    faces: tuple[str, ...]
    reason: str
    idle_url: str
    states: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReplyCompleted:
    """The whole text of the reply is known."""

    turn: int
    attempt: int
    text: str


@dataclass(frozen=True, slots=True)
class ReplyAudioEnded:
    """No more audio comes for this reply."""

    turn: int
    attempt: int
    duration_ms: float


@dataclass(frozen=True, slots=True)
class ReplyInterrupted:
    """Voice and face stop now."""

    turn: int
    attempt: int
    reason: str


@dataclass(frozen=True, slots=True)
class ReplyHeard:
    """What the history keeps of an interrupted reply."""

    turn: int
    attempt: int
    text: str


@dataclass(frozen=True, slots=True)
class PronunciationAssessed:
    """How the learner said it; ``mic_start_ms`` is where its times count from."""

    turn: int
    assessment: PronunciationAssessment
    mic_start_ms: float | None


@dataclass(frozen=True, slots=True)
class PronunciationWithdrawn:
    """The words were changed and there is no sound to judge them by."""

    turn: int


@dataclass(frozen=True, slots=True)
class CorrectionsReady:
    """How many mistakes of a turn the tutor spoke about: why can be asked from now on.

    ``withheld``: the learner is to find the better words first.
    """

    turn: int
    corrections: int
    withheld: bool


@dataclass(frozen=True, slots=True)
class StageSpan:
    """When a stage of the turn ran, in ms from the turn's zero."""

    name: str
    start_ms: float
    end_ms: float


@dataclass(frozen=True, slots=True)
class TurnTiming:
    """The waterfall of a turn, from ``zero`` on; ``pace`` are steps for haste."""

    turn: int
    zero: str
    stages: tuple[StageSpan, ...]
    marks: dict[str, float]
    pace: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TurnEnded:
    """The turn is over. Always comes."""

    turn: int
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class StageDegraded:
    """A part of the tutor does not work at the moment; words for the learner."""

    stage: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class StageRecovered:
    """The part works again."""

    stage: str


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """How much of today's time for talking is left; with 0 the talk is about to end."""

    seconds: int
    message: str


@dataclass(frozen=True, slots=True)
class ErrorRaised:
    """Something went wrong that the learner should know."""

    code: str
    message: str
    retryable: bool
    turn: int | None


TurnEvent = (
    SpeechStarted | SpeechEnded | PartialTranscript | FinalTranscript | ReplyStarted
    | ReplyText | ReplyClause | ReplyVisemes | ReplyAudio | ReplyVideoStarted
    | ReplyVideo | ReplyVideoEnded | FaceChanged | ReplyCompleted | ReplyAudioEnded
    | ReplyHeld | ReplyResumed | ReplyInterrupted | ReplyHeard | PronunciationAssessed | PronunciationWithdrawn
    | CorrectionsReady | TurnTiming | TurnEnded | StageDegraded | StageRecovered
    | TimeLeft | ErrorRaised
)  # fmt: skip
