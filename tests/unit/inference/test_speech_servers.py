"""Voices of servers: streamed sound, its parts, and what fails how."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread, Timer

import numpy as np
import pytest

from inference.engines.synthesizers.fish_speech import FishSpeech
from inference.engines.synthesizers.openai_voice import OpenAIVoice
from inference.engines.synthesizers.pcm_stream import PcmStream
from inference.engines.synthesizers.server_voice import speakers_of
from inference.engines.synthesizers.streamed_sound import StreamedSound
from inference.engines.synthesizers.time_stretch import stretched
from inference.errors import EngineUnavailable, StageError
from inference.types.audio import AudioClip, FloatSamples
from inference.types.speech import PhonemeSpan, SpeechChunk, SynthesisRequest
from tests.fakes.fish_server import FishServer
from tests.fakes.speech_server import SpeechServer, endless_wav_header

RATE_HZ = 24_000


def tone(seconds: float, hertz: float = 220.0) -> FloatSamples:
    t = np.arange(int(seconds * RATE_HZ)) / RATE_HZ
    return (np.sin(2 * np.pi * hertz * t) / 3).astype(np.float32)


class Humming:
    """A voice that hums for a second whatever it is told to say."""

    def synthesize(
        self, request: SynthesisRequest, *, cancelled: object
    ) -> Iterator[SpeechChunk]:
        clip = AudioClip.from_float32(tone(1.0 / request.speed), RATE_HZ)
        yield SpeechChunk(clip, (PhonemeSpan("m", 0.0, clip.duration_ms),))


@pytest.fixture
def server() -> Iterator[SpeechServer]:
    server = SpeechServer(synthesizer=Humming())  # type: ignore[arg-type]
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def voice(server: SpeechServer, **options: object) -> OpenAIVoice:
    given = {"base_url": server.address, "model": "tts-1", "timeout_s": 5.0}
    return OpenAIVoice(**{**given, **options})  # type: ignore[arg-type]


def say(engine: OpenAIVoice | FishSpeech, **asked: object) -> list[SpeechChunk]:
    request = SynthesisRequest("Hello there.", **asked)  # type: ignore[arg-type]
    return list(engine.synthesize(request, cancelled=Event()))


@pytest.fixture(autouse=True)
def letters_for_sounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """What espeak-ng knows is in the verification tests."""
    monkeypatch.setattr(
        "inference.engines.synthesizers.clause_model.find_spec", lambda _: None
    )


@pytest.mark.parametrize("form", ["wav", "pcm"])
def test_it_is_asked_for_a_clause_in_the_voice_of_its_language(
    server: SpeechServer, form: str
) -> None:
    engine = voice(server, form=form, speakers="en=alloy,es=nova", api_key="key")
    (chunk,) = say(engine, language="es-MX", speed=0.8)
    asked = server.asked[0]
    assert (asked["voice"], asked["speed"], asked["model"]) == ("nova", 0.8, "tts-1")
    assert (asked["input"], asked["response_format"]) == ("Hello there.", form)
    assert asked["authorization"] == "Bearer key"
    assert chunk.clip.sample_rate_hz == RATE_HZ
    assert "".join(s.phoneme for s in chunk.phonemes) == "hellothere"
    assert [word.text for word in chunk.words] == ["Hello", "there."]
    assert set(engine.capabilities.voices) == {"en", "es"}
    with pytest.raises(StageError, match="no speaker of fr"):
        say(engine, language="fr")
    engine.close()
    engine.close()


def test_speed_that_the_server_ignores_is_made_here(server: SpeechServer) -> None:
    server.ignores_speed = True
    engine = voice(server, stretch=True)
    plain, slow = (say(engine, speed=s)[0].phonemes[-2].end_ms for s in (1.0, 0.75))
    engine.close()
    assert "speed" not in server.asked[1]
    assert 1.25 < slow / plain < 1.4


def test_stretched_sound_keeps_its_pitch() -> None:
    slow = stretched(tone(1.0), RATE_HZ, 0.7)
    assert slow.size == pytest.approx(RATE_HZ / 0.7, abs=1)
    spectrum = np.abs(np.fft.rfft(slow))
    hertz = np.argmax(spectrum) * RATE_HZ / slow.size
    assert hertz == pytest.approx(220, abs=3)
    assert np.abs(slow[2000:-2000]).max() == pytest.approx(1 / 3, abs=0.02)


def test_sound_goes_on_where_it_is_silent_for_a_moment() -> None:
    quiet = np.zeros(int(0.1 * RATE_HZ), np.float32)
    whole = np.concatenate([tone(0.8), quiet, tone(0.9), quiet, tone(0.3), quiet])
    sound = StreamedSound(1.0, cuts=True)
    pieces, came = [], []
    for first in range(0, whole.size, 2_400):
        for piece in sound.feed(whole[first : first + 2_400], RATE_HZ):
            pieces.append(piece)
            came.append(first / RATE_HZ)
    pieces.append(sound.rest())
    np.testing.assert_array_equal(np.concatenate(pieces), whole)
    assert [round(piece.size / RATE_HZ, 1) for piece in pieces] == [0.8, 1.0, 0.5]
    assert came[0] < 1.1


@pytest.mark.parametrize("step", [1, 7, 5_000])
def test_a_header_may_come_in_pieces_and_say_nothing_of_the_length(step: int) -> None:
    clip = AudioClip.from_float32(tone(0.05), RATE_HZ)
    data = endless_wav_header(RATE_HZ) + clip.pcm
    stream = PcmStream()
    heard = [stream.feed(data[at : at + step]) for at in range(0, len(data), step)]
    assert stream.rate_hz == RATE_HZ
    np.testing.assert_array_equal(np.concatenate(heard), clip.as_float32())


def test_what_is_no_sound_is_a_coded_error(server: SpeechServer) -> None:
    with pytest.raises(ValueError, match="no WAV"):
        PcmStream().feed(b"<html>it works</html>")
    server.torn_after = 0
    engine = voice(server)
    with pytest.raises(StageError, match="sent no sound") as failure:
        say(engine)
    assert failure.value.code == "tts.failed"
    server.statuses = [401]
    with pytest.raises(EngineUnavailable, match="refused the key"):
        engine.warm()
    engine.close()


def test_cancelling_closes_the_request_at_once(server: SpeechServer) -> None:
    engine = voice(server)
    engine.warm()
    server.holds.set()
    cancelled = Event()
    Timer(0.2, cancelled.set).start()
    started = time.monotonic()
    request = SynthesisRequest("Hello there.")
    assert list(engine.synthesize(request, cancelled=cancelled)) == []
    assert time.monotonic() - started < 1.0
    assert server.gone.wait(2.0)
    engine.close()


@pytest.mark.parametrize("given", ["", "alloy", "en=", {}])
def test_speakers_that_nobody_understands_are_named(given: object) -> None:
    with pytest.raises(EngineUnavailable, match="speakers"):
        speakers_of(given)  # type: ignore[arg-type]


@pytest.fixture
def fish() -> Iterator[FishServer]:
    server = FishServer(Humming(), key="key")  # type: ignore[arg-type]
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def test_fish_speech_speaks_like_a_reference(fish: FishServer, tmp_path: Path) -> None:
    (tmp_path / "ada.wav").write_bytes(b"RIFF")
    (tmp_path / "ada.txt").write_text("What I say.\n")
    engine = FishSpeech(
        base_url=fish.address,
        api_key="key",
        speakers="en=ada,es=teresa",
        references_dir=str(tmp_path),
    )
    assert say(engine)[0].clip.sample_rate_hz == 44_100
    say(engine, language="es")
    with_sound, by_name = fish.asked
    assert with_sound.references[0].audio == b"RIFF"
    assert with_sound.references[0].text == "What I say."
    assert with_sound.reference_id is None
    assert (by_name.reference_id, by_name.references) == ("teresa", [])
    assert with_sound.streaming
    engine.close()


def test_fish_speech_fails_with_words(fish: FishServer, tmp_path: Path) -> None:
    engine = FishSpeech(base_url=fish.address, speakers="en=ada")
    with pytest.raises(EngineUnavailable, match="refused the key"):
        engine.warm()
    engine.close()
    nobody = FishSpeech(base_url="http://127.0.0.1:9", speakers="en=ada")
    with pytest.raises(StageError, match="not reachable"):
        say(nobody)
    nobody.close()
    (tmp_path / "ada.wav").touch()
    with pytest.raises(EngineUnavailable, match=r"ada\.txt"):
        FishSpeech(
            base_url=fish.address, speakers="en=ada", references_dir=str(tmp_path)
        )
