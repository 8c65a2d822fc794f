"""MuseTalk's architecture at a tiny random size, in the published layout of files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import torch  # noqa: TID253 - only where torch is
from diffusers import AutoencoderKL, UNet2DConditionModel  # noqa: TID253
from transformers import (  # noqa: TID253
    WhisperConfig,
    WhisperForConditionalGeneration,
)

WIDTH = 16
# As published, but for the numbers of channels and layers.
UNET: dict[str, Any] = {
    "_class_name": "UNet2DConditionModel",
    "_diffusers_version": "0.6.0",
    "act_fn": "silu",
    "attention_head_dim": 8,
    "block_out_channels": [16, 32],
    "center_input_sample": False,
    "cross_attention_dim": WIDTH,
    "down_block_types": ["CrossAttnDownBlock2D", "DownBlock2D"],
    "downsample_padding": 1,
    "flip_sin_to_cos": True,
    "freq_shift": 0,
    "in_channels": 8,
    "layers_per_block": 1,
    "mid_block_scale_factor": 1,
    "norm_eps": 1e-05,
    "norm_num_groups": 8,
    "out_channels": 4,
    "sample_size": 64,
    "up_block_types": ["UpBlock2D", "CrossAttnUpBlock2D"],
}
# Names of the VAE's attention before diffusers renamed them, as sd-vae-ft-mse has them.
_OLD_NAMES = {
    "to_q": "query", "to_k": "key", "to_v": "value", "to_out.0": "proj_attn",
}  # fmt: skip


def save(folder: Path) -> Path:
    """Write UNet, VAE and Whisper of random weights. Returns the folder."""
    torch.manual_seed(11)
    _save_unet(folder / "musetalkV15")
    _save_vae(folder / "sd-vae")
    _save_whisper(folder / "whisper")
    return folder


def _save_unet(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "musetalk.json").write_text(json.dumps(UNET))
    torch.save(UNet2DConditionModel.from_config(UNET).state_dict(), folder / "unet.pth")


def _save_vae(folder: Path) -> None:
    vae = AutoencoderKL(
        block_out_channels=(8, 8, 8, 8),
        down_block_types=("DownEncoderBlock2D",) * 4,
        up_block_types=("UpDecoderBlock2D",) * 4,
        latent_channels=4,
        layers_per_block=1,
        norm_num_groups=4,
        sample_size=256,
    )
    vae.save_config(folder)
    state = {_old(name): tensor for name, tensor in vae.state_dict().items()}
    torch.save(state, folder / "diffusion_pytorch_model.bin")


def _old(name: str) -> str:
    for new, old in _OLD_NAMES.items():
        name = name.replace(f".{new}.", f".{old}.")
    return name


def _save_whisper(folder: Path) -> None:
    config = WhisperConfig(
        d_model=WIDTH,
        encoder_layers=4,
        encoder_attention_heads=2,
        encoder_ffn_dim=32,
        decoder_layers=1,
        decoder_attention_heads=2,
        decoder_ffn_dim=32,
        num_mel_bins=80,
        vocab_size=64,
        pad_token_id=0,
        bos_token_id=1,
        eos_token_id=2,
        decoder_start_token_id=1,
    )
    config.save_pretrained(folder)
    whisper = WhisperForConditionalGeneration(config)
    torch.save(whisper.state_dict(), folder / "pytorch_model.bin")
