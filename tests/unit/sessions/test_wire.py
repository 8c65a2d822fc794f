"""The Python side of the wire, against the examples both sides are tested with."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from sessions.wire.binary import (
    TutorAudio,
    decode_mic_frame,
    decode_tutor_audio,
    decode_tutor_video,
    encode_tutor_audio,
    encode_tutor_video,
)
from sessions.wire.client_events import decode_text
from sessions.wire.errors import WireError
from sessions.wire.server_events import (
    SERVER_EVENTS,
    UNSEQUENCED,
    encode_server_event,
)

EXAMPLES = json.loads(
    (Path(__file__).parents[2] / "wire_examples.json").read_text(encoding="utf-8")
)


def named(key: str) -> list[Any]:
    """Return the examples of a kind as named parameters."""
    return [pytest.param(example, id=example["name"]) for example in EXAMPLES[key]]


@pytest.mark.parametrize("example", named("client_json"))
def test_client_json(example: dict[str, Any]) -> None:
    message = example["message"]
    data = message if isinstance(message, str) else json.dumps(message)
    if example["valid"]:
        assert decode_text(data).type == example["message"]["type"]
    else:
        with pytest.raises(WireError) as refused:
            decode_text(data)
        assert refused.value.code == example["error"]


@pytest.mark.parametrize("example", named("client_binary"))
def test_client_binary(example: dict[str, Any]) -> None:
    data = bytes.fromhex(example["hex"])
    if example["valid"]:
        assert decode_mic_frame(data).number == example["decoded"]["frame"]
    else:
        with pytest.raises(WireError) as refused:
            decode_mic_frame(data)
        assert refused.value.code == example["error"]


@pytest.mark.parametrize("example", named("server_json"))
def test_server_json(example: dict[str, Any]) -> None:
    message = dict(example["message"])
    type_, seq = message.pop("type"), message.pop("seq", None)
    assert (seq is None) == (type_ in UNSEQUENCED) or type_ == "error"
    assert (
        json.loads(encode_server_event(type_, message, seq=seq)) == example["message"]
    )


@pytest.mark.parametrize("example", named("server_binary"))
def test_server_binary(example: dict[str, Any]) -> None:
    data = bytes.fromhex(example["hex"])
    audio = decode_tutor_audio(data)
    assert encode_tutor_audio(audio) == data
    assert isinstance(audio, TutorAudio)
    assert audio.seq == example["decoded"]["seq"]
    assert audio.turn == example["decoded"]["turn"]


@pytest.mark.parametrize("example", named("server_video"))
def test_server_video(example: dict[str, Any]) -> None:
    data = bytes.fromhex(example["hex"])
    video = decode_tutor_video(data)
    assert encode_tutor_video(video) == data
    wanted = dict(example["decoded"])
    wanted["data"] = bytes.fromhex(wanted["data"])
    assert asdict(video) == wanted


@pytest.mark.parametrize("key", ["server_binary", "client_binary"])
def test_sound_is_no_video(key: str) -> None:
    for example in EXAMPLES[key]:
        with pytest.raises(WireError):
            decode_tutor_video(bytes.fromhex(example["hex"]))


def test_every_server_event_has_an_example() -> None:
    shown = {example["message"]["type"] for example in EXAMPLES["server_json"]}
    assert shown == set(SERVER_EVENTS)


def test_a_server_event_with_wrong_fields_is_refused() -> None:
    with pytest.raises(ValueError, match="outcome"):
        encode_server_event("turn.ended", {"turn": 1})
    ended = {"turn": 1, "outcome": "completed", "words": []}
    with pytest.raises(ValueError, match="words"):
        encode_server_event("turn.ended", ended)
