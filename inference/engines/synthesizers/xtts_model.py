"""XTTS in torch: how somebody sounds as two arrays, and texts said like that."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from inference.types.audio import FloatSamples

from .xtts import WEIGHTS

RATE_HZ = 24_000
# What the published scripts condition on: the beginning of a clip, in pieces.
_TIMBRE_S, _MANNER_S, _MANNER_PIECE_S = 30, 12, 4
_CLIP_HZ = 22_050
_SAMPLE_BYTES = 1 << 20

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Sounding:
    """How somebody sounds: ``manner`` ``(1, n, width)`` and ``timbre`` ``(1, 512, 1)``."""

    manner: Floats
    timbre: Floats


class XttsModel:
    """The published model. Not thread-safe; raises RuntimeError as torch does."""

    def __init__(
        self,
        folder: Path,
        *,
        device: str,
        dtype: str,
        deepspeed: bool = False,
        chunk_tokens: int = 20,
    ) -> None:
        import torch
        from TTS.tts.configs.xtts_config import XttsConfig
        from TTS.tts.models.xtts import Xtts

        self._torch = torch
        self._device = device
        self._dtype = _dtype(dtype, device)
        self._chunk_tokens = chunk_tokens
        config = XttsConfig()
        config.load_json(str(folder / "config.json"))
        self._settings = {
            name: getattr(config, name)
            for name in (
                "temperature", "length_penalty", "repetition_penalty", "top_k", "top_p",
            )
        }  # fmt: skip
        self._model: Any = Xtts(config)
        self._model.load_checkpoint(
            config, checkpoint_dir=str(folder), eval=True, use_deepspeed=deepspeed
        )
        self._model.to(device)
        self.fingerprint = _fingerprint(folder)

    @property
    def speakers(self) -> tuple[str, ...]:
        """The names of the voices that come with the model."""
        manager = self._model.speaker_manager
        return tuple(manager.speaker_names) if manager else ()

    def speaker(self, name: str) -> Sounding:
        """Return one of them. Raises KeyError."""
        kept = self._model.speaker_manager.name_to_id[name]
        return Sounding(
            _array(kept["gpt_cond_latent"]), _array(kept["speaker_embedding"])
        )

    def sounding_of(self, samples: FloatSamples, rate_hz: int) -> Sounding:
        """Return how the person of a clip sounds. Raises ValueError under a second."""
        if samples.size < rate_hz:
            raise ValueError("the clip is too short")
        from torchaudio.functional import resample

        whole = self._torch.from_numpy(samples[: rate_hz * _TIMBRE_S].copy())[None]
        clip = resample(whole, rate_hz, _CLIP_HZ).to(self._device)
        timbre = self._model.get_speaker_embedding(clip, _CLIP_HZ)
        manner = self._model.get_gpt_cond_latents(
            clip, _CLIP_HZ, length=_MANNER_S, chunk_length=_MANNER_PIECE_S
        )
        return Sounding(_array(manner), _array(timbre))

    def most_letters(self, language: str) -> int:
        """Return how long a text may be at once."""
        limits: dict[str, int] = self._model.tokenizer.char_limits
        return limits.get(language, 200)

    def say(
        self, text: str, language: str, sounding: Sounding, speed: float
    ) -> Iterator[FloatSamples]:
        """Yield the sound of a text piece by piece, as it is made."""
        stream = self._model.inference_stream(
            text,
            language,
            self._torch.from_numpy(sounding.manner),
            self._torch.from_numpy(sounding.timbre),
            stream_chunk_size=self._chunk_tokens,
            speed=speed,
            **self._settings,
        )
        try:
            while True:
                with self._precision():
                    piece = next(stream, None)
                if piece is None:
                    return
                yield _array(piece)
        finally:
            stream.close()

    def _precision(self) -> AbstractContextManager[Any]:
        """Half precision lasts for one step only: the caller's thread keeps its own."""
        if self._dtype == "float32":
            return nullcontext()
        kind = "cuda" if self._device.startswith("cuda") else self._device
        precision: AbstractContextManager[Any] = self._torch.autocast(
            kind, dtype=getattr(self._torch, self._dtype)
        )
        return precision


def _dtype(dtype: str, device: str) -> str:
    if dtype != "auto":
        return dtype
    return "float16" if device.startswith("cuda") else "float32"


def _array(tensor: Any) -> Floats:
    return np.ascontiguousarray(tensor.detach().float().cpu().numpy())


def _fingerprint(folder: Path) -> str:
    """Return what tells these weights from others without reading all of them."""
    digest = hashlib.sha256((folder / "config.json").read_bytes())
    weights = folder / WEIGHTS
    size = weights.stat().st_size
    digest.update(str(size).encode())
    with weights.open("rb") as file:
        for at in (0, size // 2, max(0, size - _SAMPLE_BYTES)):
            file.seek(at)
            digest.update(file.read(_SAMPLE_BYTES))
    return digest.hexdigest()[:16]
