"""Clips that go through Whisper together come out as they do one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from threading import Event

import numpy as np
import pytest

from inference.engines.transcribers.faster_whisper import FasterWhisper
from inference.errors import EngineUnavailable
from inference.types.speech import TranscribeRequest, Transcript
from inference.verification.material import Material
from inference.verification.transcriber import CHECKS

from .conftest import Say, clip, model_dir

pytestmark = pytest.mark.engine("faster_whisper")

SENTENCES = (
    "What time does the train leave?",
    "My sister is twenty years old, and she likes to dance in the evening with friends.",
    "Yes.",
    "I would like a cup of tea.",
)


@pytest.fixture(scope="module")
def batched() -> Iterator[FasterWhisper]:
    """The recogniser as a worker for several learners has it."""
    engine = FasterWhisper(model_dir=model_dir("whisper-base"), batch=4)
    yield engine
    engine.close()


def test_clips_of_all_sorts_are_heard_as_one_by_one(
    batched: FasterWhisper, say: Say
) -> None:
    speech = [say(sentence) for sentence in SENTENCES]
    asked = [TranscribeRequest(clip(each)) for each in speech]
    requests = [
        *asked,
        replace(asked[0], partial=True),
        replace(asked[3], partial=True),
        replace(asked[0], hint="The station is closed today."),
        replace(asked[3], language=None),
        replace(asked[3], language="de"),
        replace(asked[2], want_features=True),
        TranscribeRequest(clip(np.zeros(16_000, np.float32))),
        TranscribeRequest(clip(np.concatenate([*speech] * 4))),
    ]
    alone = [batched.transcribe(each, cancelled=Event()) for each in requests]
    together = batched.transcribe_batch(requests)
    for one, other in zip(alone, together, strict=True):
        assert isinstance(other, Transcript)
        assert replace(one, features=None) == replace(other, features=None)
    assert together[0] != together[1]
    one_row, same_row = alone[9].features, together[9].features  # type: ignore[union-attr]
    assert one_row is not None
    assert same_row is not None
    np.testing.assert_array_equal(one_row.frames, same_row.frames)


def test_it_keeps_the_contract_of_its_kind(batched: FasterWhisper, say: Say) -> None:
    text = SENTENCES[3]
    notes = [check.run(batched, Material(clip(say(text)), text)) for check in CHECKS]
    assert notes[-1] == "4 clips at once"


@pytest.mark.parametrize("options", [{"batch": 0}, {"device_index": "first"}])
def test_what_cannot_be_is_said_at_once(options: dict[str, object]) -> None:
    with pytest.raises(EngineUnavailable) as failure:
        FasterWhisper(model_dir=model_dir("whisper-base"), **options)  # type: ignore[arg-type]
    assert failure.value.code == "engine.bad_option"
