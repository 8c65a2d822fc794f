"""Servers that hear and speak, with our own recogniser and voice behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import ThreadingHTTPServer
from threading import Event, Thread

import numpy as np
import pytest
import soxr

from inference.engines.synthesizers.fish_speech import FishSpeech
from inference.engines.synthesizers.openai_voice import OpenAIVoice
from inference.engines.synthesizers.piper import Piper
from inference.engines.synthesizers.server_voice import ServerVoice
from inference.engines.transcribers.faster_whisper import FasterWhisper
from inference.engines.transcribers.openai_compatible import OpenAITranscriber
from inference.types.speech import SynthesisRequest, TranscribeRequest
from inference.verification import synthesizer, transcriber
from inference.verification.material import Material
from tests.fakes.fish_server import FishServer
from tests.fakes.speech_server import SpeechServer

from .conftest import Say, clip, joined

pytestmark = pytest.mark.engine("faster_whisper", "piper")

TEXT = "Yesterday I went to the market, and my brother bought two apples there."


@contextmanager
def serving(server: ThreadingHTTPServer) -> Iterator[None]:
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


def plain(text: str) -> list[str]:
    return re.findall(r"[a-z]+", text.lower().replace("2", "two"))


def test_a_server_hears_what_the_recogniser_behind_it_hears(
    whisper: FasterWhisper, say: Say
) -> None:
    server = SpeechServer(transcriber=whisper)
    server.bare_words = True
    engine = OpenAITranscriber(base_url=server.address, model="base", timeout_s=60)
    request = TranscribeRequest(clip(say(TEXT)))
    here = whisper.transcribe(request, cancelled=Event())
    with serving(server):
        for check in transcriber.CHECKS:
            check.run(engine, Material(request.clip, TEXT))
        there = engine.transcribe(request, cancelled=Event())
    engine.close()
    assert there.text == here.text
    times = [[(w.text, w.start_ms, w.end_ms) for w in t.words] for t in (there, here)]
    for (word, *one), (same, *other) in zip(*times, strict=True):
        assert word == same
        assert one == pytest.approx(other, abs=1)


@pytest.mark.parametrize("kind", ["openai", "fish"])
def test_a_server_speaks_like_the_voice_behind_it(
    kind: str, steady_voice: Piper, whisper: FasterWhisper
) -> None:
    server: SpeechServer | FishServer
    engine: ServerVoice
    if kind == "openai":
        server = SpeechServer(synthesizer=steady_voice)
        engine = OpenAIVoice(base_url=server.address, model="tts-1", timeout_s=60)
    else:
        server = FishServer(steady_voice)
        engine = FishSpeech(base_url=server.address, speakers="en=ada", timeout_s=60)
    request = SynthesisRequest(TEXT)
    with serving(server):
        for check in synthesizer.CHECKS:
            check.run(engine, Material.silent(TEXT, "en"))
        chunks = list(engine.synthesize(request, cancelled=Event()))
    engine.close()
    assert " ".join(word.text for chunk in chunks for word in chunk.words) == TEXT
    whole = np.concatenate([chunk.clip.as_float32() for chunk in chunks])
    at_16 = soxr.resample(whole, chunks[0].clip.sample_rate_hz, 16_000)
    heard = whisper.transcribe(
        TranscribeRequest(clip(np.asarray(at_16, np.float32))), cancelled=Event()
    )
    assert plain(heard.text) == plain(TEXT)
    # The sounds are where the voice itself says that they are, give or take.
    there = joined(list(steady_voice.synthesize(request, cancelled=Event())))
    vowels = [s.start_ms for s in there.phonemes if s.phoneme.startswith("æ")]
    begins = np.cumsum([0, *(chunk.clip.duration_ms for chunk in chunks)])
    laid = [
        begin + span.start_ms
        for begin, chunk in zip(begins, chunks, strict=False)
        for span in chunk.phonemes
        if span.phoneme.startswith("æ")
    ]
    assert len(laid) >= len(vowels) > 0
    nearest = [min(abs(v - at) for at in laid) for v in vowels]
    assert np.median(nearest) < 150, nearest
