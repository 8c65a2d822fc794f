"""The truth of made-up turns, and what is made of what was heard of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from bench.turns import decided
from bench.turns.fast import verdict_of
from bench.turns.figures import Judged, detail, figures
from bench.turns.folder import takes_of
from bench.turns.scoring import Event, Played, Verdict, judge
from bench.turns.scripts import (
    Filler,
    Kind,
    Pause,
    Spoken,
    all_scripts,
    parts_of,
    words_of,
)
from bench.turns.speakers import RATE_HZ, Said
from bench.turns.takes import Take, Truth, assemble, said_until, truth_of
from inference.types.audio import FloatSamples
from inference.types.speech import WordSpan
from sessions.turns.segmenter import SegmenterSettings
from sessions.turns.turn_taking import TurnTaking
from tests.fakes.engines import LoudnessDetector
from tutor.learner import Level

PLAYED = Played(begins_s=0.4, ends_s=4.0, over_s=8.0)


def _said(*, words: int) -> Said:
    """Words of 300 ms, each a tone, 100 ms apart, with silence around."""
    tone = np.sin(2 * np.pi * 220 * np.arange(int(0.3 * RATE_HZ)) / RATE_HZ)
    gap = np.zeros(int(0.1 * RATE_HZ))
    sound = np.concatenate([part for _ in range(words) for part in (gap, tone)] + [gap])
    spans = tuple(WordSpan(f"w{i}", 100 + 400 * i, 400 + 400 * i) for i in range(words))
    return Said((0.3 * sound).astype(np.float32), spans)


def _tone(seconds: float) -> FloatSamples:
    t = np.arange(int(seconds * RATE_HZ)) / RATE_HZ
    return (0.3 * np.sin(2 * np.pi * 220 * t)).astype(np.float32)


def _take(sound: FloatSamples, *, kind: Kind = Kind.TURN, label: str = "short") -> Take:
    truth = truth_of(sound)
    whole = np.pad(sound, (0, 2 * RATE_HZ))
    pcm = (32767 * whole).astype("<i2").tobytes()
    return Take("one", kind, label, pcm, truth)


def test_a_line_is_cut_at_its_marks() -> None:
    line = "She is [0.9] {um} [0.4] a doctor."

    assert words_of(line) == ["She", "is", "a", "doctor."]
    assert parts_of(line) == [
        Spoken(0, 2), Pause(0.9), Filler("um"), Pause(0.4), Spoken(2, 4),
    ]  # fmt: skip


def test_a_line_that_ends_in_a_pause_is_refused() -> None:
    with pytest.raises(ValueError, match="is none"):
        parts_of("I think [1.0]")


def test_every_script_can_be_read() -> None:
    scripts = all_scripts()

    spoken = [script for script in scripts if script.sound == "voice"]
    assert all(parts_of(script.line) for script in spoken)
    assert {script.kind for script in scripts} == set(Kind)
    assert scripts == all_scripts()


def test_planted_pauses_are_as_long_as_the_script_says() -> None:
    line = "w0 w1 [1.2] {um} [0.5] w2"
    fillers = {"um": np.pad(_tone(0.2), RATE_HZ // 4)}

    made = assemble(parts_of(line), _said(words=3), fillers)

    assert made.silences_s == (1.2, 0.5)
    assert said_until(line)[1:] == ["w0 w1", "w0 w1 um", "w0 w1 um", "w0 w1 um w2"]
    assert made.ends[1] - made.ends[0] == int(1.2 * RATE_HZ)
    truth = truth_of(made.sound)
    assert truth.pauses_s == pytest.approx((1.2, 0.5), abs=0.03)
    # Two words and the gap between them, a pause, a filler, a pause, a word.
    assert truth.ends / RATE_HZ == pytest.approx(0.7 + 1.2 + 0.2 + 0.5 + 0.3, abs=0.05)


def test_a_voice_without_times_of_words_is_not_cut() -> None:
    with pytest.raises(ValueError, match="each word"):
        assemble(parts_of("w0 [1.0] w1"), Said(_tone(1.0), ()), {})


@pytest.mark.parametrize(
    ("events", "cut_in", "missed", "wait_ms"),
    [
        # The turn is over 600 ms after the last voiced sample.
        ([Event("speech.ended", 4.6, 1), Event("audio", 5.0, 1)], False, False, 600),
        # It was closed in a pause: the answer is to half of it.
        ([Event("speech.ended", 2.0, 1), Event("speech.ended", 4.6, 2)], True, False, None),
        # And nothing came of the rest.
        ([Event("speech.ended", 2.0, 1)], True, False, None),
        # Closed in a pause, and taken up again before anything was said.
        ([Event("speech.ended", 2.0, 1), Event("speech.ended", 4.6, 1)], False, False, 600),
        # The tutor was heard before the learner was done.
        ([Event("audio", 3.0, 1), Event("speech.ended", 4.6, 1)], True, False, None),
        # What ended before the learner began was noise.
        ([Event("speech.ended", 0.2, 1), Event("speech.ended", 4.6, 2)], False, False, 600),
        ([], False, True, None),
    ],
)  # fmt: skip
def test_a_turn_is_judged_by_when_it_was_closed(
    events: list[Event], cut_in: bool, missed: bool, wait_ms: float | None
) -> None:
    verdict = judge(Kind.TURN, events, PLAYED, recognises=False)

    assert (verdict.cut_in, verdict.missed) == (cut_in, missed)
    assert verdict.end_wait_ms == (pytest.approx(wait_ms) if wait_ms else None)


def test_a_turn_in_which_nothing_was_understood_is_missed() -> None:
    closed = [Event("speech.ended", 4.6, 1)]
    understood = [*closed, Event("transcript.final", 5.0, 1)]

    assert judge(Kind.TURN, closed, PLAYED, recognises=True).missed
    assert not judge(Kind.TURN, understood, PLAYED, recognises=True).missed


def test_an_interruption_is_timed_from_the_first_voiced_sample() -> None:
    stopped = [Event("reply.interrupted", 0.55, 1, "barge_in")]
    asked_to = [Event("reply.interrupted", 0.55, 1, "stop")]

    assert judge(
        Kind.INTERRUPTION, stopped, PLAYED, recognises=False
    ).stop_ms == pytest.approx(150)
    unheeded = judge(Kind.INTERRUPTION, asked_to, PLAYED, recognises=False)
    assert not unheeded.stopped
    assert unheeded.stop_ms == pytest.approx(5600)


def test_a_tutor_that_an_echo_stopped_was_not_stopped_by_the_learner() -> None:
    echoed = [Event("reply.interrupted", 0.3, 1, "barge_in")]

    verdict = judge(Kind.INTERRUPTION, echoed, PLAYED, recognises=False)

    assert (verdict.false_stop, verdict.stop_ms) == (True, None)


def test_a_tutor_that_goes_on_was_held_not_stopped() -> None:
    held, resumed = Event("reply.held", 0.55, 1), Event("reply.resumed", 1.35, 1)
    stopped = Event("reply.interrupted", 1.2, 1, "barge_in")

    def of(kind: Kind, *events: Event) -> Verdict:
        return judge(kind, events, PLAYED, recognises=False)

    went_on = of(Kind.BYSTANDER, held, resumed)
    assert not went_on.false_stop
    assert went_on.false_hold_ms == pytest.approx(800)
    stands = of(Kind.BYSTANDER, held)
    assert (stands.false_stop, stands.false_hold_ms) == (True, None)
    # Whom a learner interrupts is silent from when it stood still.
    assert of(Kind.INTERRUPTION, held, stopped).stop_ms == pytest.approx(150)
    assert of(Kind.INTERRUPTION, held, resumed).stop_ms == pytest.approx(5600)
    early = Event("reply.held", 0.1, 1), Event("reply.resumed", 0.3, 1)
    twice = of(Kind.INTERRUPTION, *early, held, stopped)
    assert twice.stop_ms == pytest.approx(150)
    assert twice.false_hold_ms == pytest.approx(200)


def test_the_figures_count_each_kind_of_take_for_itself() -> None:
    short = _take(_tone(0.5))
    judged = [
        Judged(short, Verdict(end_wait_ms=600)),
        Judged(short, Verdict(missed=True)),
        Judged(_take(_tone(3), label="long"), Verdict(cut_in=True, split=True)),
        Judged(_take(_tone(1), kind=Kind.INTERRUPTION), Verdict(stop_ms=150, stopped=True)),
        Judged(_take(_tone(1), kind=Kind.BYSTANDER, label="cough"), Verdict(stopped=True, false_stop=True)),
        Judged(_take(_tone(1), kind=Kind.BYSTANDER, label="echo"), Verdict()),
        Judged(_take(_tone(1), kind=Kind.BYSTANDER, label="echo"), Verdict(false_hold_ms=900)),
        Judged(_take(_tone(1), kind=Kind.BYSTANDER, label="echo"), Verdict()),
    ]  # fmt: skip

    assert figures(judged) == {
        "false_cutin_share": pytest.approx(1 / 3),
        "short_answers_missed": 1,
        "end_wait_p50_ms": 600,
        "stop_p95_ms": 150,
        "false_stop_share": 0.25,
        "false_hold_share": 0.5,
        "false_hold_p50_ms": 900,
    }
    assert detail(judged)["falsely_stopped_by"] == {"cough": [1, 1], "echo": [0, 3]}
    assert detail(judged)["falsely_held_by"] == {"cough": [1, 1], "echo": [1, 3]}


def test_the_fixed_pause_cuts_what_is_longer_and_waits_as_long() -> None:
    settings = SegmenterSettings(end_silence_ms=600)
    silence = np.zeros(RATE_HZ, np.float32)

    def verdict(sound: FloatSamples) -> Verdict:
        return verdict_of(
            _take(sound), detector=LoudnessDetector(), settings=settings, tutor=silence
        ).verdict

    short_pause = np.concatenate([_tone(1), silence[: RATE_HZ // 2], _tone(1)])
    assert verdict(np.concatenate([_tone(1), silence, _tone(1)])).cut_in
    assert not verdict(short_pause).cut_in
    assert verdict(_tone(1)).end_wait_ms == pytest.approx(600, abs=60)


def test_the_decision_hears_the_words_that_were_said_until_a_pause() -> None:
    pause = np.zeros(2 * RATE_HZ, np.float32)
    line = np.concatenate([_tone(1), pause, _tone(1)])
    said = "I stayed at home because"
    thinking = replace(
        _take(line), heard=((RATE_HZ, said), (4 * RATE_HZ, f"{said} I was ill."))
    )
    answer = replace(_take(_tone(1)), asked="Do you?", heard=((RATE_HZ, "Yes."),))
    taking = TurnTaking(language="en", level=Level.B1)

    def verdict(take: Take) -> Verdict:
        return decided.verdict_of(
            take,
            detector=LoudnessDetector(),
            taking=taking,
            end_probability=lambda _samples: 0.5,
        ).verdict

    assert not verdict(thinking).cut_in
    # Thought inside a clause: no measure for pauses where a turn may end.
    assert taking.pauses.count == 0
    wait_ms = verdict(answer).end_wait_ms
    assert wait_ms is not None
    assert wait_ms < 500


def test_recordings_are_labelled_by_a_list_or_by_their_sound(tmp_path: Path) -> None:
    padded = np.pad(_tone(1.0), RATE_HZ // 2)
    for name in ("a.wav", "b.wav", "c.wav"):
        soundfile.write(tmp_path / name, padded, RATE_HZ)
    labels = "file,class,ends_s\nb.wav,hesitation,1.2\nc.wav,cough,\n"
    (tmp_path / "labels.csv").write_text(labels)

    by_level, by_list, cough = takes_of(tmp_path)

    lead = int(0.4 * RATE_HZ)
    assert by_level.label == "short"
    assert by_level.truth == Truth(lead + RATE_HZ // 2, lead + 3 * RATE_HZ // 2)
    assert (by_list.label, by_list.truth.ends) == ("hesitation", lead + 1.2 * RATE_HZ)
    assert cough.kind is Kind.BYSTANDER


@pytest.mark.parametrize(
    ("labels", "told"),
    [
        ("name\na.wav\n", "no column 'file'"),
        ("file\nz.wav\n", "z.wav, which is not there"),
        ("file,ends_s\na.wav,9\n", "not in the file"),
    ],
)
def test_a_list_that_does_not_fit_says_where(
    tmp_path: Path, labels: str, told: str
) -> None:
    soundfile.write(tmp_path / "a.wav", _tone(1.0), RATE_HZ)
    (tmp_path / "labels.csv").write_text(labels)

    with pytest.raises(ValueError, match=told):
        takes_of(tmp_path)
