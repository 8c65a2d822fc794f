"""What is heard and what is said, as values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from .audio import AudioClip


@dataclass(frozen=True, slots=True)
class Word:
    """One recognised word; times from the start of the clip, confidence in [0, 1]."""

    text: str
    start_ms: float
    end_ms: float
    confidence: float


@dataclass(frozen=True, slots=True)
class EncoderFeatures:
    """The acoustic encoder's output for a clip, shared by recognition and scoring.

    ``frames`` has shape ``(n_frames, width)``; frame ``i`` covers
    ``[i * frame_ms, (i + 1) * frame_ms)`` of the clip. ``encoder`` names the weights that
    made them (``whisper-base``): a scorer only reads the frames it was trained on.
    """

    frames: npt.NDArray[np.float32]
    frame_ms: float
    encoder: str = ""


class Effort(StrEnum):
    """How hard a recogniser looks for the right words; many know only one way."""

    QUICK = "quick"
    USUAL = "usual"
    THOROUGH = "thorough"


@dataclass(frozen=True, slots=True)
class TranscribeRequest:
    """One clip of 16 kHz speech to recognise.

    ``language`` is a BCP 47 primary tag (``en``) or ``None`` to detect it.
    ``partial`` asks for a quick look at unfinished speech: text only.
    ``hint`` is text that came before, to bias spelling; never instructions. ``effort`` is a
    wish: an engine that cannot do it does as always.
    """

    clip: AudioClip
    language: str | None = "en"
    partial: bool = False
    want_features: bool = False
    hint: str = ""
    effort: Effort = Effort.USUAL


@dataclass(frozen=True, slots=True)
class Transcript:
    """What a transcriber heard. An empty ``text`` means nothing was said."""

    text: str
    words: tuple[Word, ...]
    language: str
    confidence: float
    no_speech_probability: float
    features: EncoderFeatures | None = None


@dataclass(frozen=True, slots=True)
class SynthesisRequest:
    """One clause to speak. ``speed`` 1.0 is natural, 0.75 slower.

    ``language`` is a BCP 47 tag; a voice of one language speaks everything in its own.
    ``voice`` is the key of a person's voice that the tutor shall have, ``""`` for the
    engine's own; engines that have no such voices speak with theirs.
    """

    text: str
    speed: float = 1.0
    language: str = "en"
    voice: str = ""


@dataclass(frozen=True, slots=True)
class PhonemeSpan:
    """One IPA phoneme of synthesised speech; ``""`` is silence."""

    phoneme: str
    start_ms: float
    end_ms: float


@dataclass(frozen=True, slots=True)
class WordSpan:
    """One word as it is written, marks and all, and when the voice says it."""

    text: str
    start_ms: float
    end_ms: float


@dataclass(frozen=True, slots=True)
class SpeechChunk:
    """A stretch of synthesised speech with its phonemes (times from its own start).

    ``words`` are those parts of the request's text, split at white space, that are said
    here, in order. Empty where the voice cannot tell.
    """

    clip: AudioClip
    phonemes: tuple[PhonemeSpan, ...]
    words: tuple[WordSpan, ...] = ()


class Viseme(StrEnum):
    """The 15 mouth shapes of the Oculus/MPEG-4 family."""

    SIL = "sil"
    PP = "PP"
    FF = "FF"
    TH = "TH"
    DD = "DD"
    KK = "kk"
    CH = "CH"
    SS = "SS"
    NN = "nn"
    RR = "RR"
    AA = "aa"
    E = "E"
    I = "I"
    O = "O"
    U = "U"


@dataclass(frozen=True, slots=True)
class VisemeCue:
    """A mouth shape and when it is held."""

    viseme: Viseme
    start_ms: float
    end_ms: float


@dataclass(frozen=True, slots=True)
class AnimationRequest:
    """Synthesised speech that a face shall follow."""

    speech: SpeechChunk


@dataclass(frozen=True, slots=True)
class Animation:
    """Mouth cues for one stretch of speech, gapless from its start to its end."""

    cues: tuple[VisemeCue, ...]
