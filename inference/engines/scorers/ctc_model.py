"""A wav2vec 2.0 phoneme model through transformers: samples in, log-probabilities out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from inference.errors import EngineUnavailable
from inference.types.audio import FloatSamples

from .ctc_trellis import LogProbs

_FILES = ("config.json", "vocab.json")
_DTYPES = ("float32", "float16", "bfloat16")


class CtcModel:
    """A loaded model. May be asked from several threads."""

    def __init__(self, folder: Path, *, device: str, dtype: str) -> None:
        for name in _FILES:
            if not (folder / name).is_file():
                raise EngineUnavailable(
                    "engine.weights_missing",
                    f"There is no {name} in the folder {folder.name!r}: model_dir "
                    "names the folder of a Wav2Vec2ForCTC phoneme model",
                    retryable=False,
                )
        self._torch, self._model = _loaded(folder, device, dtype)
        self._normalise = _normalises(folder)
        # The tokenizer's class would want the phonemizer package; its list is enough.
        self.tokens: dict[str, int] = json.loads(
            (folder / "vocab.json").read_text(encoding="utf-8")
        )
        self.blank: int = self._model.config.pad_token_id
        if max(self.tokens.values(), default=0) >= self._model.config.vocab_size:
            raise EngineUnavailable(
                "engine.weights_broken",
                f"vocab.json of {folder.name} has more tokens than the model",
                retryable=False,
            )

    def log_probs(self, samples: FloatSamples) -> LogProbs:
        """Return log-probabilities, shape ``(n_frames, n_tokens)``, of 16 kHz sound.

        Raises RuntimeError as torch does, for instance without memory.
        """
        heard = samples
        if self._normalise:
            heard = (samples - samples.mean()) / np.sqrt(samples.var() + 1e-7)
        torch, model = self._torch, self._model
        with torch.inference_mode():
            batch = torch.from_numpy(np.ascontiguousarray(heard, np.float32))[None]
            logits = model(batch.to(device=model.device, dtype=model.dtype)).logits
            found: LogProbs = (
                torch.log_softmax(logits[0].double(), dim=-1).cpu().numpy()
            )
        return found


def _normalises(folder: Path) -> bool:
    """Whether the model wants sound of mean 0 and variance 1, as most do."""
    path = folder / "preprocessor_config.json"
    if not path.is_file():
        return True
    return bool(json.loads(path.read_text(encoding="utf-8")).get("do_normalize", True))


def _loaded(folder: Path, device: str, dtype: str) -> tuple[Any, Any]:
    if dtype not in _DTYPES:
        raise EngineUnavailable(
            "engine.weights_broken",
            f"dtype {dtype!r} is not one of {', '.join(_DTYPES)}",
            retryable=False,
        )
    try:
        import torch
        from transformers import Wav2Vec2ForCTC
        from transformers.utils.logging import disable_progress_bar
    except ImportError as missing:
        raise EngineUnavailable(
            "engine.library_missing",
            "This engine needs torch and transformers: "
            "pip install -r requirements/wav2vec2.in",
            retryable=False,
        ) from missing
    disable_progress_bar()
    try:
        model = Wav2Vec2ForCTC.from_pretrained(str(folder), local_files_only=True)
        model = model.to(device=device, dtype=getattr(torch, dtype)).eval()
    except (RuntimeError, ValueError, OSError, AssertionError) as broken:
        # AssertionError: what torch says to "cuda" if it was built without it.
        raise EngineUnavailable(
            "engine.weights_broken",
            f"Cannot load {folder.name} on {device} as {dtype}: {broken}",
            retryable=False,
        ) from broken
    return torch, model
