"""What a voice is like, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class SoundTimes(StrEnum):
    """Where the times of a voice's sounds come from."""

    MEASURED = "measured"
    """The voice says how long each of them took."""

    ESTIMATED = "estimated"
    """They were laid over its speech afterwards."""


@dataclass(frozen=True, slots=True)
class VoiceCapabilities:
    """What the voice of one language is like.

    ``simple``: people hear that it is a machine, so pages say that it is a simple voice.
    ``clones``: it can speak like somebody, after a clip of them.
    """

    name: str
    simple: bool = False
    sound_times: SoundTimes = SoundTimes.MEASURED
    clones: bool = False


@dataclass(frozen=True, slots=True)
class SynthesizerCapabilities:
    """What a synthesizer can do: the voice of each language, by primary tag."""

    voices: Mapping[str, VoiceCapabilities]
