"""XTTS v2: seventeen languages, and anybody's voice after a clip of some seconds.

The library runs in a process of its own, in an environment of its own where ``python``
names one. The weights may not be used commercially; see docs/engines.md.
"""

from __future__ import annotations

from pathlib import Path

from inference.errors import EngineUnavailable
from inference.types.voice import (
    SoundTimes,
    SynthesizerCapabilities,
    VoiceCapabilities,
)

from .child_voice import ChildVoice

LANGUAGES = (
    "ar", "cs", "de", "en", "es", "fr", "hi", "hu", "it", "ja", "ko", "nl", "pl",
    "pt", "ru", "tr", "zh",
)  # fmt: skip
# As the publisher names them; not to be read as one of the codes of ``model.``.
_TORCH = ".pth"
WEIGHTS = f"model{_TORCH}"
FILES = ("config.json", WEIGHTS, "vocab.json")
DTYPES = ("auto", "float32", "float16", "bfloat16")
_INSTALL = "pip install -r requirements/xtts.in"
# Reading 1.9 GB from a slow disk, and what DeepSpeed compiles at its first use.
_LOAD_PATIENCE_S = 240.0
# The library asks a hub for nothing: everything is in the folder.
_OFFLINE = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1"}


class Xtts(ChildVoice):
    """XTTS in its process, which also lays espeak-ng's times of sounds over it.

    ``speaker`` is one of the model's own voices, for requests without a voice, ``""`` for
    its first. ``voices_dir`` has the clips of people's (``reference_voices``), ``""`` for
    none. ``dtype`` auto is half precision on CUDA.
    """

    def __init__(
        self,
        *,
        model_dir: str | Path,
        voices_dir: str | Path = "",
        speaker: str = "",
        device: str = "cuda",
        dtype: str = "auto",
        deepspeed: bool = False,
        chunk_tokens: int = 20,
        python: str = "",
        patience_s: float = 30.0,
    ) -> None:
        folder = _checked_folder(model_dir)
        if dtype not in DTYPES:
            raise EngineUnavailable(
                "engine.bad_option",
                f"dtype is {dtype!r}; choices: {', '.join(DTYPES)}",
                retryable=False,
            )
        if chunk_tokens < 1:
            raise EngineUnavailable(
                "engine.bad_option", "chunk_tokens must be at least 1", retryable=False
            )
        if python and not Path(python).is_file():
            raise EngineUnavailable(
                "engine.program_missing",
                f"There is no Python at {python}",
                retryable=False,
            )
        self._name_of_speaker = speaker
        self._clones = bool(voices_dir)
        arguments = [
            "--model", str(folder), "--device", device, "--dtype", dtype,
            "--chunk-tokens", str(chunk_tokens), "--speaker", speaker,
            "--voices", str(voices_dir),
        ]  # fmt: skip
        super().__init__(
            "XTTS",
            "inference.engines.synthesizers.xtts_process",
            [*arguments, *(["--deepspeed"] if deepspeed else [])],
            libraries=("TTS", "torch", "torchaudio"),
            install=_INSTALL,
            warm_texts=(("Yes.", "en"), ("How are you getting on with it?", "en")),
            patience_s=patience_s,
            load_patience_s=_LOAD_PATIENCE_S,
            python=python,
            environment=_OFFLINE,
        )

    @property
    def capabilities(self) -> SynthesizerCapabilities:
        """The languages of the model, with estimated times of sounds."""
        voice = VoiceCapabilities(
            name=f"xtts {self._name_of_speaker}".strip(),
            sound_times=SoundTimes.ESTIMATED,
            clones=self._clones,
        )
        return SynthesizerCapabilities(dict.fromkeys(LANGUAGES, voice))


def _checked_folder(model_dir: str | Path) -> Path:
    """Return the folder of the weights. Raises EngineUnavailable."""
    if not str(model_dir):
        raise EngineUnavailable(
            "engine.weights_missing",
            "XTTS needs the option 'model_dir': a folder with its files",
            retryable=False,
        )
    folder = Path(model_dir)
    if missing := [name for name in FILES if not (folder / name).is_file()]:
        raise EngineUnavailable(
            "engine.weights_missing",
            f"{', '.join(missing)} is not in the folder of {folder.name}",
            retryable=False,
        )
    return folder
