"""Piper voices: neural, one language each, with the time of every sound."""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import Path

from inference.errors import EngineUnavailable
from inference.phonetics.inventory import primary_tag
from inference.types.voice import SynthesizerCapabilities, VoiceCapabilities

from .child_voice import ChildVoice

_WARM_TEXTS = (("Yes.", "en"), ("How are you getting on with it today?", "en"))


class Piper(ChildVoice):
    """One Piper voice in its process."""

    def __init__(
        self, *, model_dir: Path, threads: int = 0, patience_s: float = 15.0
    ) -> None:
        self._file = _voice_file(model_dir)
        super().__init__(
            "Piper",
            "inference.engines.synthesizers.piper_process",
            ["--model", str(self._file), "--threads", str(threads)],
            libraries=("piper", "onnx", "onnxruntime"),
            install="pip install 'piper-tts[alignment]'",
            warm_texts=_WARM_TEXTS,
            patience_s=patience_s,
        )

    @property
    def capabilities(self) -> SynthesizerCapabilities:
        """The one language that the voice's file names."""
        voice = VoiceCapabilities(name=self._file.stem)
        return SynthesizerCapabilities({self._language: voice})

    @cached_property
    def _language(self) -> str:
        config = json.loads(self._file.with_name(self._file.name + ".json").read_text())
        return primary_tag(str(config["espeak"]["voice"]))


def _voice_file(model_dir: Path) -> Path:
    voices = sorted(model_dir.glob("*.onnx"))
    if not voices:
        raise EngineUnavailable(
            "engine.weights_missing",
            f"No .onnx voice in the folder of {model_dir.name}",
            retryable=False,
        )
    return voices[0]
