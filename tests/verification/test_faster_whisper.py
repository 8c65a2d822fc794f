"""The real transcriber: words come back, nothing is made up."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from threading import Event

import numpy as np
import pytest
import soxr

from inference.engines.transcribers.faster_whisper import FasterWhisper
from inference.errors import StageError
from inference.types.audio import AudioClip, FloatSamples
from inference.types.speech import Effort, TranscribeRequest, Transcript

from .conftest import Say, clip

pytestmark = pytest.mark.engine("faster_whisper")

SENTENCES = (
    "Yesterday I went to the market and bought some apples.",
    "Can you repeat the question, please?",
    "I have been living in Spain for a long time, but I still cannot speak very well.",
)


def hear(whisper: FasterWhisper, samples: FloatSamples, **asked: object) -> Transcript:
    request = TranscribeRequest(clip(samples), **asked)  # type: ignore[arg-type]
    return whisper.transcribe(request, cancelled=Event())


def plain(text: str) -> list[str]:
    return re.findall(r"[a-z']+", text.lower())


def at_snr(speech: FloatSamples, snr_db: float, take: int) -> FloatSamples:
    level = float(np.sqrt(np.mean(speech**2))) / 10 ** (snr_db / 20)
    noise = np.random.default_rng(take).normal(0, level, speech.size)
    return (speech + noise).astype(np.float32)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_spoken_words_come_back_with_times(
    whisper: FasterWhisper, say: Say, sentence: str
) -> None:
    speech = say(sentence)
    heard = hear(whisper, speech)
    assert plain(heard.text) == plain(sentence)
    assert [word for w in heard.words for word in plain(w.text)] == plain(sentence)
    assert heard.confidence > 0.7
    assert heard.words[0].start_ms >= 0
    assert heard.words[-1].end_ms <= speech.size / 16
    for one, following in zip(heard.words, heard.words[1:], strict=False):
        assert one.start_ms <= one.end_ms <= following.start_ms


def wrong_words(heard: list[str], said: list[str]) -> int:
    """Return how many words were inserted, left out or replaced."""
    changes = SequenceMatcher(None, said, heard, autojunk=False).get_opcodes()
    return sum(max(b - a, d - c) for tag, a, b, c, d in changes if tag != "equal")


def test_noise_behind_the_speaker_is_stood(whisper: FasterWhisper, say: Say) -> None:
    said, speech = plain(SENTENCES[0]), say(SENTENCES[0])
    for snr_db, most in ((20, 0.04), (10, 0.1), (5, 0.2)):
        takes = [
            plain(hear(whisper, at_snr(speech, snr_db, take)).text) for take in range(6)
        ]
        wrong = sum(wrong_words(heard, said) for heard in takes)
        assert wrong <= most * len(said) * len(takes), (snr_db, takes)


@pytest.mark.parametrize("word", ["Yes.", "No.", "Hello."])
def test_a_lone_word_is_heard_once(whisper: FasterWhisper, say: Say, word: str) -> None:
    assert plain(hear(whisper, say(word)).text) == plain(word)


def sounds() -> dict[str, FloatSamples]:
    rng = np.random.default_rng(3)
    found: dict[str, FloatSamples] = {}
    for seconds in (0.2, 1.0, 4.0):
        t = np.arange(int(16_000 * seconds)) / 16_000
        brown = np.cumsum(rng.normal(size=t.size))
        clicks = np.zeros(t.size)
        clicks[::4000] = 0.8
        notes = np.array([262, 294, 330, 349, 392, 440])[(t * 4).astype(int) % 6]
        made = {
            "silence": np.zeros(t.size),
            "soft hiss": rng.normal(0, 0.001, t.size),
            "hiss": rng.normal(0, 0.01, t.size),
            "loud hiss": rng.normal(0, 0.1, t.size),
            "rumble": 0.3 * brown / np.abs(brown).max(),
            "tone": 0.3 * np.sin(2 * np.pi * 440 * t),
            "clicks": clicks,
            "melody": 0.2 * np.sin(2 * np.pi * notes * t) * np.exp(-((t * 4) % 1) * 3),
        }
        for name, samples in made.items():
            found[f"{name} {seconds} s"] = samples.astype(np.float32)
    return found


def test_nothing_is_made_up_where_nobody_speaks(whisper: FasterWhisper) -> None:
    invented = {
        name: text
        for name, samples in sounds().items()
        for partial in (False, True)
        if (text := hear(whisper, samples, partial=partial).text)
    }
    assert invented == {}


@pytest.mark.parametrize("n_samples", [0, 1, 300, 1599])
def test_a_clip_too_short_for_a_word_is_empty(
    whisper: FasterWhisper, n_samples: int
) -> None:
    heard = hear(whisper, np.full(n_samples, 0.1, np.float32))
    assert (heard.text, heard.words) == ("", ())


def test_features_are_the_encoders_frames_of_the_speech_only(
    whisper: FasterWhisper, say: Say
) -> None:
    speech = say(SENTENCES[1])
    features = hear(whisper, speech, want_features=True).features
    assert features is not None
    assert features.frame_ms == 20.0
    assert features.frames.dtype == np.float32
    assert features.frames.shape == (-(-speech.size // 320), 512)


def test_long_speech_is_joined_with_right_times(
    whisper: FasterWhisper, say: Say
) -> None:
    pieces = [say(f"{sentence} ") for sentence in SENTENCES]
    pause = np.zeros(24_000, np.float32)
    filler = say(
        "My brother works in a small hospital near the sea, and he loves his job."
    )
    long = np.concatenate(
        [pieces[0], pause, filler, pause, pieces[1], *([pause] * 13), pieces[2]]
    )
    heard = hear(whisper, long, want_features=True)
    assert long.size > 30 * 16_000
    last = heard.words[-len(plain(SENTENCES[2])) :]
    assert plain(" ".join(word.text for word in last)) == plain(SENTENCES[2])
    assert last[0].start_ms > 1000 * (long.size - pieces[2].size) / 16_000 - 600
    assert heard.features is not None
    assert abs(len(heard.features.frames) - long.size / 320) < 5


def test_the_language_is_detected_on_request(whisper: FasterWhisper, say: Say) -> None:
    assert hear(whisper, say(SENTENCES[2]), language=None).language == "en"


def test_another_rate_is_resampled(whisper: FasterWhisper, say: Say) -> None:
    at_48 = np.asarray(soxr.resample(say(SENTENCES[1]), 16_000, 48_000), np.float32)
    request = TranscribeRequest(AudioClip.from_float32(at_48, 48_000))
    heard = whisper.transcribe(request, cancelled=Event())
    assert plain(heard.text) == plain(SENTENCES[1])


def test_an_unknown_language_is_a_coded_error(whisper: FasterWhisper, say: Say) -> None:
    with pytest.raises(StageError) as failure:
        hear(whisper, say("Hello."), language="xx")
    assert failure.value.code == "asr.failed"


def test_a_cancelled_request_returns_at_once(whisper: FasterWhisper, say: Say) -> None:
    cancelled = Event()
    cancelled.set()
    request = TranscribeRequest(clip(say(SENTENCES[2])))
    assert whisper.transcribe(request, cancelled=cancelled).text == ""


def test_each_clip_gets_the_effort_it_asks_for(
    whisper: FasterWhisper, say: Say
) -> None:
    speech = clip(say(SENTENCES[0]))
    asked = [TranscribeRequest(speech, effort=effort) for effort in Effort]
    together = whisper.transcribe_batch(asked)
    alone = [whisper.transcribe(each, cancelled=Event()) for each in asked]
    assert together == alone
    assert {" ".join(plain(each.text)) for each in alone} == {
        " ".join(plain(SENTENCES[0]))
    }
    # A wider search finds words that are as likely at least.
    likely = [each.confidence for each in alone]
    assert likely[0] <= likely[-1] + 0.01
