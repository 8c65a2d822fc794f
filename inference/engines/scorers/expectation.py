"""How sure Whisper's decoder is of each word of a given text, having heard the clip.

The decoder is led through the text token by token (teacher forcing) and asked each time
how likely the next token is. It answers from the sound and from the words before, so it
notices at once that another word was said, and hesitates where listeners do. Only a text
that was there before the sound can be asked for: of a transcript the decoder is always
sure, because it wrote it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from .alignment import Float32
from .frame_encoder import FrameEncoder

if TYPE_CHECKING:
    from tokenizers import Tokenizer

_START = ("<|startoftranscript|>", "<|en|>", "<|transcribe|>", "<|notimestamps|>")
# A second of nothing behind the speech: without it the decoder doubts the last words.
_TAIL_FRAMES = 50
# Whisper's window of 30 s, and what its decoder takes beside the start.
_MOST_FRAMES = 1500 - _TAIL_FRAMES
_MOST_TOKENS = 400
_FIRST_RULE = "\u0120 t"
# Less likely than this is all the same.
_LEAST = 1e-5


@dataclass(frozen=True, slots=True)
class Expectation:
    """Log-probabilities of the words of a text, one entry a word, in order.

    ``mean``, ``total`` and ``least`` are over the word's tokens. Where ``known`` is false
    nobody asked, and the rest is 0.
    """

    known: np.ndarray
    mean: Float32
    total: Float32
    least: Float32

    @classmethod
    def unknown(cls, n_words: int) -> Expectation:
        """Nothing is known of any word."""
        nothing = np.zeros(n_words, dtype=np.float32)
        return cls(np.zeros(n_words, dtype=bool), nothing, nothing, nothing)

    def of(self, numbers: Sequence[int]) -> Expectation:
        """Return that of some of the words."""
        chosen = np.asarray(numbers, dtype=np.int64)
        return Expectation(
            self.known[chosen],
            self.mean[chosen],
            self.total[chosen],
            self.least[chosen],
        )


def expect(encoder: FrameEncoder, frames: Float32, words: Sequence[str]) -> Expectation:
    """Ask the decoder for the words of an English text.

    ``frames`` ``(n_frames, width)`` are the encoder's, without the silence behind the
    speech. A clip of more than 30 s and words with digits are not asked for.
    """
    written = spelled(words)
    tokenizer = _tokenizer(encoder.model_dir)
    tokens = [tokenizer.encode(" " + w, add_special_tokens=False).ids for w in written]
    sizes = [len(t) for t in tokens]
    if not 0 < len(frames) <= _MOST_FRAMES or not 0 < sum(sizes) <= _MOST_TOKENS:
        return Expectation.unknown(len(words))
    start = tokenizer.encode("".join(_START), add_special_tokens=False).ids
    probabilities = encoder.token_probabilities(
        np.pad(frames, ((0, _TAIL_FRAMES), (0, 0))),
        start,
        [token for of_word in tokens for token in of_word],
    )
    logs = np.split(np.log(probabilities + _LEAST), np.cumsum(sizes)[:-1])
    known = np.asarray([bool(w) and not any(c.isdigit() for c in w) for w in written])
    return Expectation(
        known,
        *(
            np.asarray(
                [of(part) if k else 0.0 for part, k in zip(logs, known, strict=True)],
                dtype=np.float32,
            )
            for of in (np.mean, np.sum, np.min)
        ),
    )


def spelled(words: Sequence[str]) -> list[str]:
    """Return words as Whisper writes them: bare, and in small letters if all are capitals."""
    bare = [w.strip("\"'.,;:!?()[]{}…-–—“”‘’«»").replace("’", "'") for w in words]
    if any(w != w.upper() for w in bare):
        return bare
    small = [w.lower() for w in bare]
    return [
        w.capitalize() if n == 0 or w == "i" or w.startswith("i'") else w
        for n, w in enumerate(small)
    ]


@lru_cache(maxsize=2)
def _tokenizer(model_dir: Path) -> Tokenizer:
    """Return Whisper's tokenizer, as it was trained.

    The file that goes with CTranslate2's models lacks the first rule, which joins a space
    and a "t": words with "t" would fall into pieces that Whisper never writes.
    """
    from tokenizers import Tokenizer

    stored = json.loads((model_dir / "tokenizer.json").read_text("utf-8"))
    rules = stored["model"]["merges"]
    if _FIRST_RULE not in rules and list(_FIRST_RULE.split()) not in rules:
        rules.insert(
            0, _FIRST_RULE if isinstance(rules[0], str) else _FIRST_RULE.split()
        )
    return Tokenizer.from_str(json.dumps(stored))
