"""Whisper through CTranslate2: one encoder pass gives text, word times and features."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock
from typing import TYPE_CHECKING

import numpy as np

from inference.errors import EngineUnavailable, StageError
from inference.protocols import Cancelled, TranscriberCapabilities
from inference.types.audio import FloatSamples
from inference.types.speech import Effort, TranscribeRequest, Transcript

from .clips import at_16_khz, may_hold_speech, nothing_said, primary_language
from .whisper_listening import Heard, Window, listen
from .whisper_loading import cards, load_model, usual_threads
from .whisper_transcripts import joined
from .whisper_window import LONGEST_S, RATE_HZ, looked_at
from .windows import split_at_pauses

if TYPE_CHECKING:
    from faster_whisper import WhisperModel

# Hypotheses that are followed at the same time.
_QUICK_BEAM = 1
_THOROUGH_BEAM = 5
# Where clips are heard together, the encoder sees whole steps of this length.
_STEP_S = 1.0


@dataclass(frozen=True, slots=True)
class _Asked:
    """One clip to recognise, ready for the model."""

    index: int
    request: TranscribeRequest
    samples: FloatSamples
    language: str | None
    cancelled: Cancelled


@dataclass(frozen=True, slots=True)
class _AllCancelled:
    """Set once nobody of a group wants its result."""

    each: list[Cancelled] = field(default_factory=list)

    def is_set(self) -> bool:
        return all(cancelled.is_set() for cancelled in self.each)


class FasterWhisper:
    """Speech to text with any Whisper size, on CPU or CUDA.

    ``compute_type`` is CTranslate2's; empty: ``int8`` on CPU, ``float16`` on CUDA.
    ``device_index`` is a card or several, parted by commas. ``beam_size`` is for requests
    of usual effort; quick ones have 1, thorough ones 5 or more. With ``batch`` above 1 that
    many clips are heard together, and every clip as it would be among others.
    """

    def __init__(
        self,
        *,
        model_dir: Path,
        device: str = "cpu",
        device_index: int | str = 0,
        compute_type: str = "",
        threads: int = 0,
        workers: int = 1,
        beam_size: int = 2,
        pad_s: float = 3.0,
        batch: int = 1,
    ) -> None:
        if batch < 1:
            raise EngineUnavailable(
                "engine.bad_option", f"batch is {batch}, not 1 or more", retryable=False
            )
        self._model_dir = model_dir
        self._device = device
        self._device_index = cards(device_index)
        self._compute_type = compute_type or ("int8" if device == "cpu" else "float16")
        self._threads = threads or usual_threads()
        self._workers = workers
        self._beam_size = beam_size
        self._pad_s = pad_s
        self._batch = batch
        self._step_s = _STEP_S if batch > 1 else 0.0
        self._model: WhisperModel | None = None
        self._lock = Lock()

    @property
    def capabilities(self) -> TranscriberCapabilities:
        """Words have times, features are there; English only if the weights are."""
        languages = frozenset(self._loaded().supported_languages)
        return TranscriberCapabilities(
            word_times=True, features=True, languages=languages, batch=self._batch
        )

    def warm(self) -> None:
        """Load the model and go through every step once."""
        model = self._loaded()
        second = np.random.default_rng(0).normal(0, 0.01, RATE_HZ).astype(np.float32)
        listen(
            model,
            [Window(second, "en", "")] * self._batch,
            self._seen(second.size),
            partial=False,
            beam_size=self._beam_size,
            cancelled=Event(),
        )

    def close(self) -> None:
        """Free the model."""
        with self._lock:
            self._model = None

    def transcribe(
        self, request: TranscribeRequest, *, cancelled: Cancelled
    ) -> Transcript:
        """Recognise one clip. Raises StageError ``asr.failed``."""
        (heard,) = self.transcribe_batch([request], cancelled=[cancelled])
        if isinstance(heard, StageError):
            raise heard
        return heard

    def transcribe_batch(
        self,
        requests: Sequence[TranscribeRequest],
        *,
        cancelled: Sequence[Cancelled] = (),
    ) -> list[Transcript | StageError]:
        """Recognise clips together; each answer is what ``transcribe`` gives alone.

        Clips share the model's calls where the encoder sees as much of them, so clips of
        up to four seconds always do; those over 27 s are heard by themselves.
        """
        model = self._loaded()
        cancelled = cancelled or [Event()] * len(requests)
        answers: dict[int, Transcript | StageError] = {}
        groups: dict[tuple[int, bool, int], list[_Asked]] = defaultdict(list)
        for index, request in enumerate(requests):
            ready = _ready(model, index, request, cancelled[index])
            if not isinstance(ready, _Asked):
                answers[index] = ready
            elif self._is_long(ready.samples):
                answers[index] = self._long(model, ready)
            else:
                beam = self._beam(request)
                n_seen = self._seen(ready.samples.size)
                groups[n_seen, request.partial, beam].append(ready)
        for (n_seen, partial, beam), alike in groups.items():
            for group in _pieces(alike, self._batch):
                answers.update(self._together(model, group, n_seen, partial, beam))
        return [answers[index] for index in range(len(requests))]

    def _together(
        self,
        model: WhisperModel,
        group: Sequence[_Asked],
        n_seen: int,
        partial: bool,
        beam_size: int,
    ) -> dict[int, Transcript | StageError]:
        asked = [each for each in group if not each.cancelled.is_set()]
        answers: dict[int, Transcript | StageError] = {
            each.index: nothing_said(each.language) for each in group
        }
        if not asked:
            return answers
        try:
            heard = listen(
                model,
                [Window(e.samples, e.language, e.request.hint) for e in asked],
                n_seen,
                partial=partial,
                beam_size=beam_size,
                cancelled=_AllCancelled([each.cancelled for each in asked]),
            )
        except (RuntimeError, ValueError, MemoryError) as failure:
            answers.update({each.index: _failed(failure) for each in asked})
            return answers
        for each, window in zip(asked, heard, strict=False):
            if not each.cancelled.is_set():
                answers[each.index] = self._transcript([window], each.request)
        return answers

    def _long(self, model: WhisperModel, asked: _Asked) -> Transcript | StageError:
        """Hear a long clip window by window, each with the words before it as a hint."""
        samples, request, language = asked.samples, asked.request, asked.language
        heard: list[Heard] = []
        hint = request.hint
        try:
            for start, end in split_at_pauses(
                samples, RATE_HZ, LONGEST_S - self._pad_s
            ):
                if asked.cancelled.is_set():
                    break
                for window in listen(
                    model,
                    [Window(samples[start:end], language, hint)],
                    self._seen(end - start),
                    partial=request.partial,
                    beam_size=self._beam(request),
                    cancelled=asked.cancelled,
                ):
                    heard.append(window.later(1000.0 * start / RATE_HZ))
                    language, hint = window.language, window.text or hint
        except (RuntimeError, ValueError, MemoryError) as failure:
            return _failed(failure)
        if asked.cancelled.is_set() or not heard:
            return nothing_said(asked.language)
        return self._transcript(heard, request)

    def _transcript(
        self, heard: Sequence[Heard], request: TranscribeRequest
    ) -> Transcript:
        encoder = self._model_dir.name if request.want_features else ""
        return joined(heard, encoder=encoder)

    def _beam(self, request: TranscribeRequest) -> int:
        match request.effort:
            case Effort.QUICK:
                return _QUICK_BEAM
            case Effort.THOROUGH:
                return max(_THOROUGH_BEAM, self._beam_size)
        return self._beam_size

    def _is_long(self, samples: FloatSamples) -> bool:
        return samples.size > int((LONGEST_S - self._pad_s) * RATE_HZ)

    def _seen(self, n_samples: int) -> int:
        return looked_at(n_samples, self._pad_s, self._step_s)

    def _loaded(self) -> WhisperModel:
        with self._lock:
            if self._model is None:
                self._model = self._load()
            return self._model

    def _load(self) -> WhisperModel:
        return load_model(
            self._model_dir,
            device=self._device,
            device_index=self._device_index,
            compute_type=self._compute_type,
            threads=self._threads,
            workers=self._workers,
        )


def _ready(
    model: WhisperModel, index: int, request: TranscribeRequest, cancelled: Cancelled
) -> _Asked | Transcript | StageError:
    """Return a clip as the model takes it, or its answer where there is no need."""
    try:
        samples = at_16_khz(request.clip)
    except StageError as refused:
        return refused
    language = primary_language(request.language)
    if not may_hold_speech(samples):
        return nothing_said(language)
    if language and language not in model.supported_languages:
        return StageError(
            "asr.failed", f"The model does not know {language}", retryable=False
        )
    return _Asked(index, request, samples, language, cancelled)


def _failed(failure: Exception) -> StageError:
    # CTranslate2 raises these; their text is about tensors, but keep it out.
    error = StageError("asr.failed", f"Whisper failed ({type(failure).__name__})")
    error.__cause__ = failure
    return error


def _pieces(asked: Sequence[_Asked], most: int) -> Iterator[Sequence[_Asked]]:
    for first in range(0, len(asked), most):
        yield asked[first : first + most]
