"""MuseTalk's computations in torch: sound to features, faces to latents and back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import Any, Protocol

import numpy as np

from inference.types.audio import FloatSamples
from inference.types.face import Pixels

from .architecture import (
    CROP,
    LATENT,
    LONGEST_SOUND_S,
    RATE_HZ,
    SAMPLES_PER_FEATURE,
    WINDOW_FEATURES,
    Floats,
    Halves,
)
from .weights import Weights, load
from .windows import positions


class Network(Protocol):
    """What the rest of the package asks of the models. Called from several threads."""

    @property
    def fingerprint(self) -> str:
        """Stands for the weights that latents depend on."""
        ...

    def features(self, samples: FloatSamples) -> Floats:
        """Return the hidden states of 16 kHz sound, ``(n, layers, width)``, 50 a second.

        A part of 20 ms at the end counts as one. Raises ValueError over 30 s.
        """
        ...

    def latents(self, crops: Sequence[Pixels]) -> Halves:
        """Return latents of RGB faces of 256x256, ``(n, 8, 32, 32)``.

        The first half of the channels is of the face without its lower half.
        """
        ...

    def mouths(self, latents: Sequence[Halves], windows: Sequence[Floats]) -> Pixels:
        """Return the speaking faces, uint8 ``(n, 256, 256, 3)`` RGB."""
        ...

    def warm(self, batch: int) -> None:
        """Run everything once. Raises RuntimeError."""
        ...


class MuseTalkNetwork:
    """The published models in torch.

    Each method raises RuntimeError as torch does, for instance without memory.
    """

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._torch = weights.torch
        self._scale = float(weights.vae.config.scaling_factor)
        # One card: runs that overlap take longer together than one after the other.
        self._lock = Lock()
        states = weights.encoder.config.encoder_layers + 1
        shape = (WINDOW_FEATURES * states, weights.encoder.config.d_model)
        self._positions = self._put(positions(*shape))
        self._step = self._torch.tensor([0], device=weights.device)

    @classmethod
    def from_folder(cls, folder: Path, *, device: str, dtype: str) -> MuseTalkNetwork:
        """Load the weights in a folder. Raises EngineUnavailable."""
        return cls(load(folder, device=device, dtype=dtype))

    @property
    def fingerprint(self) -> str:
        """The digest of the VAE's file."""
        return self._weights.fingerprint

    def features(self, samples: FloatSamples) -> Floats:
        """Return the hidden states of all layers, embedding first."""
        if samples.size > LONGEST_SOUND_S * RATE_HZ:
            raise ValueError(f"more than {LONGEST_SOUND_S} s of sound at once")
        mel = self._weights.extractor(
            samples, sampling_rate=RATE_HZ, return_tensors="np"
        ).input_features
        with self._lock, self._torch.inference_mode():
            heard = self._weights.encoder(self._put(mel), output_hidden_states=True)
            states = self._torch.stack(heard.hidden_states, dim=2)[0]
            n = -(-samples.size // SAMPLES_PER_FEATURE)
            found: Floats = states[:n].float().cpu().numpy()
        return found

    def latents(self, crops: Sequence[Pixels]) -> Halves:
        """Encode each face twice: without its lower half, and whole."""
        whole = np.stack(crops).astype(np.float32).transpose(0, 3, 1, 2) / 127.5 - 1.0
        upper = whole.copy()
        # Black, which is -1 here.
        upper[:, :, CROP // 2 :] = -1.0
        with self._lock, self._torch.inference_mode():
            # The mode, not a sample: the same portrait gives the same face.
            both = [
                self._weights.vae.encode(self._put(faces)).latent_dist.mode()
                for faces in (upper, whole)
            ]
            found: Halves = (
                (self._torch.cat(both, dim=1) * self._scale).half().cpu().numpy()
            )
        return found

    def mouths(self, latents: Sequence[Halves], windows: Sequence[Floats]) -> Pixels:
        """Run the UNet once and decode."""
        with self._lock, self._torch.inference_mode():
            heard = self._put(np.stack(windows)) + self._positions
            painted = self._weights.unet(
                self._put(np.stack(latents)), self._step, encoder_hidden_states=heard
            ).sample
            faces = self._weights.vae.decode(painted / self._scale).sample
            faces = (faces.float() * 127.5 + 127.5).round().clamp(0, 255)
            found: Pixels = (
                faces.to(self._torch.uint8)
                .permute(0, 2, 3, 1)
                .contiguous()
                .cpu()
                .numpy()
            )
        return found

    def warm(self, batch: int) -> None:
        """Run everything once with the largest batch, so that memory is known to do."""
        layers = len(self._positions) // WINDOW_FEATURES
        width = self._positions.shape[1]
        self.features(np.zeros(RATE_HZ, np.float32))
        face = np.zeros((CROP, CROP, 3), np.uint8)
        latents = self.latents([face])[0]
        window = np.zeros((WINDOW_FEATURES * layers, width), np.float32)
        found = self.mouths([latents] * batch, [window] * batch)
        if latents.shape[1:] != (LATENT, LATENT) or found.shape[1:3] != (CROP, CROP):
            raise RuntimeError("these weights see faces of another size")

    def _put(self, array: np.ndarray[Any, Any]) -> Any:
        """Return an array as a tensor, where and as precise as the models are."""
        weights = self._weights
        return self._torch.from_numpy(np.ascontiguousarray(array)).to(
            device=weights.device, dtype=weights.dtype
        )
