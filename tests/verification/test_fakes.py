"""The scripted engines keep the same contract as the real ones they stand for."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from itertools import pairwise
from threading import Event
from typing import Any, get_type_hints

import numpy as np
import pytest

from inference import protocols
from inference.engines.avatars.visemes import Visemes
from inference.engines.detectors.silero import Silero
from inference.engines.dialogue.openai_compatible import OpenAICompatible
from inference.types.audio import AudioClip
from inference.types.dialogue import DialogueRequest, Message, ReplyDelta
from inference.types.speech import (
    Animation,
    AnimationRequest,
    PhonemeSpan,
    SpeechChunk,
    SynthesisRequest,
    TranscribeRequest,
    Transcript,
    Viseme,
)
from tests.fakes import engines as fakes

TEXT = "My brother bought a map."
MESSAGES = (Message("system", "You are a tutor."), Message("user", "Hello!"))


@dataclass(frozen=True, slots=True)
class Cast:
    """A protocol, who keeps it, and the fixture that loads the real one."""

    protocol: type
    fake: type
    fixture: str


CAST = {
    "detector": Cast(protocols.SpeechDetector, fakes.LoudnessDetector, "silero"),
    "transcriber": Cast(protocols.Transcriber, fakes.ScriptedTranscriber, "whisper"),
    "dialogue": Cast(protocols.DialogueModel, fakes.ScriptedDialogue, "llama"),
    "synthesizer": Cast(
        protocols.SpeechSynthesizer, fakes.ScriptedSynthesizer, "piper"
    ),
    "animator": Cast(protocols.AvatarAnimator, fakes.ScriptedAnimator, "visemes"),
}
ENGINE_NAMES = {"silero", "faster_whisper", "llama_cpp", "piper"}
real = pytest.mark.engine(*sorted(ENGINE_NAMES))


@pytest.fixture(scope="session")
def silero() -> Silero:
    """The detector."""
    return Silero()


@pytest.fixture(scope="session")
def visemes() -> Visemes:
    """The animator."""
    return Visemes()


@pytest.fixture(params=["fake", pytest.param("real", marks=real)])
def which(request: pytest.FixtureRequest) -> str:
    """Whether the scripted or the real engine plays."""
    chosen: str = request.param
    return chosen


def engine(kind: str, which: str, request: pytest.FixtureRequest) -> Any:
    """Return the engine of a kind."""
    cast = CAST[kind]
    return cast.fake() if which == "fake" else request.getfixturevalue(cast.fixture)


def speech(request: pytest.FixtureRequest, which: str, text: str = TEXT) -> AudioClip:
    """Return a clip at 16 kHz that says a text, or hums it."""
    if which == "real":
        samples = request.getfixturevalue("say")(text)
    else:
        hum = 0.3 * np.sin(np.arange(32_000) / 8)
        samples = hum.astype(np.float32)
    return AudioClip.from_float32(samples, 16_000)


def asked(method: Any) -> list[tuple[str, Any]]:
    """Return the names and kinds of a method's parameters."""
    parameters = inspect.signature(method).parameters.values()
    return [(p.name, p.kind) for p in parameters if p.default is p.empty]


def public(protocol: type) -> list[str]:
    """Return the names a protocol asks for."""
    return [name for name in dir(protocol) if not name.startswith("_")]


@pytest.mark.parametrize("kind", CAST)
def test_both_have_the_methods_of_the_protocol(
    kind: str, which: str, request: pytest.FixtureRequest
) -> None:
    protocol = CAST[kind].protocol
    assert {"warm", "close"} < set(public(protocol))
    player = type(engine(kind, which, request))
    for name in public(protocol):
        wanted, found = getattr(protocol, name), getattr(player, name)
        if isinstance(wanted, property):
            assert isinstance(found, property)
            hints = get_type_hints(found.fget)
            assert hints["return"] is get_type_hints(wanted.fget)["return"]
        else:
            assert asked(found) == asked(wanted), name


def test_the_other_dialogue_model_has_them_too() -> None:
    for name in public(protocols.DialogueModel):
        wanted = getattr(protocols.DialogueModel, name)
        assert asked(getattr(OpenAICompatible, name)) == asked(wanted)


@pytest.mark.parametrize("kind", ["detector", "animator"])
def test_warming_and_closing_may_be_repeated(
    kind: str, which: str, request: pytest.FixtureRequest
) -> None:
    player = engine(kind, which, request)
    for _ in range(2):
        player.warm()
        player.close()
    player.close()


def test_a_detector_tells_silence_and_streams_are_their_own(
    which: str, request: pytest.FixtureRequest
) -> None:
    detector = engine("detector", which, request)
    one, other = detector.open(), detector.open()
    assert one is not other
    size = one.window_samples
    assert size == 512
    samples = speech(request, which).as_float32()
    windows = samples[: samples.size // size * size].reshape(-1, size)
    found = [one.probability(window) for window in windows]
    assert all(isinstance(p, float) and 0 <= p <= 1 for p in found)
    assert max(found) > 0.5
    assert other.probability(np.zeros(size, np.float32)) < 0.35
    one.reset()
    assert one.probability(np.zeros(size, np.float32)) < 0.35


@pytest.mark.parametrize("partial", [False, True])
def test_a_transcript_lies_within_its_clip(
    which: str, partial: bool, request: pytest.FixtureRequest
) -> None:
    clip = speech(request, which)
    transcriber = engine("transcriber", which, request)
    heard = transcriber.transcribe(
        TranscribeRequest(clip, partial=partial), cancelled=Event()
    )
    assert isinstance(heard, Transcript)
    assert heard.text == heard.text.strip() != ""
    assert heard.language in transcriber.capabilities.languages
    assert 0 <= heard.confidence <= 1
    assert 0 <= heard.no_speech_probability <= 1
    assert heard.features is None
    if not partial:
        assert transcriber.capabilities.word_times
        assert [w.text.strip() for w in heard.words] == heard.text.split()
        assert all(0 <= w.confidence <= 1 for w in heard.words)
        assert heard.words[0].start_ms >= 0
        assert heard.words[-1].end_ms <= clip.duration_ms + 1e-6
        assert all(w.start_ms <= w.end_ms for w in heard.words)
        for one, following in pairwise(heard.words):
            assert one.end_ms <= following.start_ms + 1e-6


def test_a_partial_has_text_only(which: str, request: pytest.FixtureRequest) -> None:
    asked_for = TranscribeRequest(speech(request, which), partial=True)
    transcriber = engine("transcriber", which, request)
    assert transcriber.transcribe(asked_for, cancelled=Event()).words == ()


def test_a_cancelled_transcription_heard_nothing(
    which: str, request: pytest.FixtureRequest
) -> None:
    cancelled = Event()
    cancelled.set()
    heard = engine("transcriber", which, request).transcribe(
        TranscribeRequest(speech(request, which)), cancelled=cancelled
    )
    assert (heard.text, heard.words) == ("", ())


def test_a_reply_is_streamed_in_pieces(
    which: str, request: pytest.FixtureRequest
) -> None:
    dialogue = engine("dialogue", which, request)
    asked_for = DialogueRequest(MESSAGES, "fakes", 12, 0.0)
    pieces = list(dialogue.respond(asked_for, cancelled=Event()))
    assert len(pieces) > 1
    assert all(isinstance(piece, ReplyDelta) and piece.text for piece in pieces)
    dialogue.release("fakes")
    dialogue.release("never seen")


def test_a_prefill_says_nothing(which: str, request: pytest.FixtureRequest) -> None:
    dialogue = engine("dialogue", which, request)
    prefill = DialogueRequest(MESSAGES, "fakes", 0)
    assert list(dialogue.respond(prefill, cancelled=Event())) == []
    dialogue.release("fakes")


def test_a_cancelled_reply_ends_without_an_error(
    which: str, request: pytest.FixtureRequest
) -> None:
    dialogue, cancelled = engine("dialogue", which, request), Event()
    reply = dialogue.respond(
        DialogueRequest(MESSAGES, "fakes", 200), cancelled=cancelled
    )
    next(reply)
    cancelled.set()
    assert list(reply) == []
    dialogue.release("fakes")


@pytest.mark.parametrize("speed", [1.0, 0.75])
def test_phonemes_cover_the_sound(
    which: str, speed: float, request: pytest.FixtureRequest
) -> None:
    synthesizer = engine("synthesizer", which, request)
    chunks = list(
        synthesizer.synthesize(SynthesisRequest(TEXT, speed), cancelled=Event())
    )
    assert chunks
    for chunk in chunks:
        assert isinstance(chunk, SpeechChunk)
        assert chunk.clip.sample_rate_hz == chunks[0].clip.sample_rate_hz
        assert chunk.phonemes[0].start_ms == 0
        assert chunk.phonemes[-1].end_ms == pytest.approx(chunk.clip.duration_ms, abs=1)
        assert any(span.phoneme for span in chunk.phonemes)
        for one, following in pairwise(chunk.phonemes):
            assert one.end_ms == pytest.approx(following.start_ms, abs=1e-6)


def test_slower_is_longer(which: str, request: pytest.FixtureRequest) -> None:
    synthesizer = engine("synthesizer", which, request)
    slow, plain = (
        sum(
            chunk.clip.duration_ms
            for chunk in synthesizer.synthesize(
                SynthesisRequest(TEXT, speed), cancelled=Event()
            )
        )
        for speed in (0.75, 1.0)
    )
    assert slow > 1.1 * plain


@pytest.mark.parametrize("kind", ["synthesizer", "animator"])
def test_what_was_cancelled_gives_nothing(
    which: str, kind: str, request: pytest.FixtureRequest
) -> None:
    cancelled = Event()
    cancelled.set()
    player = engine(kind, which, request)
    if kind == "synthesizer":
        results = player.synthesize(SynthesisRequest(TEXT), cancelled=cancelled)
    else:
        results = player.animate(AnimationRequest(_hum()), cancelled=cancelled)
    assert list(results) == []


def test_cues_have_no_gap(which: str, request: pytest.FixtureRequest) -> None:
    chunk = _hum()
    (animation,) = engine("animator", which, request).animate(
        AnimationRequest(chunk), cancelled=Event()
    )
    assert isinstance(animation, Animation)
    assert all(isinstance(cue.viseme, Viseme) for cue in animation.cues)
    assert animation.cues[0].start_ms == 0
    assert animation.cues[-1].end_ms == pytest.approx(chunk.clip.duration_ms)
    for one, following in pairwise(animation.cues):
        assert one.start_ms < one.end_ms == pytest.approx(following.start_ms)


def _hum() -> SpeechChunk:
    spans = tuple(
        PhonemeSpan(phoneme, 100.0 * i, 100.0 * (i + 1))
        for i, phoneme in enumerate(["", "b", "a", "m", ""])
    )
    return SpeechChunk(AudioClip(bytes(16_000), 16_000), spans)
