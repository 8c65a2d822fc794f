"""The versions of ``make test-torch`` are those of the requirement sets."""

import pytest

from scripts.torch_environment import ROOT, pin


def test_a_pin_is_read_without_its_reason() -> None:
    text = "torchaudio==2.8.0  # why\ntorch==2.8.0\n"
    assert pin(text, "torch") == "torch==2.8.0"
    assert pin(text, "torchaudio") == "torchaudio==2.8.0"


def test_what_is_not_pinned_is_refused() -> None:
    with pytest.raises(ValueError, match="pandas is not pinned"):
        pin("pandas>=2\n", "pandas")


def test_the_sets_pin_what_the_engines_import() -> None:
    folder = ROOT / "requirements"
    for package in ("torch", "diffusers", "transformers"):
        pin((folder / "musetalk.in").read_text(), package)
    for package in ("torch", "transformers"):
        pin((folder / "wav2vec2.in").read_text(), package)
    for package in ("whisperx", "torch", "torchaudio", "transformers"):
        pin((folder / "whisperx.in").read_text(), package)
