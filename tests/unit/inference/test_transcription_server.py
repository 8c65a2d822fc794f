"""Speech to text by a server: what is asked, what its answers mean, what fails how."""

from __future__ import annotations

import time
from collections.abc import Iterator
from threading import Event, Thread, Timer

import numpy as np
import pytest

from inference.engines.transcribers.openai_compatible import OpenAITranscriber
from inference.engines.transcribers.server_answers import read_answer
from inference.errors import EngineUnavailable, StageError
from inference.types.audio import AudioClip
from inference.types.speech import TranscribeRequest
from inference.verification.material import Material
from inference.verification.transcriber import CHECKS
from tests.fakes.engines import ScriptedTranscriber
from tests.fakes.speech_server import SpeechServer

HUM = AudioClip.from_float32(
    (np.sin(np.arange(32_000) / 20) / 4).astype(np.float32), 16_000
)
TEXT = "Would you like tea, please?"


@pytest.fixture
def server() -> Iterator[SpeechServer]:
    server = SpeechServer(ScriptedTranscriber((TEXT,)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def engine(server: SpeechServer) -> Iterator[OpenAITranscriber]:
    engine = OpenAITranscriber(
        base_url=server.address, model="whisper-1", api_key="key", timeout_s=5.0
    )
    yield engine
    engine.close()
    engine.close()


def hear(engine: OpenAITranscriber, **asked: object) -> object:
    return engine.transcribe(TranscribeRequest(HUM, **asked), cancelled=Event())  # type: ignore[arg-type]


@pytest.mark.parametrize("bare_words", [False, True])
@pytest.mark.parametrize("refuses_details", [False, True])
def test_it_keeps_the_contract_of_its_kind(
    server: SpeechServer,
    engine: OpenAITranscriber,
    bare_words: bool,
    refuses_details: bool,
) -> None:
    server.bare_words, server.refuses_details = bare_words, refuses_details
    engine.warm()
    for check in CHECKS:
        check.run(engine, Material(HUM, TEXT))
    assert engine.capabilities.word_times is not refuses_details


def test_what_is_known_of_the_clip_is_told(
    server: SpeechServer, engine: OpenAITranscriber
) -> None:
    hear(engine, language="es-MX", hint=" Buenos días. ")
    hear(engine, language=None, partial=True)
    full, partial = server.asked
    assert full["authorization"] == "Bearer key"
    assert (full["language"], full["prompt"]) == ("es", "Buenos días.")
    assert full["response_format"] == "verbose_json"
    assert full["timestamp_granularities[]"]
    assert partial["response_format"] == "json"
    assert "language" not in partial
    assert "prompt" not in partial


def test_a_server_without_details_is_asked_for_them_once(
    server: SpeechServer, engine: OpenAITranscriber
) -> None:
    server.refuses_details = True
    for _ in range(2):
        assert hear(engine).text == TEXT  # type: ignore[attr-defined]
    formats = [each["response_format"] for each in server.asked]
    assert formats == ["verbose_json", "json", "json"]


def test_silence_and_clicks_stay_here(
    server: SpeechServer, engine: OpenAITranscriber
) -> None:
    for pcm in (bytes(32_000), HUM.pcm[:2_000]):
        request = TranscribeRequest(AudioClip(pcm, 16_000))
        assert engine.transcribe(request, cancelled=Event()).text == ""
    assert server.asked == []


def test_looks_at_unfinished_speech_may_be_left_out(server: SpeechServer) -> None:
    engine = OpenAITranscriber(
        base_url=server.address, model="whisper-1", partials=False
    )
    assert hear(engine, partial=True).text == ""  # type: ignore[attr-defined]
    engine.close()
    assert server.asked == []


def test_a_proxy_without_a_server_behind_it_is_asked_once_more(
    server: SpeechServer, engine: OpenAITranscriber
) -> None:
    server.statuses = [503]
    assert hear(engine).text == TEXT  # type: ignore[attr-defined]
    server.statuses = [503]
    with pytest.raises(StageError):
        hear(engine, partial=True)
    assert len(server.asked) == 3


@pytest.mark.parametrize(
    ("status", "words", "retryable"),
    [
        (401, "refused the key", False),
        (404, "no such address or model", False),
        (429, "too much to do", True),
        (500, "answered 500", True),
    ],
)
def test_failures_have_words_for_operators_and_none_of_the_speech(
    server: SpeechServer,
    engine: OpenAITranscriber,
    status: int,
    words: str,
    retryable: bool,
) -> None:
    server.statuses = [status, status]
    with pytest.raises(StageError, match=words) as failure:
        hear(engine)
    assert (failure.value.code, failure.value.retryable) == ("asr.failed", retryable)
    assert "secret" not in failure.value.message
    assert len(server.asked) == 1


def test_a_server_that_is_not_there_or_never_answers_is_told_apart(
    server: SpeechServer,
) -> None:
    nobody = OpenAITranscriber(base_url="http://127.0.0.1:9/v1", model="m")
    with pytest.raises(EngineUnavailable, match="not reachable"):
        nobody.warm()
    nobody.close()
    server.holds.set()
    slow = OpenAITranscriber(base_url=server.address, model="m", timeout_s=0.2)
    with pytest.raises(StageError, match="took too long"):
        hear(slow)
    slow.close()


def test_cancelling_closes_the_request_at_once(
    server: SpeechServer, engine: OpenAITranscriber
) -> None:
    engine.warm()
    server.holds.set()
    cancelled = Event()
    Timer(0.2, cancelled.set).start()
    started = time.monotonic()
    heard = engine.transcribe(TranscribeRequest(HUM), cancelled=cancelled)
    assert heard.text == ""
    assert time.monotonic() - started < 1.0
    assert len(server.asked) == 2
    assert server.gone.wait(2.0)


@pytest.mark.parametrize("options", [{"base_url": "localhost"}, {"model": ""}])
def test_options_that_cannot_work_are_named(options: dict[str, str]) -> None:
    with pytest.raises(EngineUnavailable) as failure:
        OpenAITranscriber(**{"base_url": "http://a/v1", "model": "m", **options})  # type: ignore[arg-type]
    assert failure.value.code == "engine.bad_option"


def test_words_that_nobody_timed_share_the_gap_and_strange_ones_are_left_out() -> None:
    given = [("I", 0.2, 0.3), ("tea", 0.9, 1.2), ("please", 1.1, 9.0)]
    answer = {
        "text": "I like black tea please!",
        "language": "English",
        "words": [{"word": w, "start": s, "end": e} for w, s, e in given],
        "segments": [{"start": 0, "end": 2, "avg_logprob": 0.0}],
    }
    heard = read_answer(answer, language=None, duration_ms=2_000.0, want_words=True)
    assert heard.language == "en"
    assert [w.text for w in heard.words] == answer["text"].split()  # type: ignore[attr-defined]
    times = [(round(w.start_ms), round(w.end_ms)) for w in heard.words]
    assert times == [(200, 300), (300, 600), (600, 900), (900, 1200), (1200, 2000)]
    answer["words"] = [{"word": "something", "start": 0.0, "end": 1.0}, {"word": "x"}]
    assert not read_answer(
        answer, language="en", duration_ms=2_000.0, want_words=True
    ).words


def test_what_the_server_takes_for_silence_is_none() -> None:
    segment = {"avg_logprob": -1.6, "no_speech_prob": 0.9}
    answer = {"text": "Thank you.", "segments": [segment]}
    heard = read_answer(answer, language="en", duration_ms=900.0, want_words=True)
    assert (heard.text, heard.no_speech_probability) == ("", 0.9)
