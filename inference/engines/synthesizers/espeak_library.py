"""espeak-ng as a voice: what it says, and when each sound of it begins.

espeak-ng is GPL-3 and comes with Piper. Only programs of their own import this module
(ADR 0008, ADR 0020).
"""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from inference.phonetics.espeak_process import load_bridge
from inference.types.audio import FloatSamples

from .piper_phonemes import Counted
from .sentences import sentences

_NAMES = {"en": "en-us", "fr": "fr", "zh": "cmn"}
_WORDS_A_MINUTE = 140
# espeak-ng's own limits.
_SLOWEST, _FASTEST = 80, 450
_RETRIEVAL, _PHONEME_EVENTS, _AS_IPA = 2, 1, 2
_UTF8, _CHARACTERS, _RATE = 1, 1, 1
_LIST_ENDS, _WORD, _PHONEME = 0, 1, 7
# Marks of another voice's words: "(en)dʒˈɒb(de)".
_FLAGS = re.compile(r"\([^)]*\)")
_SILENT = "_"
_MARKS = frozenset(".,;:!?")
_PLOSIVES = frozenset("pbtdkɡ")
# The longest that lips stay closed before they burst open.
_CLOSURE_S = 0.15
_FRAME_S = 0.005
_CLOSED = 0.02


class _Name(ctypes.Union):
    _fields_ = [("number", ctypes.c_int), ("text", ctypes.c_char * 8)]


class _Event(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_ms", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _Name),
    ]


_Callback = ctypes.CFUNCTYPE(
    ctypes.c_int,
    ctypes.POINTER(ctypes.c_short),
    ctypes.c_int,
    ctypes.POINTER(_Event),
)


@dataclass(frozen=True, slots=True)
class _Begins:
    """A sound that begins at a sample; no name is silence. ``None`` is a new word."""

    sample: int
    name: str | None


class EspeakVoice:
    """espeak-ng of this process. Not thread-safe."""

    def __init__(self) -> None:
        self._bridge = load_bridge()
        self._library = ctypes.CDLL(self._bridge.__file__)
        data = Path(self._bridge.__file__).with_name("espeak-ng-data")
        options = _PHONEME_EVENTS | _AS_IPA
        self.rate_hz: int = self._library.espeak_Initialize(
            _RETRIEVAL, 0, str(data).encode(), options
        )
        self._pcm = bytearray()
        self._begun: list[_Begins] = []
        # Kept: the library holds no reference to it.
        self._callback = _Callback(self._take)
        self._library.espeak_SetSynthCallback(self._callback)

    def speak(
        self, text: str, language: str, speed: float
    ) -> Iterator[tuple[FloatSamples, list[Counted]]]:
        """Yield each sentence with its sounds."""
        for sentence in sentences(text):
            samples, codes = self.say(sentence, language, speed)
            if samples.size:
                yield samples, codes

    def say(
        self, sentence: str, language: str, speed: float
    ) -> tuple[FloatSamples, list[Counted]]:
        """Say one sentence. The counts of its sounds sum to its samples."""
        self._bridge.set_voice(_NAMES.get(language, language))
        pace = min(max(round(_WORDS_A_MINUTE * speed), _SLOWEST), _FASTEST)
        self._library.espeak_SetParameter(_RATE, pace, 0)
        self._pcm.clear()
        self._begun.clear()
        raw = sentence.encode()
        self._library.espeak_Synth(
            raw, len(raw) + 1, 0, _CHARACTERS, 0, _UTF8, None, None
        )
        self._library.espeak_Synchronize()
        samples = from_pcm(bytes(self._pcm))
        begun = closed_earlier(self._begun, samples, self.rate_hz)
        return samples, _counted(begun, samples.size, sentence)

    def sounds_of(self, word: str, language: str) -> Sequence[str]:
        """Return the sounds of a word by itself, code by code."""
        said = self.written(word, language)
        return [code for part, _ in said for code in part]

    def written(self, text: str, language: str) -> list[tuple[str, str]]:
        """Return the sounds of each clause and the mark that ends it, without a voice."""
        self._bridge.set_voice(_NAMES.get(language, language))
        try:
            found = self._bridge.get_phonemes(text)
        except (RuntimeError, ValueError):
            return []
        return [
            (unicodedata.normalize("NFD", _FLAGS.sub("", said).replace("-", "")), mark)
            for said, mark, _ends in found
        ]

    def _take(self, wave: Any, n_samples: int, events: Any) -> int:
        if n_samples > 0:
            self._pcm += ctypes.string_at(wave, 2 * n_samples)
        at = 0
        while events[at].type != _LIST_ENDS:
            event = events[at]
            at += 1
            if event.type == _PHONEME:
                name = event.id.text.decode("utf-8", errors="ignore")
                self._begun.append(_Begins(event.sample, _FLAGS.sub("", name).strip()))
            elif event.type == _WORD:
                self._begun.append(_Begins(event.sample, None))
        return 0


def closed_earlier(
    begun: Sequence[_Begins], samples: FloatSamples, rate_hz: int
) -> list[_Begins]:
    """Return the same with plosives from where the mouth shuts.

    espeak-ng tells when they burst; the silence before it counts to the sound before.
    """
    width = int(_FRAME_S * rate_hz)
    moved: list[_Begins] = []
    earliest = 0
    for one in begun:
        sample = one.sample
        if one.name and one.name.lstrip("ˈˌ")[:1] in _PLOSIVES:
            least = max(earliest, sample - int(_CLOSURE_S * rate_hz))
            while sample - width > least and _is_shut(samples[sample - width : sample]):
                sample -= width
            if moved and moved[-1].name is None:
                moved[-1] = _Begins(min(moved[-1].sample, sample), None)
        if one.name:
            earliest = one.sample
        moved.append(_Begins(sample, one.name))
    return moved


def _is_shut(samples: FloatSamples) -> bool:
    return bool(np.abs(samples).max(initial=0.0) < _CLOSED)


def _counted(begun: Sequence[_Begins], n_samples: int, sentence: str) -> list[Counted]:
    """Return codes as Piper has them: marks, letters, a gap between words."""
    sounds = [one for one in begun if one.name is not None]
    ends = [min(one.sample, n_samples) for one in sounds[1:]] + [n_samples]
    codes: list[Counted] = []
    if sounds and sounds[0].sample:
        codes.append((_SILENT, min(sounds[0].sample, n_samples)))
    following = iter(zip(sounds, ends, strict=True))
    for one in begun:
        if one.name is None:
            if codes and codes[-1][0] not in (_SILENT, " "):
                codes.append((" ", 0))
            continue
        sound, end = next(following)
        codes += spread(sound.name or _SILENT, max(0, end - sound.sample))
    if (mark := sentence.rstrip("\"')»” ")[-1:]) in _MARKS:
        codes.append((mark, 0))
    codes.append((_SILENT, max(0, n_samples - sum(n for _, n in codes))))
    return codes


def from_pcm(pcm: bytes) -> FloatSamples:
    """Return 16-bit samples as numbers in [-1, 1]."""
    return np.asarray(np.frombuffer(pcm, "<i2") / 32768, dtype=np.float32)


def spread(name: str, n_samples: int) -> list[Counted]:
    """Share a sound's samples among the letters of its name; its marks get none.

    A mark that stands alone belongs to the sound before it.
    """
    letters = unicodedata.normalize("NFD", name)
    bearing = [at for at, letter in enumerate(letters) if _bears_time(letter)]
    if not bearing:
        return [(name, n_samples)]
    share, rest = divmod(n_samples, len(bearing))
    return [
        (letter, (share + (rest if at == bearing[0] else 0)) if at in bearing else 0)
        for at, letter in enumerate(letters)
    ]


def _bears_time(letter: str) -> bool:
    return unicodedata.category(letter) in ("Ll", "Lu", "Lo") or letter == _SILENT
