"""What a browser may say, as JSON, with strict types."""

from __future__ import annotations

import json
import re
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter, ValidationError

from tutor.translatable import gettext_noop

from .binary import MIC_SAMPLE_RATE_HZ
from .errors import (
    CLOSE_BAD_PROTOCOL,
    MAX_TEXT_BYTES,
    MAX_TEXT_CHARS,
    PROTOCOL_VERSION,
    WireError,
)
from .event_base import Event, Index, Milliseconds
from .rtc_events import RtcCandidate, RtcClose, RtcMicrophone, RtcOffer

InputModeName = Literal["hands_free", "push_to_talk"]
FaceName = Literal["video", "3d", "drawn", "voice"]
# JSON can carry them; UTF-8 (half surrogates) and PostgreSQL (NUL) cannot.
_NO_TEXT = re.compile("[\x00\ud800-\udfff]")


class Hello(Event):
    """First message of each socket."""

    type: Literal["session.hello"]
    protocol: int
    sample_rate: int
    input_mode: InputModeName = "hands_free"
    last_seq: Annotated[int, Field(ge=0, le=0xFFFFFFFF)] | None = None
    faces: Annotated[list[FaceName], Field(max_length=8)] = ["drawn"]
    face: FaceName | None = None
    # Of the page, as BCP 47 says it: what the server says to people is in it.
    language: Annotated[str, Field(max_length=35)] = ""
    # Whether the page can take sound by WebRTC.
    rtc: bool = False


class InputMode(Event):
    """Hands-free or push-to-talk."""

    type: Literal["input.mode"]
    mode: InputModeName


class InputMute(Event):
    """The microphone is closed or open."""

    type: Literal["input.mute"]
    muted: bool


class Press(Event):
    """The push-to-talk key went down."""

    type: Literal["speech.press"]


class Release(Event):
    """The push-to-talk key went up."""

    type: Literal["speech.release"]


class TurnHold(Event):
    """The learner asks to finish: silence does not end this turn. ``held`` false: I'm done."""

    type: Literal["turn.hold"]
    held: bool


class TextSubmit(Event):
    """A typed utterance. ``client_id`` makes a resend harmless."""

    type: Literal["text.submit"]
    text: str
    client_id: Annotated[str, Field(min_length=1, max_length=64)]


class TranscriptCorrect(Event):
    """What the learner really said in the latest turn."""

    type: Literal["transcript.correct"]
    turn: Index
    text: str


class TurnRedo(Event):
    """The next utterance replaces the learner's words of the latest turn."""

    type: Literal["turn.redo"]
    turn: Index


class TurnRetry(Event):
    """Answer the latest turn again."""

    type: Literal["turn.retry"]
    turn: Index


class ReplyStop(Event):
    """Stop the tutor."""

    type: Literal["reply.stop"]


class ReplyRepeat(Event):
    """Say the latest reply again."""

    type: Literal["reply.repeat"]
    slower: bool = False


class PlaybackProgress(Event):
    """How far the reply was played."""

    type: Literal["playback.progress"]
    turn: Index
    attempt: Index
    played_ms: Milliseconds


class PlaybackFinished(Event):
    """The last sample of the reply was played."""

    type: Literal["playback.finished"]
    turn: Index
    attempt: Index


class PlaybackStopped(Event):
    """How far the reply was played when it was interrupted."""

    type: Literal["playback.stopped"]
    turn: Index
    attempt: Index
    played_ms: Milliseconds


class FaceChoose(Event):
    """The learner wants this face, or the next one that can be had."""

    type: Literal["face.choose"]
    face: FaceName


class FaceFailed(Event):
    """The page cannot show this face: for a while, or (``lasting``) at all."""

    type: Literal["face.failed"]
    face: FaceName
    lasting: bool


class SessionEnd(Event):
    """The learner ends the session."""

    type: Literal["session.end"]


class Ping(Event):
    """Is the line alive?"""

    type: Literal["ping"]
    t: float


ClientEvent = (
    Hello
    | InputMode
    | InputMute
    | Press
    | Release
    | TurnHold
    | TextSubmit
    | TranscriptCorrect
    | TurnRedo
    | TurnRetry
    | ReplyStop
    | ReplyRepeat
    | PlaybackProgress
    | PlaybackFinished
    | PlaybackStopped
    | FaceChoose
    | FaceFailed
    | RtcOffer
    | RtcCandidate
    | RtcMicrophone
    | RtcClose
    | SessionEnd
    | Ping
)
_ADAPTER: TypeAdapter[ClientEvent] = TypeAdapter(
    Annotated[ClientEvent, Field(discriminator="type")]
)


def decode_text(data: str) -> ClientEvent:
    """Return the event in one text message. Raises WireError."""
    if len(data) > MAX_TEXT_BYTES or len(data.encode()) > MAX_TEXT_BYTES:
        raise WireError("protocol.too_large", "That message is too large.")
    try:
        message: Any = json.loads(data, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise WireError(
            "protocol.malformed", "That message is not valid JSON."
        ) from error
    if not isinstance(message, dict) or not isinstance(message.get("type"), str):
        raise WireError("protocol.malformed", "That message has no type.")
    try:
        event = _ADAPTER.validate_python(message)
    except ValidationError as error:
        if any(e["type"] == "union_tag_invalid" for e in error.errors()):
            raise WireError(
                "protocol.unknown_type", "That kind of message is not known here."
            ) from error
        raise WireError(
            "protocol.malformed", "A field of that message is missing or wrong."
        ) from error
    if isinstance(event, Hello):
        _check_hello(event)
    if isinstance(event, TextSubmit | TranscriptCorrect):
        _check_text(event.text)
    return event


def _check_hello(hello: Hello) -> None:
    if hello.protocol != PROTOCOL_VERSION:
        raise WireError(
            "protocol.unsupported_version",
            gettext_noop("This page is out of date. Please reload it."),
            close_code=CLOSE_BAD_PROTOCOL,
        )
    if hello.sample_rate != MIC_SAMPLE_RATE_HZ:
        raise WireError(
            "audio.wrong_rate",
            "The microphone's sound has to come at 16 kHz.",
            close_code=CLOSE_BAD_PROTOCOL,
        )


def _check_text(text: str) -> None:
    if _NO_TEXT.search(text):
        raise WireError("protocol.malformed", "Some of these characters are no text.")
    if not text.strip():
        raise WireError("text.empty", gettext_noop("Write something first."))
    if len(text) > MAX_TEXT_CHARS:
        raise WireError(
            "text.too_long",
            gettext_noop("Please keep it under %(most)s characters."),
            most=MAX_TEXT_CHARS,
        )


def _refuse_constant(name: str) -> float:
    raise ValueError(name)
