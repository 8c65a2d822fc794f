"""The real voice: exact phoneme times, even level, cancelling, surviving its process."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soxr

from inference.engines.avatars.visemes import Visemes
from inference.engines.synthesizers.loudness import TARGET_LEVEL_DB, speech_level_db
from inference.engines.synthesizers.piper import Piper
from inference.engines.synthesizers.piper_graph import take_decoder
from inference.engines.synthesizers.piper_halves import HalvedSession
from inference.engines.transcribers.faster_whisper import FasterWhisper
from inference.lifecycle import FOR_LATER
from inference.types.speech import (
    AnimationRequest,
    SpeechChunk,
    SynthesisRequest,
    TranscribeRequest,
    Viseme,
)

from .conftest import clip, joined, model_dir

pytestmark = pytest.mark.engine("piper")


def speak(piper: Piper, text: str, speed: float = 1.0) -> list[SpeechChunk]:
    request = SynthesisRequest(text, speed)
    return list(piper.synthesize(request, cancelled=threading.Event()))


def test_phonemes_cover_the_sound_to_the_sample(piper: Piper) -> None:
    for chunk in speak(piper, "Oh, wait! Did Bob really say that, or was it Mary?"):
        assert chunk.phonemes[0].start_ms == 0.0
        assert chunk.phonemes[-1].end_ms == pytest.approx(chunk.clip.duration_ms)
        for one, following in zip(chunk.phonemes, chunk.phonemes[1:], strict=False):
            assert one.end_ms == following.start_ms
            assert one.end_ms > one.start_ms


def test_phonemes_are_ipa_without_marks(piper: Piper) -> None:
    chunk = joined(speak(piper, "My judge teaches me about five boys."))
    said = [span.phoneme for span in chunk.phonemes if span.phoneme]
    assert {"aɪ", "dʒ", "tʃ", "ɔɪ", "f", "m", "b"} <= set(said)
    assert not any(set(phoneme) & set("ˈˌ _^$.,") for phoneme in said)


def test_each_written_word_is_placed_where_it_is_said(piper: Piper) -> None:
    text = "Dr. Lee, one of the 25 guests, isn't here \U0001f600: she left at 10:30."
    chunk = joined(speak(piper, text))
    words = chunk.words
    assert [word.text for word in words] == [
        word for word in text.split() if word != "\U0001f600:"
    ]
    length = {word.text: word.end_ms - word.start_ms for word in words}
    assert length["25"] > 2 * length["of"]
    assert length["10:30."] > 2 * length["she"]
    starts = {span.start_ms for span in chunk.phonemes}
    pauses = [span for span in chunk.phonemes if span.phoneme == ""]
    for one, following in pairwise(words):
        assert one.start_ms < one.end_ms <= following.start_ms
    for pause in pauses[1:-1]:
        assert not any(w.start_ms < pause.start_ms < w.end_ms - 1 for w in words)
    assert words[0].start_ms in starts


def test_clauses_have_one_level_and_no_clipping(piper: Piper) -> None:
    for text in (
        "Yes.",
        "That is a very good idea, I think.",
        "What?",
        "Pick a peach.",
    ):
        clip = joined(speak(piper, text)).clip
        samples = clip.as_float32()
        level = speech_level_db(samples, clip.sample_rate_hz)
        assert level == pytest.approx(TARGET_LEVEL_DB, abs=1.5)
        assert np.abs(samples).max() < 0.999
        assert samples[0] == 0.0
        assert samples[-1] == 0.0


def test_slower_is_longer_and_pauses_follow_punctuation(piper: Piper) -> None:
    def length(text: str, speed: float = 1.0) -> float:
        return sum(chunk.clip.duration_ms for chunk in speak(piper, text, speed))

    text = "I would like a cup of coffee and a piece of cake with cream, please."
    assert 1.15 < length(text, 0.75) / length(text) < 1.5
    stop, comma = speak(piper, "I see.")[0], speak(piper, "I see,")[0]
    stop_pause = stop.phonemes[-1].end_ms - stop.phonemes[-1].start_ms
    comma_pause = comma.phonemes[-1].end_ms - comma.phonemes[-1].start_ms
    assert stop_pause == pytest.approx(250, abs=60)
    assert comma_pause == pytest.approx(120, abs=60)


@pytest.mark.parametrize("text", ["", "  ", "😀🎉", "***", "\u202e\u200f", "..."])
def test_what_has_no_sound_gives_nothing(piper: Piper, text: str) -> None:
    assert speak(piper, text) == []


def test_the_lips_close_on_the_bilabials_of_real_speech(piper: Piper) -> None:
    for chunk in speak(piper, "Bob, my papa, may maybe stop."):
        (animation,) = Visemes().animate(
            AnimationRequest(chunk), cancelled=threading.Event()
        )
        assert animation.cues[-1].end_ms == chunk.clip.duration_ms
        for span in chunk.phonemes:
            if span.phoneme in {"p", "b", "m"}:
                middle = (span.start_ms + span.end_ms) / 2
                (cue,) = [c for c in animation.cues if c.start_ms <= middle < c.end_ms]
                assert cue.viseme is Viseme.PP


def test_several_requests_at_once_all_come(piper: Piper) -> None:
    lengths: dict[int, float] = {}

    def ask(number: int) -> None:
        chunks = speak(piper, f"This is request number {number}.")
        lengths[number] = sum(chunk.clip.duration_ms for chunk in chunks)

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(lengths) == [0, 1, 2, 3]
    assert all(length > 800 for length in lengths.values())


def test_a_cancelled_request_stops_and_the_next_one_is_not_mixed_up(
    piper: Piper,
) -> None:
    cancelled = threading.Event()
    long = " ".join(f"This is sentence number {n}." for n in range(12))
    chunks = piper.synthesize(SynthesisRequest(long), cancelled=cancelled)
    next(chunks)
    cancelled.set()
    start = time.monotonic()
    assert list(chunks) == []
    assert time.monotonic() - start < 0.2
    assert len(speak(piper, "Next.")) == 1


def test_all_its_threads_stand_back_behind_who_listens(piper: Piper) -> None:
    speak(piper, "Stand back, please.")
    threads = Path(f"/proc/{piper.pid}/task")
    if not threads.exists():
        pytest.skip("threads are listed on Linux only")
    priorities = {
        os.getpriority(os.PRIO_PROCESS, int(thread.name))
        for thread in threads.iterdir()
    }
    own = os.getpriority(os.PRIO_PROCESS, 0)
    assert priorities == {max(own, FOR_LATER)}


def test_the_death_of_the_process_is_survived(piper: Piper) -> None:
    speak(piper, "One.")
    before = piper.pid
    assert before is not None
    os.kill(before, signal.SIGKILL)
    assert len(speak(piper, "Two.")) == 1
    assert piper.pid != before


def test_death_in_the_middle_of_a_request_is_survived(piper: Piper) -> None:
    text = "The first sentence is here. A second one is here. The third is the last."
    chunks = piper.synthesize(SynthesisRequest(text), cancelled=threading.Event())
    first = next(chunks)
    assert piper.pid is not None
    os.kill(piper.pid, signal.SIGKILL)
    said = [word.text for chunk in (first, *chunks) for word in chunk.words]
    assert said == text.split()


LONG = (
    "Last summer my sister and I went to a small village by the sea, "
    "where we ate fresh fish every day and swam in cold water."
)


def test_the_first_words_are_heard_long_before_the_last_are_made(
    steady_voice: Piper, whisper: FasterWhisper
) -> None:
    ratios = []
    for _ in range(3):
        began, times, chunks = time.monotonic(), [], []
        request = SynthesisRequest(LONG)
        for chunk in steady_voice.synthesize(request, cancelled=threading.Event()):
            chunks.append(chunk)
            times.append(time.monotonic() - began)
        ratios.append(times[0] / times[-1])
    assert min(ratios) < 0.7
    assert chunks[0].clip.duration_ms < 1000
    assert [word.text for word in joined(chunks).words] == LONG.split()
    assert all(chunk.words for chunk in chunks)
    whole = joined(chunks).clip
    at_16 = soxr.resample(whole.as_float32(), whole.sample_rate_hz, 16_000)
    heard = whisper.transcribe(
        TranscribeRequest(clip(np.asarray(at_16, np.float32))),
        cancelled=threading.Event(),
    )
    assert heard.text.strip() == LONG


def test_pieces_of_a_real_voice_are_bit_by_bit_its_whole_sound() -> None:
    onnx, onnxruntime = pytest.importorskip("onnx"), pytest.importorskip("onnxruntime")
    folder = model_dir("piper-en_US-joe-medium")
    (file,) = folder.glob("*.onnx")
    ids = json.loads(file.with_name(f"{file.name}.json").read_text())["phoneme_id_map"]
    said = [code for p in "^lˈæst sˈʌmɚ maɪ sˈɪstɚ.$" for code in (*ids[p], *ids["_"])]
    inputs = {
        "input": np.array([said], np.int64),
        "input_lengths": np.array([len(said)], np.int64),
        # Without chance, so that it sounds the same twice.
        "scales": np.array([0.0, 1.0, 0.0], np.float32),
    }
    model = onnx.load(str(file))

    def session(graph: Any) -> Any:
        return onnxruntime.InferenceSession(
            graph.SerializeToString(), providers=["CPUExecutionProvider"]
        )

    (whole,) = session(model).run(None, inputs)
    decoder = take_decoder(model)
    assert decoder is not None
    halves = HalvedSession(
        session(model),
        session(decoder.model),
        latent=decoder.latent,
        hop=decoder.hop,
        reach=decoder.reach,
    )
    halves.run(None, inputs)
    assert halves.n_samples == whole.size
    cuts = [0, 9_000, 9_001, 15_555, whole.size]
    made = np.concatenate([halves.sound(*cut) for cut in pairwise(cuts)])
    assert np.abs(made - whole.reshape(-1)).max() < 1e-5
