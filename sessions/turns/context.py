"""All state of one turn."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from inference.types.assessment import PronunciationAssessment
from inference.types.audio import AudioClip
from inference.types.dialogue import DialogueRequest, Message
from inference.types.speech import SynthesisRequest, Transcript, VisemeCue, Word
from telemetry.spans import NO_SPAN, Span
from tutor.teaching import TaughtTurn

from .budget import Pace
from .events import Outcome, Source
from .interruption import Interruption
from .playback import Playback
from .prompting import alternating
from .timing import TurnTimer

if TYPE_CHECKING:
    from .answer_ahead import AnswerAhead
    from .filming import ReplyFilm
    from .repository import StoredTurn


@dataclass(frozen=True, slots=True)
class Transcribed:
    """A transcript and when its recognition ran (clock seconds)."""

    transcript: Transcript
    began_at: float
    ended_at: float


@dataclass(frozen=True, slots=True)
class SpokenInput:
    """An utterance that was spoken; ``candidate`` is its recognition under way.

    ``mic_start_ms`` is where the clip starts on the microphone's own timeline,
    ``mic_end_frame`` the first frame that came after the utterance. ``span`` is the turn
    in a trace.
    """

    clip: AudioClip
    last_voiced_at: float
    cut_at: float
    candidate: asyncio.Task[Transcribed] | None = None
    mic_start_ms: float | None = None
    mic_end_frame: int | None = None
    span: Span = NO_SPAN


@dataclass(frozen=True, slots=True)
class SpokenSound:
    """The sound of the learner's words and what was heard in it, with features.

    It lives as long as its turn does.
    """

    clip: AudioClip
    heard: Transcript
    mic_start_ms: float | None = None


@dataclass(frozen=True, slots=True)
class TypedInput:
    """An utterance that was typed or corrected.

    ``known`` is an earlier turn's words that are answered again: they stay as they are.
    ``sound`` is what a correction corrects, if it is still in memory. ``client_id`` is what
    the page calls these words. ``stored`` is a turn that somebody else began: where its
    reply is known, that reply is said.
    """

    text: str
    source: Source
    at: float
    heard_as: str = ""
    known: LearnerWords | None = None
    sound: SpokenSound | None = None
    client_id: str = ""
    stored: StoredTurn | None = None


@dataclass(frozen=True, slots=True)
class FixedReply:
    """A reply whose words are known: the opening, or a repetition."""

    text: str
    at: float
    speed: float = 1.0
    repeat: bool = False


TurnInput = SpokenInput | TypedInput | FixedReply


@dataclass(slots=True)
class LearnerWords:
    """What the learner said, once it is known; how it was said comes a little later."""

    text: str
    source: Source
    words: tuple[Word, ...] = ()
    language: str = ""
    confidence: float | None = None
    heard_as: str = ""
    assessment: PronunciationAssessment | None = None


@dataclass(slots=True)
class TurnContext:
    """One turn in the making, written by the pipeline.

    Only ``skip_answer`` is set from outside: the learner went on, so what was said
    is kept but not answered by itself. ``ahead`` is the answer as far as it was begun before
    the learner had surely finished.
    """

    index: int
    attempt: int
    input: TurnInput
    history: tuple[Message, ...]
    conversation: str
    language: str
    timer: TurnTimer
    interruption: Interruption
    playback: Playback
    max_reply_tokens: int
    temperature: float
    model: str = ""
    voice: str = ""
    learner: LearnerWords | None = None
    sound: SpokenSound | None = None
    reply_text: str = ""
    reply_started: bool = False
    skip_answer: bool = False
    taught: TaughtTurn | None = None
    # Whether a model was to word the answer.
    model_asked: bool = False
    film: ReplyFilm | None = None
    ahead: AnswerAhead | None = None
    pace: Pace = field(default_factory=Pace)
    reply_cues: list[VisemeCue] = field(default_factory=list)
    reply_audio: list[AudioClip] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    outcome: Outcome = Outcome.COMPLETED

    @property
    def changed_nothing(self) -> bool:
        """Whether a new try of a turn brought no words: what was there stays."""
        again = self.attempt > 0 and not isinstance(self.input, FixedReply)
        return again and self.learner is None

    @property
    def answers_known_words(self) -> bool:
        """Whether the words are those of an earlier try, only answered again."""
        return isinstance(self.input, TypedInput) and self.input.known is not None

    @property
    def known_reply(self) -> str:
        """The answer that somebody else began to say, ``""`` where it has to be found."""
        stored = self.input.stored if isinstance(self.input, TypedInput) else None
        return (stored.tutor_text or "") if stored is not None else ""

    def dialogue_request(self) -> DialogueRequest:
        """Return what the tutor's model is asked."""
        new = [Message("user", self.learner.text)] if self.learner is not None else []
        return DialogueRequest(
            messages=alternating([*self.history, *new]),
            conversation=self.conversation,
            max_tokens=self.max_reply_tokens,
            temperature=self.temperature,
            model=self.model,
        )

    def synthesis_request(self, clause: str, speed: float = 1.0) -> SynthesisRequest:
        """Return what the voice is asked."""
        return SynthesisRequest(clause, speed, self.language, self.voice)

    def heard_reply(self) -> str | None:
        """Return the part of the reply that was heard; None: all of it.

        A reply without sound is read, so all of it counts.
        """
        if self.outcome is not Outcome.INTERRUPTED or not self.reply_audio:
            return None
        return self.playback.heard_text()
