"""One pass of Whisper over up to 30 s: encode once, then write, align, tell the language.

The encoder is given the speech and a few seconds of silence, not 30 s: encoding is most
of the work and grows with the length. Without any silence at the end the decoder loops.
Windows of one length go through the model together; each comes out as it would alone.
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
    """The encoder's output for windows of one length, and how much of each is speech.

    ``output`` is CTranslate2's, of shape ``(n_windows, n_frames, width)``.
    """

    output: Any
    n_samples: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.n_samples)

    def duration_s(self, row: int) -> float:
        """Length of a window's speech, without the silence put behind it."""
        return self.n_samples[row] / RATE_HZ

    def frames(self, row: int) -> npt.NDArray[np.float32]:
        """Return the encoder's frames of a window's speech, 20 ms each."""
        n_frames = -(-self.n_samples[row] // FRAME_SAMPLES)
        return _numbers(self.output)[row, :n_frames].astype(np.float32)

    def take(self, rows: Sequence[int]) -> Encoded:
        """Return some of the windows, in the order given."""
        if list(rows) == list(range(len(self))):
            return self
        import ctranslate2

        view = ctranslate2.StorageView.from_array(
            np.ascontiguousarray(_numbers(self.output)[list(rows)])
        )
        if self.output.device != "cpu":
            view = view.to_device(ctranslate2.Device.cuda)
        return Encoded(view, tuple(self.n_samples[row] for row in rows))


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


def looked_at(n_samples: int, pad_s: float, step_s: float = 0.0) -> int:
    """Return how many samples the encoder sees of a window, silence included.

    ``step_s`` rounds that up to whole steps, so that more windows have one length.
    """
    seen = max(
        n_samples + int(pad_s * RATE_HZ),
        n_samples + int((_LOOK_AT_LEAST_S - n_samples / RATE_HZ) * RATE_HZ),
    )
    if step_s:
        step = int(step_s * RATE_HZ)
        seen = -(-seen // step) * step
    return min(seen, max(int(LONGEST_S * RATE_HZ), n_samples))


def encode(
    model: WhisperModel, windows: Sequence[FloatSamples], n_seen: int
) -> Encoded:
    """Run the encoder over windows, each with silence behind it up to ``n_seen``."""
    mels = [
        model.feature_extractor(np.pad(window, (0, n_seen - window.size)), padding=0)
        for window in windows
    ]
    mel = np.stack([each[..., : int(LONGEST_S * 100)] for each in mels])
    return Encoded(model.encode(mel), tuple(window.size for window in windows))


def detect_languages(model: WhisperModel, encoded: Encoded) -> list[str]:
    """Return the most likely language of each window."""
    found = model.model.detect_language(encoded.output)
    return [str(likely[0][0][2:-2]) for likely in found]


def prompt_of(model: WhisperModel, tokenizer: Tokenizer, hint: str) -> list[int]:
    """Return the tokens that the decoder goes on from."""
    before = (
        tokenizer.encode(" " + hint.strip())[-_HINT_TOKENS:] if hint.strip() else []
    )
    prompt: list[int] = model.get_prompt(tokenizer, before, without_timestamps=True)
    return prompt


def write(
    model: WhisperModel,
    tokenizers: Sequence[Tokenizer],
    encoded: Encoded,
    prompts: Sequence[list[int]],
    *,
    beam_size: int,
) -> list[Written]:
    """Decode windows whose prompts are of one length.

    The length of a text is bounded by how long the speech is.
    """
    from faster_whisper.transcribe import get_suppressed_tokens

    most = [
        _TOKENS_AT_LEAST + int(_TOKENS_PER_S * encoded.duration_s(row))
        for row in range(len(encoded))
    ]
    results = model.model.generate(
        encoded.output,
        list(prompts),
        beam_size=beam_size,
        max_length=min(len(prompts[0]) + max(most), model.max_length),
        no_repeat_ngram_size=_NO_REPEAT_NGRAM,
        suppress_tokens=list(get_suppressed_tokens(tokenizers[0], [-1])),
        sampling_temperature=0.0,
        return_scores=True,
        return_no_speech_prob=True,
    )
    written = []
    for row, (result, tokenizer) in enumerate(zip(results, tokenizers, strict=True)):
        if most[row] < max(most) and len(result.sequences_ids[0]) >= most[row] - 1:
            # A longer neighbour let it write on: by itself it would have been stopped.
            written += write(
                model, [tokenizer], encoded.take([row]), [prompts[row]],
                beam_size=beam_size,
            )  # fmt: skip
        else:
            written.append(_written(result, tokenizer))
    return written


def align(
    model: WhisperModel,
    tokenizer: Tokenizer,
    encoded: Encoded,
    tokens: Sequence[Sequence[int]],
) -> list[tuple[Word, ...]]:
    """Find when each word of windows of one language was said, from a window's start."""
    from faster_whisper.transcribe import merge_punctuations

    n_frames = [max(2, n * 100 // RATE_HZ) for n in encoded.n_samples]
    found: list[list[dict[str, Any]]] = model.find_alignment(
        tokenizer, [list(each) for each in tokens], encoded.output, n_frames
    )
    for words in found:
        merge_punctuations(words, _BEFORE_WORD, _AFTER_WORD)
    return [
        _words(words, 1000.0 * encoded.duration_s(row))
        for row, words in enumerate(found)
    ]


def _numbers(view: Any) -> npt.NDArray[Any]:
    """Return what CTranslate2 holds, also what lies on a graphics card."""
    import ctranslate2

    if view.device != "cpu":
        view = view.to_device(ctranslate2.Device.cpu)
    if view.dtype == ctranslate2.DataType.bfloat16:
        view = view.to(ctranslate2.DataType.float32)
    return np.asarray(view)


def _written(result: Any, tokenizer: Tokenizer) -> Written:
    tokens: list[int] = [t for t in result.sequences_ids[0] if t < tokenizer.eot]
    # The score is a mean over the tokens; the end of text counts as one more.
    n_tokens = len(result.sequences_ids[0])
    mean = float(result.scores[0]) * n_tokens / (n_tokens + 1)
    text = str(tokenizer.decode(tokens)).strip()
    return Written(text, tokens, mean, float(result.no_speech_prob))


def _words(
    found: Sequence[dict[str, Any]], end_of_speech_ms: float
) -> tuple[Word, ...]:
    words: list[Word] = []
    earliest = 0.0
    for word in found:
        if not (text := word["word"].strip()):
            continue
        start = min(max(1000.0 * float(word["start"]), earliest), end_of_speech_ms)
        earliest = min(max(1000.0 * float(word["end"]), start), end_of_speech_ms)
        words.append(Word(text, start, earliest, float(word["probability"])))
    return tuple(words)
