"""Loads the published weights, each tensor by its name and shape."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from inference.errors import EngineUnavailable

UNET = ("musetalkV15/musetalk.json", "musetalkV15/unet.pth")
VAE = ("sd-vae/config.json",)
WHISPER = ("whisper/config.json",)
_VAE_FILES = ("diffusion_pytorch_model.safetensors", "diffusion_pytorch_model.bin")
_WHISPER_FILES = ("model.safetensors", "pytorch_model.bin")
_DTYPES = ("float16", "float32", "bfloat16")
INSTALL = "pip install -r requirements/musetalk.in"


@dataclass(frozen=True, slots=True)
class Weights:
    """The loaded models. ``fingerprint`` is of what latents depend on."""

    torch: Any
    unet: Any
    vae: Any
    encoder: Any
    extractor: Any
    device: str
    dtype: Any
    fingerprint: str


def load(folder: Path, *, device: str, dtype: str) -> Weights:
    """Load UNet, VAE and speech encoder. ``dtype`` ``auto`` is half precision on CUDA.

    Raises EngineUnavailable that says which library, file or tensor is missing.
    """
    vae_file = _files(folder)
    try:
        import torch
        from diffusers import AutoencoderKL, UNet2DConditionModel
        from transformers import WhisperFeatureExtractor, WhisperModel
        from transformers.utils.logging import disable_progress_bar
    except ImportError as missing:
        raise EngineUnavailable(
            "engine.library_missing",
            f"MuseTalk needs torch, diffusers and transformers: {INSTALL}",
            retryable=False,
        ) from missing
    disable_progress_bar()
    kind = _dtype(torch, device, dtype)
    try:
        unet = UNet2DConditionModel.from_config(
            json.loads((folder / UNET[0]).read_text(encoding="utf-8"))
        )
        # Tensors only: a file that would run code is refused.
        unet.load_state_dict(
            torch.load(folder / UNET[1], map_location="cpu", weights_only=True),
            strict=True,
        )
        vae, told = AutoencoderKL.from_pretrained(
            str(folder / "sd-vae"),
            local_files_only=True,
            output_loading_info=True,
            use_safetensors=vae_file.suffix == ".safetensors",
            low_cpu_mem_usage=False,
        )
        _complete("sd-vae", told)
        whisper, told = WhisperModel.from_pretrained(
            str(folder / "whisper"), local_files_only=True, output_loading_info=True
        )
        _complete("whisper", told)
        extractor = WhisperFeatureExtractor(feature_size=whisper.config.num_mel_bins)
        unet, vae, encoder = (
            model.to(device=device, dtype=kind).eval()
            for model in (unet, vae, whisper.get_encoder())
        )
        _fit(unet, vae, encoder)
    except EngineUnavailable:
        raise
    # What torch raises for files that are no weights is not one family.
    except Exception as broken:
        raise EngineUnavailable(
            "engine.weights_broken",
            f"Cannot load MuseTalk from {folder.name} on {device} as {dtype}: {broken}",
            retryable=False,
        ) from broken
    return Weights(
        torch, unet, vae, encoder, extractor, device, kind, _digest(vae_file)
    )


def _files(folder: Path) -> Path:
    """Return the file of the VAE, once all others are there too."""
    missing = [
        name for name in (*UNET, *VAE, *WHISPER) if not (folder / name).is_file()
    ]
    found = []
    for part, names in (("sd-vae", _VAE_FILES), ("whisper", _WHISPER_FILES)):
        there = [folder / part / name for name in names]
        there = [path for path in there if path.is_file()]
        found += there[:1]
        if not there:
            missing.append(f"{part}/{' or '.join(names)}")
    if missing:
        raise EngineUnavailable(
            "engine.weights_missing",
            f"The folder {folder.name!r} has no {', no '.join(missing)}: model_dir names "
            "the folder of MuseTalk's weights, as docs/engines.md lays it out",
            retryable=False,
        )
    return found[0]


def _dtype(torch: Any, device: str, dtype: str) -> Any:
    if dtype == "auto":
        dtype = "float16" if device.startswith("cuda") else "float32"
    if dtype not in _DTYPES:
        raise EngineUnavailable(
            "engine.weights_broken",
            f"dtype {dtype!r} is not auto, {', '.join(_DTYPES)}",
            retryable=False,
        )
    return getattr(torch, dtype)


def _complete(part: str, told: dict[str, Any]) -> None:
    """Refuse weights with tensors that are missing, left over or of another shape.

    Of Whisper only the encoder is needed.
    """
    wrong = [
        f"{kind.replace('_', ' ')}: {name}"
        for kind in ("missing_keys", "unexpected_keys", "mismatched_keys", "error_msgs")
        for name in told.get(kind) or ()
        if part != "whisper" or str(name).removeprefix("model.").startswith("encoder.")
    ]
    if wrong:
        raise EngineUnavailable(
            "engine.weights_broken",
            f"The weights in {part} do not fit its config.json: {'; '.join(wrong[:5])}",
            retryable=False,
        )


def _fit(unet: Any, vae: Any, encoder: Any) -> None:
    """Refuse models that do not belong together."""
    latent = vae.config.latent_channels
    for holds, words in (
        (unet.config.in_channels == 2 * latent, "the UNet takes two sets of latents"),
        (unet.config.out_channels == latent, "the UNet gives one set of latents"),
        (
            unet.config.cross_attention_dim == encoder.config.d_model,
            "the UNet hears what Whisper's encoder gives",
        ),
    ):
        if not holds:
            raise EngineUnavailable(
                "engine.weights_broken",
                f"These models do not belong together: {words}, which is not so here",
                retryable=False,
            )


def _digest(path: Path) -> str:
    digest = sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
