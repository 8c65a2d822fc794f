"""WhisperX's alignment of a known text, on a wav2vec 2.0 letter model of one language."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from inference.errors import EngineUnavailable
from inference.types.audio import FloatSamples

from .admission import RATE_HZ

_FILES = ("config.json", "vocab.json", "preprocessor_config.json")
_PUNKT_FILES = (
    "collocations.tab", "sent_starters.txt", "abbrev_types.txt", "ortho_context.tab",
)  # fmt: skip
_PUNKT_LANGUAGES = ("english", "spanish", "french", "german")


@dataclass(frozen=True, slots=True)
class AlignedWord:
    """Where a word was found, in seconds, and how well its letters fit, 0 to 1.

    All are ``None`` for a word without a letter that the model knows.
    """

    start_s: float | None
    end_s: float | None
    score: float | None


class WhisperXModel:
    """A loaded model. May be asked from several threads."""

    def __init__(self, folder: Path, *, device: str, language: str) -> None:
        for name in _FILES:
            if not (folder / name).is_file():
                raise EngineUnavailable(
                    "engine.weights_missing",
                    f"There is no {name} in the folder {folder.name!r}: model_dir "
                    "names the folder of a Wav2Vec2ForCTC letter model",
                    retryable=False,
                )
        self._device = device
        self._sentences = _NoSentences()
        try:
            import whisperx
        except ImportError as missing:
            raise EngineUnavailable(
                "engine.library_missing",
                "This engine needs WhisperX: pip install -r requirements/whisperx.in",
                retryable=False,
            ) from missing
        # WhisperX logs the text it cannot align; a learner's words stay out of logs.
        logging.getLogger("whisperx").setLevel(logging.CRITICAL)
        try:
            self._align = whisperx.align
            self._model, self._metadata = whisperx.load_align_model(
                language, device, model_name=str(folder), model_cache_only=True
            )
        except (RuntimeError, ValueError, OSError, AssertionError) as broken:
            raise EngineUnavailable(
                "engine.weights_broken",
                f"WhisperX cannot load {folder.name} on {device}: {broken}",
                retryable=False,
            ) from broken

    def align(
        self, words: Sequence[str], samples: FloatSamples
    ) -> tuple[AlignedWord, ...] | None:
        """Place words without punctuation in 16 kHz sound; None if they do not fit.

        Raises what torch, pandas and WhisperX raise.
        """
        text = " ".join(words)
        segment = {"start": 0.0, "end": samples.size / RATE_HZ, "text": text}
        found = self._align(
            [segment], self._model, self._metadata, samples, self._device
        )
        aligned: list[dict[str, Any]] = found["word_segments"]
        if [word["word"] for word in aligned] != list(words):
            return None
        return tuple(
            AlignedWord(_number(word, "start"), _number(word, "end"), _score(word))
            for word in aligned
        )

    def close(self) -> None:
        """Remove what was written for NLTK."""
        self._sentences.close()


class _NoSentences:
    """An untrained sentence splitter for NLTK, so that nothing is downloaded.

    WhisperX splits its text at sentence ends, with a model that it fetches on the way.
    Texts come without punctuation here, so there is nothing to split.
    """

    def __init__(self) -> None:
        import nltk

        self._folder = TemporaryDirectory(prefix="tutor-punkt-")
        for language in _PUNKT_LANGUAGES:
            parameters = Path(self._folder.name, "tokenizers", "punkt_tab", language)
            parameters.mkdir(parents=True)
            for name in _PUNKT_FILES:
                (parameters / name).touch()
        # Last, so that a trained one is used where there is one.
        nltk.data.path.append(self._folder.name)

    def close(self) -> None:
        """Take the folder away again."""
        import nltk

        if self._folder.name in nltk.data.path:
            nltk.data.path.remove(self._folder.name)
        self._folder.cleanup()


def _number(word: dict[str, Any], key: str) -> float | None:
    return float(word[key]) if key in word else None


def _score(word: dict[str, Any]) -> float | None:
    score = _number(word, "score")
    return None if score is None else min(max(score, 0.0), 1.0)
