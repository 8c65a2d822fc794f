"""Utterances cut from a microphone's stream: nothing is lost, nothing is made up."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sessions.turns.segmenter import (
    POST_ROLL_MS,
    PRE_ROLL_MS,
    CandidateReady,
    Segmenter,
    SegmenterEvent,
    SegmenterSettings,
    SpeechBegan,
    SpeechResumed,
    UtteranceCut,
)
from tests.fakes.engines import LoudnessStream

RATE = 16_000
FRAME = 320
SETTINGS = SegmenterSettings(
    end_silence_ms=600, candidate_silence_ms=200, max_utterance_ms=60_000
)
# The detector's window of 32 ms, and one more for where a sound falls in it.
WINDOW_MS = 32
SLACK_MS = 2 * WINDOW_MS


class Microphone:
    """Feeds a segmenter in frames; time is the sound's own."""

    def __init__(self, settings: SegmenterSettings = SETTINGS) -> None:
        self.segmenter = Segmenter(LoudnessStream(), settings, clock=lambda: self.at_s)
        self.at_s = 0.0
        self.events: list[SegmenterEvent] = []

    def samples(self, samples: np.ndarray[tuple[int], np.dtype[np.int16]]) -> None:
        """Send samples, 20 ms at a time."""
        for start in range(0, len(samples), FRAME):
            frame = samples[start : start + FRAME]
            self.at_s += len(frame) / RATE
            self.events += self.segmenter.push(frame.astype("<i2").tobytes())

    def loud(self, ms: float, level: int = 9000) -> None:
        """Send a square wave, which has no sample that is zero."""
        self.samples(_square(int(ms * RATE / 1000), level))

    def quiet(self, ms: float) -> None:
        """Send silence."""
        self.samples(np.zeros(int(ms * RATE / 1000), np.int16))

    @property
    def cuts(self) -> list[UtteranceCut]:
        """The utterances so far."""
        return [event for event in self.events if isinstance(event, UtteranceCut)]

    @property
    def candidates(self) -> list[CandidateReady]:
        """The candidates so far."""
        return [event for event in self.events if isinstance(event, CandidateReady)]


def _square(n_samples: int, level: int) -> np.ndarray[tuple[int], np.dtype[np.int16]]:
    return np.where(np.arange(n_samples) // 40 % 2, level, -level).astype(np.int16)


def _loud_samples(cut: UtteranceCut) -> int:
    return int(np.count_nonzero(np.frombuffer(cut.clip.pcm, "<i2")))


@pytest.mark.parametrize("ms", [100, 150, 300])
def test_a_lone_short_word_is_one_utterance(ms: int) -> None:
    mic = Microphone()
    mic.quiet(1000)
    mic.loud(ms)
    mic.quiet(1000)
    (cut,) = mic.cuts
    assert _loud_samples(cut) == ms * RATE // 1000
    assert isinstance(mic.events[0], SpeechBegan)
    assert cut.reason == "silence"


def test_the_sound_before_and_after_speech_is_kept_but_not_much_of_it() -> None:
    mic = Microphone()
    mic.quiet(1000)
    mic.loud(400)
    mic.quiet(1000)
    heard = np.frombuffer(mic.cuts[0].clip.pcm, "<i2").nonzero()[0]
    before_ms = 1000 * heard[0] / RATE
    after_ms = mic.cuts[0].clip.duration_ms - 1000 * heard[-1] / RATE
    assert PRE_ROLL_MS - 3 * WINDOW_MS - SLACK_MS < before_ms <= PRE_ROLL_MS
    assert POST_ROLL_MS <= after_ms <= POST_ROLL_MS + SLACK_MS


@pytest.mark.parametrize("ms", [20, 50])
def test_a_click_is_no_speech(ms: int) -> None:
    mic = Microphone()
    mic.loud(ms)
    mic.quiet(1000)
    assert mic.events == []


def test_noise_below_the_threshold_gives_nothing() -> None:
    mic = Microphone()
    noise = np.random.default_rng(3).normal(0, 120, 5 * RATE)
    mic.samples(noise.astype(np.int16))
    assert mic.events == []


def test_a_pause_for_thought_gives_a_candidate_but_no_cut() -> None:
    mic = Microphone()
    mic.loud(500)
    mic.quiet(400)
    assert len(mic.candidates) == 1
    assert not mic.cuts
    mic.loud(500)
    mic.quiet(1000)
    first, second = mic.candidates
    (cut,) = mic.cuts
    assert first.voiced_samples < second.voiced_samples == cut.voiced_samples
    assert second.clip == cut.clip
    assert _loud_samples(cut) == RATE


def test_a_click_after_the_candidate_makes_it_outdated() -> None:
    mic = Microphone()
    mic.loud(500)
    mic.quiet(300)
    mic.loud(20)
    mic.quiet(1000)
    first, second = mic.candidates
    assert first.voiced_samples != mic.cuts[0].voiced_samples
    assert second.voiced_samples == mic.cuts[0].voiced_samples


def test_the_cut_tells_when_the_last_voice_was_heard() -> None:
    mic = Microphone()
    mic.quiet(500)
    mic.loud(500)
    mic.quiet(1000)
    assert mic.cuts[0].last_voiced_at == pytest.approx(1.0, abs=SLACK_MS / 1000)


def test_each_utterance_begins_anew() -> None:
    mic = Microphone()
    for _ in range(3):
        mic.loud(300)
        mic.quiet(1000)
    assert [_loud_samples(cut) for cut in mic.cuts] == [300 * RATE // 1000] * 3
    assert not mic.segmenter.speaking


def test_speech_without_end_is_cut_and_goes_on_in_the_next_utterance() -> None:
    mic = Microphone(SegmenterSettings(max_utterance_ms=1000))
    mic.loud(3400)
    mic.quiet(1000)
    assert [cut.reason for cut in mic.cuts] == [*["max_length"] * 3, "silence"]
    assert sum(_loud_samples(cut) for cut in mic.cuts) == 3400 * RATE // 1000


def test_push_to_talk_hears_all_between_press_and_release() -> None:
    mic = Microphone()
    mic.segmenter.push_to_talk = True
    mic.loud(600)
    assert mic.events == []
    mic.events += mic.segmenter.press()
    assert mic.segmenter.press() == []
    mic.quiet(1500)
    mic.loud(300)
    mic.events += mic.segmenter.release()
    (cut,) = mic.cuts
    assert cut.reason == "release"
    assert not mic.candidates
    assert cut.clip.duration_ms == pytest.approx(1800 + PRE_ROLL_MS, abs=WINDOW_MS)
    mic.loud(600)
    assert len(mic.cuts) == 1
    assert mic.segmenter.release() == []


def test_a_key_held_past_the_longest_utterance_goes_on_hearing() -> None:
    mic = Microphone(SegmenterSettings(max_utterance_ms=1000))
    mic.segmenter.push_to_talk = True
    mic.events += mic.segmenter.press()
    mic.loud(2500)
    mic.events += mic.segmenter.release()
    assert [cut.reason for cut in mic.cuts] == ["max_length", "max_length", "release"]
    assert sum(_loud_samples(cut) for cut in mic.cuts) == 2500 * RATE // 1000


def test_muting_ends_the_utterance_where_it_is() -> None:
    mic = Microphone()
    mic.loud(510)
    mic.events += mic.segmenter.release("muted")
    assert mic.cuts[0].reason == "muted"
    assert _loud_samples(mic.cuts[0]) == 510 * RATE // 1000


@pytest.mark.parametrize(("level", "clipped"), [(9000, False), (32_767, True)])
def test_a_microphone_that_is_too_loud_is_noticed(level: int, clipped: bool) -> None:
    mic = Microphone()
    mic.loud(500, level)
    mic.quiet(1000)
    assert mic.cuts[0].clipped is clipped


def test_the_snapshot_is_the_utterance_so_far() -> None:
    mic = Microphone()
    assert mic.segmenter.snapshot().n_samples == 0
    mic.loud(500)
    assert mic.segmenter.recently_voiced
    assert mic.segmenter.snapshot().duration_ms == pytest.approx(500, abs=WINDOW_MS)
    mic.quiet(100)
    assert not mic.segmenter.recently_voiced


# Shorter bursts may be taken for clicks.
BURSTS = st.lists(
    st.tuples(
        st.integers(min_value=5 * 512, max_value=8_000),
        st.integers(min_value=0, max_value=20_000),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=40, deadline=None)
@given(bursts=BURSTS, chunk=st.sampled_from([160, 320, 512, 1000]))
def test_no_spoken_sample_is_lost_or_heard_twice(
    bursts: list[tuple[int, int]], chunk: int
) -> None:
    mic = Microphone()
    parts = []
    for n_loud, n_quiet in bursts:
        parts += [_square(n_loud, 9000), np.zeros(n_quiet, np.int16)]
    sound = np.concatenate([*parts, np.zeros(RATE, np.int16)])
    for start in range(0, len(sound), chunk):
        mic.events += mic.segmenter.push(
            sound[start : start + chunk].astype("<i2").tobytes()
        )
    spoken = sum(n_loud for n_loud, _ in bursts)
    assert sum(_loud_samples(cut) for cut in mic.cuts) == spoken
    began = sum(isinstance(event, SpeechBegan) for event in mic.events)
    assert began == len(mic.cuts)


def resumptions(microphone: Microphone) -> list[SpeechResumed]:
    return [each for each in microphone.events if isinstance(each, SpeechResumed)]


@pytest.mark.parametrize("wait_ms", [400, 1500])
def test_who_looks_at_a_candidate_sets_the_wait(wait_ms: float) -> None:
    microphone = Microphone()
    microphone.loud(500)
    microphone.quiet(250)
    microphone.segmenter.wait(microphone.candidates[0], wait_ms)
    microphone.quiet(wait_ms - 250 - SLACK_MS)
    assert not microphone.cuts
    microphone.quiet(2 * SLACK_MS)
    assert len(microphone.cuts) == 1


def test_a_wait_ends_with_its_pause() -> None:
    microphone = Microphone()
    microphone.loud(500)
    microphone.quiet(250)
    first = microphone.candidates[0]
    microphone.segmenter.wait(first, 5_000)
    microphone.loud(500)
    microphone.segmenter.wait(first, 5_000)
    microphone.quiet(SETTINGS.end_silence_ms + SLACK_MS)
    assert len(microphone.cuts) == 1


def test_pauses_within_an_utterance_are_told() -> None:
    microphone = Microphone()
    microphone.loud(500)
    for pause_ms in (100, 400):
        microphone.quiet(pause_ms)
        microphone.loud(500)
    microphone.quiet(1_000)
    microphone.loud(500)
    (told,) = resumptions(microphone)
    assert told.pause_ms == pytest.approx(400, abs=SLACK_MS)


def test_who_asked_to_finish_is_cut_by_no_ordinary_silence() -> None:
    microphone = Microphone()
    microphone.segmenter.held = True
    microphone.loud(500)
    microphone.quiet(5_000)
    assert not microphone.cuts
    microphone.loud(500)
    microphone.events += microphone.segmenter.release()
    assert [cut.reason for cut in microphone.cuts] == ["release"]
    microphone.loud(500)
    microphone.quiet(700)
    assert len(microphone.cuts) == 2, "the next turn ends as any"
