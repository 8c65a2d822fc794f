"""What Whisper hears in windows: written, checked, timed.

Windows of one length, speech and silence together, share each step where they can: one
call encodes them all, one writes those whose prompts are of one length, one times the
words of those of one language.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from inference.protocols import Cancelled
from inference.types.audio import FloatSamples
from inference.types.speech import Word

from .plausibility import echoes, is_being_said, was_said
from .whisper_window import (
    RATE_HZ,
    Encoded,
    Written,
    align,
    detect_languages,
    encode,
    looked_at,
    prompt_of,
    write,
)
from .word_times import without_pauses

if TYPE_CHECKING:
    from faster_whisper import WhisperModel
    from faster_whisper.tokenizer import Tokenizer

# More silence ends the echo of a decoder that has begun to repeat itself.
_SECOND_PAD_S = 9.0

_Key = TypeVar("_Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Window:
    """At most 27 s of 16 kHz speech; ``language`` None is to be found out."""

    samples: FloatSamples
    language: str | None
    hint: str


@dataclass(frozen=True, slots=True)
class Heard:
    """What one window gave. ``encoded`` holds it as its only one, or as ``row``."""

    text: str
    words: tuple[Word, ...]
    language: str
    log_probability: float
    no_speech: float
    encoded: Encoded
    row: int = 0

    def later(self, by_ms: float) -> Heard:
        """Return the same, its times counted from an earlier start."""
        words = (
            replace(word, start_ms=word.start_ms + by_ms, end_ms=word.end_ms + by_ms)
            for word in self.words
        )
        return replace(self, words=tuple(words))


def listen(
    model: WhisperModel,
    windows: Sequence[Window],
    n_seen: int,
    *,
    partial: bool,
    beam_size: int,
    cancelled: Cancelled,
) -> list[Heard]:
    """Return what is heard in windows, each with silence behind it up to ``n_seen``.

    A ``partial`` look is greedy and gives no words. Nothing comes back once cancelled.
    """
    encoded = encode(model, [window.samples for window in windows], n_seen)
    languages = _languages(model, windows, encoded)
    if cancelled.is_set():
        return []
    written = _write_all(
        model, windows, languages, encoded, beam_size=1 if partial else beam_size
    )
    if partial:
        return [
            _unfinished(text, language, encoded, row)
            for row, (text, language) in enumerate(zip(written, languages, strict=True))
        ]
    words = _align_all(model, languages, encoded, written)
    heard = []
    for row, window in enumerate(windows):
        text, timed, language = written[row], words[row], languages[row]
        if echoes(timed) or text.loops:
            text, timed = _again(model, window.samples, language, beam_size)
        said = was_said(timed, text.no_speech_probability) and not text.loops
        heard.append(
            Heard(
                text.text if said else "",
                without_pauses(timed, window.samples, RATE_HZ) if said else (),
                language,
                text.mean_log_probability,
                text.no_speech_probability,
                encoded,
                row,
            )
        )
    return heard


@lru_cache(maxsize=128)
def tokenizer_of(model: WhisperModel, language: str) -> Tokenizer:
    """Return the tokenizer of a language, made once for a model."""
    from faster_whisper.tokenizer import Tokenizer

    multilingual = model.model.is_multilingual
    return Tokenizer(
        model.hf_tokenizer, multilingual, task="transcribe", language=language
    )


def _languages(
    model: WhisperModel, windows: Sequence[Window], encoded: Encoded
) -> list[str]:
    if all(window.language for window in windows):
        return [window.language or "" for window in windows]
    found = detect_languages(model, encoded)
    return [
        window.language or likely for window, likely in zip(windows, found, strict=True)
    ]


def _write_all(
    model: WhisperModel,
    windows: Sequence[Window],
    languages: Sequence[str],
    encoded: Encoded,
    *,
    beam_size: int,
) -> list[Written]:
    tokenizers = [tokenizer_of(model, language) for language in languages]
    prompts = [
        prompt_of(model, tokenizer, window.hint)
        for window, tokenizer in zip(windows, tokenizers, strict=True)
    ]
    written: dict[int, Written] = {}
    for rows in _alike(len(windows), lambda row: len(prompts[row])):
        texts = write(
            model,
            [tokenizers[row] for row in rows],
            encoded.take(rows),
            [prompts[row] for row in rows],
            beam_size=beam_size,
        )
        written.update(zip(rows, texts, strict=True))
    return [written[row] for row in range(len(windows))]


def _align_all(
    model: WhisperModel,
    languages: Sequence[str],
    encoded: Encoded,
    written: Sequence[Written],
) -> list[tuple[Word, ...]]:
    words: dict[int, tuple[Word, ...]] = {}
    for rows in _alike(len(languages), lambda row: languages[row]):
        tokenizer = tokenizer_of(model, languages[rows[0]])
        tokens = [written[row].tokens for row in rows]
        timed = align(model, tokenizer, encoded.take(rows), tokens)
        words.update(zip(rows, timed, strict=True))
    return [words[row] for row in range(len(languages))]


def _again(
    model: WhisperModel, samples: FloatSamples, language: str, beam_size: int
) -> tuple[Written, tuple[Word, ...]]:
    """Decode a window once more behind more silence, and without a hint."""
    tokenizer = tokenizer_of(model, language)
    encoded = encode(model, [samples], looked_at(samples.size, _SECOND_PAD_S))
    prompt = prompt_of(model, tokenizer, "")
    written = write(model, [tokenizer], encoded, [prompt], beam_size=beam_size)[0]
    return written, align(model, tokenizer, encoded, [written.tokens])[0]


def _unfinished(written: Written, language: str, encoded: Encoded, row: int) -> Heard:
    said = not written.loops and is_being_said(
        written.mean_log_probability, written.no_speech_probability
    )
    return Heard(
        written.text if said else "",
        (),
        language,
        written.mean_log_probability,
        written.no_speech_probability,
        encoded,
        row,
    )


def _alike(n_rows: int, key: Callable[[int], _Key]) -> list[list[int]]:
    """Return the rows of each key, in order."""
    found: dict[_Key, list[int]] = defaultdict(list)
    for row in range(n_rows):
        found[key(row)].append(row)
    return list(found.values())
