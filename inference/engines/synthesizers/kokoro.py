"""Kokoro-82M: one neural voice for several languages, with the time of every sound."""

from __future__ import annotations

from pathlib import Path

from inference.errors import EngineUnavailable
from inference.types.voice import SynthesizerCapabilities, VoiceCapabilities

from .child_voice import ChildVoice

# Languages whose sounds come from espeak-ng and that were tried with these speakers.
LANGUAGES = ("es",)
FILES = ("kokoro-v1.0.int8.onnx", "vocab.json", "voices_ja.npz")


class Kokoro(ChildVoice):
    """Kokoro in its process, which also asks espeak-ng how words sound."""

    def __init__(
        self,
        *,
        model_dir: Path,
        threads: int = 0,
        speaker: str = "jm_kumo",
        patience_s: float = 30.0,
    ) -> None:
        if missing := [name for name in FILES if not (model_dir / name).is_file()]:
            raise EngineUnavailable(
                "engine.weights_missing",
                f"{', '.join(missing)} is not in the folder of {model_dir.name}",
                retryable=False,
            )
        self._speaker = speaker
        super().__init__(
            "Kokoro",
            "inference.engines.synthesizers.kokoro_process",
            [
                "--model", str(model_dir), "--threads", str(threads),
                "--speaker", speaker,
            ],
            libraries=("piper", "onnx", "onnxruntime"),
            install="pip install 'piper-tts[alignment]'",
            warm_texts=(("Sí.", "es"),),
            patience_s=patience_s,
        )  # fmt: skip

    @property
    def capabilities(self) -> SynthesizerCapabilities:
        """Languages it can be understood in."""
        voice = VoiceCapabilities(name=f"kokoro {self._speaker}")
        return SynthesizerCapabilities(dict.fromkeys(LANGUAGES, voice))
