"""The Vosk models of a folder, one for each language, each loaded when it is first needed."""

from __future__ import annotations

import json
from pathlib import Path
from threading import Lock
from typing import Any, Protocol, cast

from inference.errors import EngineUnavailable

# Without one of these a folder holds no model: the newer layout, and the older one.
_MARKS = ("am/final.mdl", "final.mdl")


class Recognizer(Protocol):
    """As much of ``vosk.KaldiRecognizer`` as is used."""

    def SetWords(self, words: bool) -> None:
        """Ask for the times of words."""

    def AcceptWaveform(self, pcm: bytes) -> int:
        """Take more sound in; 1 where a stretch of speech is over."""

    def PartialResult(self) -> str:
        """Return what is heard so far of the stretch, as JSON."""

    def Result(self) -> str:
        """Return the stretch that is over, as JSON."""

    def FinalResult(self) -> str:
        """Return what is left when no more comes, as JSON."""


class VoskModels:
    """Makes recognisers of 16 kHz speech. Thread-safe.

    ``folder`` is a model of ``language``, or holds folders named by their language
    (``en``, ``es``), each a model.
    """

    def __init__(self, folder: Path, language: str) -> None:
        if _is_model(folder):
            self._folders = {language: folder}
        else:
            each = sorted(folder.iterdir()) if folder.is_dir() else []
            self._folders = {
                model.name.partition("-")[0].lower(): model
                for model in each
                if _is_model(model)
            }
        if not self._folders:
            raise EngineUnavailable(
                "engine.weights_missing",
                f"{folder} is no Vosk model, and holds no folder of one (en, es, ...): "
                "unpack a model of https://alphacephei.com/vosk/models there",
                retryable=False,
            )
        self._models: dict[str, Any] = {}
        self._lock = Lock()

    @property
    def languages(self) -> frozenset[str]:
        """What there are models of."""
        return frozenset(self._folders)

    def recognizer(self, language: str, rate_hz: int) -> Recognizer:
        """Return a recogniser that has heard nothing. Raises EngineUnavailable."""
        import vosk

        recognizer = cast(
            Recognizer, vosk.KaldiRecognizer(self._model(language), rate_hz)
        )
        recognizer.SetWords(True)
        return recognizer

    def load(self) -> None:
        """Load every model. Raises EngineUnavailable."""
        for language in sorted(self._folders):
            self._model(language)

    def close(self) -> None:
        """Free the models."""
        with self._lock:
            self._models.clear()

    def _model(self, language: str) -> Any:
        import vosk

        with self._lock:
            if language not in self._models:
                vosk.SetLogLevel(-1)
                folder = self._folders[language]
                try:
                    self._models[language] = vosk.Model(str(folder))
                # The library knows one class of error.
                except Exception as broken:
                    raise EngineUnavailable(
                        "engine.weights_broken",
                        f"Vosk cannot load the model in {folder}",
                        retryable=False,
                    ) from broken
            return self._models[language]


def words_in(result: str) -> list[dict[str, Any]]:
    """Return the words of a result: ``word``, ``start`` and ``end`` in s, ``conf``."""
    found: list[dict[str, Any]] = json.loads(result).get("result", [])
    return found


def text_in(result: str) -> str:
    """Return the text of a result, finished or not."""
    answer = json.loads(result)
    return str(answer.get("text") or answer.get("partial") or "")


def _is_model(folder: Path) -> bool:
    return any((folder / mark).is_file() for mark in _MARKS)
