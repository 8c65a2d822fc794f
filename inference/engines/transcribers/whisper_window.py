"""One pass of Whisper over up to 30 s: encode once, then write, align, tell the language.

The encoder is given the speech and a few seconds of silence, not 30 s: encoding is most
of the work and grows with the length. Without any silence at the end the decoder loops.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from inference.types.audio import FloatSamples
from inference.types.speech import Word

if TYPE_CHECKING:
    from faster_whisper import WhisperModel
    from faster_whisper.tokenizer import Tokenizer

RATE_HZ = 16_000
LONGEST_S = 30.0
FRAME_SAMPLES = 320
_HINT_TOKENS = 64
# Fast speech is 6 tokens a second in English and about twice that in Japanese.
_TOKENS_PER_S = 12.0
_TOKENS_AT_LEAST = 12
# A sentence said twice word for word is written once: better that than a loop.
_NO_REPEAT_NGRAM = 4
# With less than this to look at, the decoder says a lone "yes" two or three times.
_LOOK_AT_LEAST_S = 7.0
# Text that deflates this well says the same thing over and over.
_MOST_COMPRESSION = 2.4
_BEFORE_WORD = "\"'“¿([{-"
_AFTER_WORD = "\"'.。,，!！?？:：”)]}、"


@dataclass(frozen=True, slots=True)
class Encoded:
    """The encoder's output for one window, and how much of it is speech."""

    output: Any
    n_samples: int

    @property
    def duration_s(self) -> float:
        """Length of the speech, without the silence put behind it."""
        return self.n_samples / RATE_HZ

    def frames(self) -> npt.NDArray[np.float32]:
        """Return the encoder's frames of the speech, 20 ms each."""
        n_frames = -(-self.n_samples // FRAME_SAMPLES)
        return np.asarray(self.output, dtype=np.float32)[0, :n_frames].copy()


@dataclass(frozen=True, slots=True)
class Written:
    """What the decoder wrote for one window."""

    text: str
    tokens: list[int]
    mean_log_probability: float
    no_speech_probability: float

    @property
    def loops(self) -> bool:
        """Whether the text repeats itself as no speaker does."""
        raw = self.text.encode()
        return len(raw) > 60 and len(raw) / len(zlib.compress(raw)) > _MOST_COMPRESSION


def encode(model: WhisperModel, samples: FloatSamples, pad_s: float) -> Encoded:
    """Run the encoder over the samples and at least ``pad_s`` seconds of silence."""
    pad_s = max(pad_s, _LOOK_AT_LEAST_S - samples.size / RATE_HZ)
    pad = min(int(pad_s * RATE_HZ), int(LONGEST_S * RATE_HZ) - samples.size)
    mel = model.feature_extractor(np.pad(samples, (0, max(pad, 0))), padding=0)
    return Encoded(model.encode(mel[..., : int(LONGEST_S * 100)]), samples.size)


def detect_language(model: WhisperModel, encoded: Encoded) -> tuple[str, float]:
    """Return the most likely language and its probability."""
    token, probability = model.model.detect_language(encoded.output)[0][0]
    return token[2:-2], float(probability)


def write(
    model: WhisperModel,
    tokenizer: Tokenizer,
    encoded: Encoded,
    *,
    beam_size: int,
    hint: str,
) -> Written:
    """Decode the window. The length is bounded by how long the speech is."""
    from faster_whisper.transcribe import get_suppressed_tokens

    before = (
        tokenizer.encode(" " + hint.strip())[-_HINT_TOKENS:] if hint.strip() else []
    )
    prompt = model.get_prompt(tokenizer, before, without_timestamps=True)
    most = _TOKENS_AT_LEAST + int(_TOKENS_PER_S * encoded.duration_s)
    result = model.model.generate(
        encoded.output,
        [prompt],
        beam_size=beam_size,
        max_length=min(len(prompt) + most, model.max_length),
        no_repeat_ngram_size=_NO_REPEAT_NGRAM,
        suppress_tokens=list(get_suppressed_tokens(tokenizer, [-1])),
        sampling_temperature=0.0,
        return_scores=True,
        return_no_speech_prob=True,
    )[0]
    tokens: list[int] = [t for t in result.sequences_ids[0] if t < tokenizer.eot]
    # The score is a mean over the tokens; the end of text counts as one more.
    n_tokens = len(result.sequences_ids[0])
    mean = float(result.scores[0]) * n_tokens / (n_tokens + 1)
    text = str(tokenizer.decode(tokens)).strip()
    return Written(text, tokens, mean, float(result.no_speech_prob))


def align(
    model: WhisperModel, tokenizer: Tokenizer, encoded: Encoded, tokens: Sequence[int]
) -> tuple[Word, ...]:
    """Find when each word was said. Times are from the window's start."""
    from faster_whisper.transcribe import merge_punctuations

    n_frames = max(2, encoded.n_samples * 100 // RATE_HZ)
    found: list[dict[str, Any]] = model.find_alignment(
        tokenizer, [list(tokens)], encoded.output, n_frames
    )[0]
    merge_punctuations(found, _BEFORE_WORD, _AFTER_WORD)
    words: list[Word] = []
    end_of_speech_ms = 1000.0 * encoded.duration_s
    earliest = 0.0
    for word in found:
        if not (text := word["word"].strip()):
            continue
        start = min(max(1000.0 * float(word["start"]), earliest), end_of_speech_ms)
        earliest = min(max(1000.0 * float(word["end"]), start), end_of_speech_ms)
        words.append(Word(text, start, earliest, float(word["probability"])))
    return tuple(words)
