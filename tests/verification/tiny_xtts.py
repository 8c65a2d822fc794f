"""XTTS at a tiny random size, in the published layout of files. Needs coqui-tts."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import torch  # noqa: TID253 - only run where it is
from tokenizers import Tokenizer, models
from TTS.tts.configs.xtts_config import XttsArgs, XttsConfig  # noqa: TID253
from TTS.tts.models.xtts import Xtts  # noqa: TID253

SPEAKERS = ("Ana", "Jonas")
# A token of sound is 1,024 samples at 22.05 kHz; so many are 1.5 s.
MOST_SOUND_TOKENS = 32
WIDTH = 16


def save(folder: Path) -> Path:
    """Write a model of random weights with two speakers. Returns the folder."""
    torch.manual_seed(5)
    folder.mkdir(parents=True, exist_ok=True)
    config = _config()
    _save_vocabulary(folder / "vocab.json", config.languages)
    model = Xtts(config)
    model.tokenizer.tokenizer = Tokenizer.from_file(str(folder / "vocab.json"))
    model.init_models()
    config.save_json(str(folder / "config.json"))
    torch.save({"model": model.state_dict()}, folder / "model.pth")
    voices = {
        name: {
            "gpt_cond_latent": torch.randn(1, 32, WIDTH),
            "speaker_embedding": torch.randn(1, 512, 1),
        }
        for name in SPEAKERS
    }
    torch.save(voices, folder / "speakers_xtts.pth")
    return folder


def _config() -> XttsConfig:
    # Only the likeliest token: the same text always sounds the same.
    return XttsConfig(
        top_k=1,
        model_args=XttsArgs(
            gpt_layers=2,
            gpt_n_model_channels=WIDTH,
            gpt_n_heads=2,
            gpt_max_audio_tokens=MOST_SOUND_TOKENS,
            gpt_max_text_tokens=402,
            gpt_max_prompt_tokens=70,
            gpt_num_audio_tokens=66,
            gpt_start_audio_token=64,
            gpt_stop_audio_token=65,
            gpt_use_perceiver_resampler=True,
            decoder_input_dim=WIDTH,
        ),
    )


def _save_vocabulary(file: Path, languages: list[str]) -> None:
    """Write a tokenizer of single letters, with the tokens that XTTS asks for."""
    letters = [chr(code) for code in range(33, 127)]
    special = ["[STOP]", "[UNK]", "[SPACE]", "[START]"]
    special += [f"[{language}]" for language in languages]
    vocabulary = {token: number for number, token in enumerate([*special, *letters])}
    tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=[], unk_token="[UNK]"))
    tokenizer.add_special_tokens(special)
    tokenizer.save(str(file))
    assert json.loads(file.read_text("utf-8"))["model"]["type"] == "BPE"


if __name__ == "__main__":
    save(Path(sys.argv[1]))
