"""Every event of a turn has its place on the wire."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any, get_args

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from inference.types.assessment import (
    AssessmentOutcome,
    PromptSource,
    PronunciationAssessment,
    UtteranceScores,
)
from inference.types.audio import AudioClip
from inference.types.face import VideoFormat, VideoFragment
from inference.types.speech import Viseme, VisemeCue, Word, WordSpan
from sessions.live.presenter import present
from sessions.turns import events as e
from sessions.turns.holding import ReplyHeld, ReplyResumed
from sessions.wire.client_events import TextSubmit, decode_text
from sessions.wire.errors import WireError
from sessions.wire.server_events import SERVER_EVENTS, encode_server_event

WORDS = (Word("tea", 10.4, 220.6, 0.91239),)
SPOKEN = (WordSpan("One", 200.4, 400.2), WordSpan("tea.", 450.6, 800.0))
CUES = (VisemeCue(Viseme.PP, 0.0, 70.0), VisemeCue(Viseme.AA, 70.0, 200.0))
JUDGED = PronunciationAssessment(
    outcome=AssessmentOutcome.JUDGED,
    model="frames-1",
    language="en",
    source=PromptSource.READ,
    text="tea",
    scores=UtteranceScores(77.7, 70.2, 69.9, 73.0, 8.1),
)
NOISE = replace(JUDGED, outcome=AssessmentOutcome.NOISE)
SHOWN: list[e.TurnEvent] = [
    e.SpeechStarted(1),
    e.SpeechEnded(1, "silence"),
    e.PartialTranscript(1, "I would like", "I would"),
    e.FinalTranscript(1, "tea", WORDS, e.Source.SPEECH, "en", 0.91239),
    e.FinalTranscript(1, "tea", (), e.Source.TEXT, "en", None),
    e.ReplyStarted(1, 0),
    e.ReplyText(1, 0, "<b>\U0001f375 \u0645\u0631\u062d\u0628\u0627"),
    e.ReplyClause(1, 0, 0, "Hi.", 0.0, 200.0),
    e.ReplyClause(1, 0, 1, "One tea.", 200.0, 900.0, SPOKEN),
    e.ReplyVisemes(1, 0, CUES),
    e.ReplyCompleted(1, 0, "Hi."),
    e.ReplyAudioEnded(1, 0, 200.0),
    e.ReplyInterrupted(1, 0, "barge_in"),
    e.ReplyHeard(1, 0, "Hi"),
    ReplyHeld(1, 0),
    ReplyResumed(1, 0, 1240.5),
    e.PronunciationAssessed(1, JUDGED, 4180.4),
    e.PronunciationAssessed(1, NOISE, None),
    e.PronunciationWithdrawn(1),
    e.CorrectionsReady(1, corrections=1, withheld=True),
    e.TurnTiming(
        1, "last_voiced_sample", (e.StageSpan("endpoint", 0, 600.0),), {"first": 1.0}
    ),
    *(e.TurnEnded(1, outcome) for outcome in e.Outcome),
    e.FaceChanged("drawn", ("drawn", "voice"), "load", ""),
    e.TimeLeft(120, "About two minutes are left."),
    e.StageDegraded("animate", "face.failed", "Still here."),
    e.StageRecovered("animate"),
    e.ErrorRaised("llm.failed", "Sorry.", True, None),
]
BESIDE: list[e.TurnEvent] = [
    e.ReplyAudio(1, 0, 0, AudioClip(bytes(4), 22_050), 0),
    e.ReplyVideoStarted(1, 0, VideoFormat("avc1.64001e", 512, 512, 25)),
    e.ReplyVideo(1, 0, VideoFragment(b"moof", 0.0, 40.0, 1, is_init=False)),
    e.ReplyVideoEnded(1, 0),
]


def on_wire(event: e.TurnEvent) -> dict[str, Any]:
    """Return an event as a browser gets it."""
    message: dict[str, Any] = json.loads(encode_server_event(*present(event), seq=1))
    return message


def test_all_events_are_shown_here() -> None:
    assert {type(event) for event in [*SHOWN, *BESIDE]} == set(get_args(e.TurnEvent))


@pytest.mark.parametrize("event", SHOWN, ids=lambda event: type(event).__name__)
def test_an_event_becomes_a_message_of_the_protocol(event: e.TurnEvent) -> None:
    message = on_wire(event)
    assert message.pop("seq") == 1
    assert message.pop("type") in SERVER_EVENTS
    for name in message.keys() & {"turn", "attempt", "clause", "text", "reason"}:
        said = getattr(event, "assessment", event) if name == "text" else event
        assert message[name] == getattr(said, name)


def test_no_two_events_share_a_type() -> None:
    types = {type(event): present(event)[0] for event in SHOWN}
    assert len(set(types.values())) == len(types)


def test_numbers_are_rounded_to_what_is_meant() -> None:
    final = on_wire(SHOWN[3])
    assert final["confidence"] == 0.912
    assert final["words"] == [
        {"text": "tea", "start_ms": 10, "end_ms": 221, "confidence": 0.912}
    ]
    assert on_wire(SHOWN[4])["confidence"] is None


def test_a_clause_says_when_its_words_are_said_if_the_voice_knows() -> None:
    assert "words" not in on_wire(e.ReplyClause(1, 0, 0, "Hi.", 0.0, 200.0))
    clause = on_wire(e.ReplyClause(1, 0, 1, "One tea.", 200.0, 900.0, SPOKEN))
    assert clause["words"] == [
        {"text": "One", "start_ms": 200, "end_ms": 400},
        {"text": "tea.", "start_ms": 451, "end_ms": 800},
    ]


def test_cues_are_short_rows() -> None:
    cues = on_wire(e.ReplyVisemes(1, 0, CUES))["cues"]
    assert cues == [["PP", 0.0, 70.0], ["aa", 70.0, 200.0]]


@given(text=st.text(min_size=1, max_size=50))
@example("\ud83c")
@example("tea\0")
def test_a_text_that_is_taken_can_be_sent_back_and_stored(text: str) -> None:
    data = json.dumps({"type": "text.submit", "text": text, "client_id": "a"})
    try:
        taken = decode_text(data)
    except WireError:
        return
    assert isinstance(taken, TextSubmit)
    final = e.FinalTranscript(1, taken.text, (), e.Source.TEXT, "en", None)
    assert encode_server_event(*present(final)).encode()
    # PostgreSQL has no place for it.
    assert "\0" not in taken.text


@pytest.mark.parametrize("event", BESIDE, ids=lambda event: type(event).__name__)
def test_sound_and_video_are_no_json(event: e.TurnEvent) -> None:
    with pytest.raises(TypeError, match="video|binary"):
        present(event)
