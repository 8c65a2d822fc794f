"""What a browser says about its WebRTC connection, as JSON."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .event_base import Event

# A message is no longer than this anyway.
_Sdp = Annotated[str, Field(min_length=1, max_length=16_384)]


class RtcOffer(Event):
    """The page proposes a connection: a session description (RFC 8866)."""

    type: Literal["rtc.offer"]
    sdp: _Sdp


class RtcCandidate(Event):
    """An address at which the page may be reached; ``""``: there are no more."""

    type: Literal["rtc.candidate"]
    candidate: Annotated[str, Field(max_length=512)]
    mid: Annotated[str, Field(max_length=16)]


class RtcMicrophone(Event):
    """Which way the microphone's sound takes from frame number ``frame`` on."""

    type: Literal["rtc.microphone"]
    by: Literal["track", "socket"]
    frame: Annotated[int, Field(ge=0, le=0xFFFFFFFF)]


class RtcClose(Event):
    """The page gives its connection up: all goes by the socket again."""

    type: Literal["rtc.close"]
