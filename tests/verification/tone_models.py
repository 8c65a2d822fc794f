"""Tiny wav2vec 2.0 models for the real engines: one that knows nothing, one that knows tones.

In the language of tones each token is a tone. The first layer gets filters for them; the
rest learns in a few seconds which is which. So the real libraries run on real sound and
the answer is known.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from inference.types.audio import AudioClip, FloatSamples

RATE_HZ = 16_000
_TONE_S, _GAP_S, _QUIET_S = 0.12, 0.06, 0.2
_LOWEST_HZ, _STEP = 400.0, 1.22
_FILTER_SAMPLES, _FRAME_SAMPLES = 400, 320
_STEPS, _BATCH = 260, 8


def tone_hz(place: int) -> float:
    """Return the pitch of a token."""
    return float(_LOWEST_HZ * _STEP**place)


def tones(places: Sequence[int], seed: int = 0) -> FloatSamples:
    """Return the sound of tokens, by their places in the vocabulary without blank."""
    t = np.arange(int(_TONE_S * RATE_HZ)) / RATE_HZ
    gap, quiet = (np.zeros(int(s * RATE_HZ)) for s in (_GAP_S, _QUIET_S))
    parts = [quiet]
    for place in places:
        parts += [0.3 * np.sin(2 * np.pi * tone_hz(place) * t), gap]
    whole = np.concatenate([*parts, quiet])
    noise = np.random.default_rng(seed).normal(0, 0.003, whole.size)
    return np.asarray(whole + noise, np.float32)


def clip(places: Sequence[int]) -> AudioClip:
    """Return the sound of tokens as a clip."""
    return AudioClip.from_float32(tones(places), RATE_HZ)


def save_ignorant(folder: Path, symbols: Sequence[str]) -> Path:
    """Save a model with random weights; the first symbol stands after the blank."""
    import torch

    torch.manual_seed(1)
    return _save(_model(symbols), folder, symbols)


def save_trained(folder: Path, symbols: Sequence[str]) -> Path:
    """Save a model that knows the tone of each symbol."""
    import torch

    torch.manual_seed(0)
    # So small a network is slowed down by sharing it out.
    torch.set_num_threads(1)
    rng = np.random.default_rng(0)
    model = _model(symbols)
    _give_filters(model, len(symbols))
    optimizer = torch.optim.Adam(model.parameters(), 1e-2)
    for _ in range(_STEPS):
        # One length in a batch needs no padding; a batch of silence teaches the blank.
        length = int(rng.integers(1, 7))
        batch = [rng.integers(0, len(symbols), length).tolist() for _ in range(_BATCH)]
        sound = np.stack([tones(each, int(rng.integers(1_000_000))) for each in batch])
        sound -= sound.mean(axis=1, keepdims=True)
        sound /= np.sqrt(sound.var(axis=1, keepdims=True) + 1e-7)
        loss = model(torch.from_numpy(sound), labels=torch.tensor(np.array(batch) + 1))
        optimizer.zero_grad()
        loss.loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
    return _save(model, folder, symbols)


def _model(symbols: Sequence[str]) -> Any:
    from transformers import Wav2Vec2Config, Wav2Vec2ForCTC

    config = Wav2Vec2Config(
        vocab_size=len(symbols) + 1,
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        conv_dim=(2 * len(symbols),),
        conv_kernel=(_FILTER_SAMPLES,),
        conv_stride=(_FRAME_SAMPLES,),
        num_feat_extract_layers=1,
        feat_extract_norm="layer",
        do_stable_layer_norm=True,
        num_conv_pos_embeddings=4,
        num_conv_pos_embedding_groups=2,
        pad_token_id=0,
        bos_token_id=None,
        eos_token_id=None,
        ctc_loss_reduction="mean",
        ctc_zero_infinity=True,
        apply_spec_augment=False,
        hidden_dropout=0.0,
        attention_dropout=0.0,
        activation_dropout=0.0,
        feat_proj_dropout=0.0,
        final_dropout=0.0,
        layerdrop=0.0,
    )
    return Wav2Vec2ForCTC(config)


def _give_filters(model: Any, n_symbols: int) -> None:
    import torch

    t = np.arange(_FILTER_SAMPLES) / RATE_HZ
    window = np.hanning(_FILTER_SAMPLES) / 20
    filters = [
        wave(2 * np.pi * tone_hz(place) * t) * window
        for place in range(n_symbols)
        for wave in (np.cos, np.sin)
    ]
    kernel = torch.tensor(np.stack(filters)[:, None], dtype=torch.float32)
    with torch.no_grad():
        model.wav2vec2.feature_extractor.conv_layers[0].conv.weight.copy_(kernel)


def _save(model: Any, folder: Path, symbols: Sequence[str]) -> Path:
    """Write what a fetched model's folder holds."""
    model.save_pretrained(folder)
    vocabulary = {symbol: i for i, symbol in enumerate(("<pad>", *symbols))}
    files = {
        "vocab.json": vocabulary,
        "preprocessor_config.json": {
            "feature_extractor_type": "Wav2Vec2FeatureExtractor",
            "do_normalize": True,
            "feature_size": 1,
            "padding_value": 0.0,
            "return_attention_mask": False,
            "sampling_rate": RATE_HZ,
        },
        "tokenizer_config.json": {
            "tokenizer_class": "Wav2Vec2CTCTokenizer",
            "pad_token": "<pad>",
            "unk_token": "<pad>",
            "bos_token": None,
            "eos_token": None,
            "word_delimiter_token": "|",
        },
    }
    for name, content in files.items():
        text = json.dumps(content, ensure_ascii=False)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def said_at(places: Sequence[int]) -> list[tuple[float, float]]:
    """Return the times of each token in its clip, in milliseconds."""
    step = _TONE_S + _GAP_S
    starts = [_QUIET_S + i * step for i in range(len(places) + 1)]
    return [(1000 * one, 1000 * (one + _TONE_S)) for one, _ in pairwise(starts)]
