"""Vosk by its real library, on a model of ``TUTOR_VOSK_DIR``."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterator
from difflib import SequenceMatcher
from threading import Event

import numpy as np
import pytest

from inference.engines.transcribers.vosk import Vosk
from inference.types.audio import AudioClip
from inference.types.speech import TranscribeRequest
from inference.verification.material import Material
from inference.verification.transcriber import CHECKS

from .conftest import Say, clip

FOLDER = os.environ.get("TUTOR_VOSK_DIR", "")
pytestmark = [
    pytest.mark.engine("vosk"),
    pytest.mark.skipif(
        not FOLDER or importlib.util.find_spec("vosk") is None,
        reason="needs requirements/vosk.in and a model in TUTOR_VOSK_DIR",
    ),
]
TEXT = "Yesterday I went to the market and bought some apples."


@pytest.fixture(scope="module")
def vosk() -> Iterator[Vosk]:
    engine = Vosk(model_dir=FOLDER)
    engine.warm()
    yield engine
    engine.close()


def language(vosk: Vosk) -> str:
    known = vosk.capabilities.languages
    return "en" if "en" in known else min(known)


def test_it_keeps_the_contract_of_its_kind(vosk: Vosk, say: Say) -> None:
    material = Material(clip(say(TEXT)), TEXT, language(vosk))
    for check in CHECKS:
        check.run(vosk, material)


def test_looks_on_the_way_change_little_of_what_is_heard(vosk: Vosk, say: Say) -> None:
    speech = np.concatenate([say(TEXT), np.zeros(24_000, np.float32), say(TEXT)])
    whole = clip(speech)
    asked = TranscribeRequest(whole, language(vosk))
    once = vosk.transcribe(asked, cancelled=Event())
    for n_samples in range(8_000, whole.n_samples, 8_000):
        so_far = AudioClip(whole.pcm[: 2 * n_samples], 16_000)
        look = TranscribeRequest(so_far, language(vosk), partial=True)
        vosk.transcribe(look, cancelled=Event())
    again = vosk.transcribe(asked, cancelled=Event())
    # Kaldi adds a little noise of chance to the sound, so no two runs are quite the same.
    assert SequenceMatcher(None, again.text, once.text).ratio() > 0.6
    assert again.words[-1].start_ms > whole.duration_ms / 2
