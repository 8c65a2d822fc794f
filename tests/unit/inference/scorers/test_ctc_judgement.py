"""From frames to words: what was read well, wrongly, partly or not at all."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from inference.engines.scorers.ctc_judgement import Judgement, judge
from inference.engines.scorers.ctc_vocabulary import PhonemeColumns
from inference.types.assessment import (
    AssessmentOutcome,
    Diagnosis,
    DiagnosisKind,
    PromptSource,
    Verdict,
)

from .spoken_frames import FRAME_MS, TOKENS, Lexicon, frames

COLUMNS = PhonemeColumns(TOKENS, 0, "en")


def judged(
    text: str,
    said: str,
    *,
    source: PromptSource = PromptSource.READ,
    sure: float = 0.97,
    quiet_frames: int = 0,
) -> Judgement:
    heard = frames(said.split(), sure, quiet_frames)
    return judge(
        Lexicon().pronounce(text),
        COLUMNS,
        COLUMNS.merged(heard),
        clip_ms=FRAME_MS * len(heard),
        source=source,
    )


def test_a_good_reading_is_fine_in_every_sound() -> None:
    found = judged("Think red fish.", "θ ɪ ŋ k ɹ ɛ d f ɪ ʃ")
    assert found.outcome is AssessmentOutcome.JUDGED
    assert [word.text for word in found.words] == ["Think", "red", "fish."]
    assert all(word.verdict is Verdict.FINE for word in found.words)
    sounds = [sound for word in found.words for sound in word.phonemes]
    assert " ".join(sound.phoneme for sound in sounds) == "θ ɪ ŋ k ɹ ɛ d f ɪ ʃ"
    assert all(sound.verdict is Verdict.FINE for sound in sounds)
    assert not any(sound.flagged or sound.diagnosis for sound in sounds)
    # No experts rated this model: its scores have no scale of theirs.
    assert {(sound.score, sound.wrong_probability) for sound in sounds} == {
        (None, None)
    }


def test_sounds_are_where_they_were_said() -> None:
    found = judged("red fish", "ɹ ɛ d f ɪ ʃ", quiet_frames=20)
    sounds = [sound for word in found.words for sound in word.phonemes]
    for i, sound in enumerate(sounds):
        at = FRAME_MS * (20 + 4 * (i + 1))
        assert sound.start_ms <= at < sound.end_ms
    assert all(a.end_ms <= b.start_ms for a, b in pairwise(sounds))
    assert sounds[0].start_ms > FRAME_MS * 15
    for word in found.words:
        assert word.start_ms == word.phonemes[0].start_ms
        assert word.end_ms == word.phonemes[-1].end_ms


def test_a_wrong_sound_is_flagged_with_what_was_heard() -> None:
    found = judged("think red fish", "s ɪ ŋ k ɹ ɛ d f ɪ ʃ")
    (wrong,) = [s for word in found.words for s in word.phonemes if s.flagged]
    assert wrong is found.words[0].phonemes[0]
    assert wrong.verdict is Verdict.WORK
    assert wrong.diagnosis == Diagnosis(DiagnosisKind.SUBSTITUTED, "s")
    others = [s for word in found.words for s in word.phonemes if s is not wrong]
    assert all(sound.verdict is Verdict.FINE for sound in others)
    scores = [word.score for word in found.words]
    assert scores[0] is not None
    assert scores[0] < min(score for score in scores[1:] if score is not None)


def test_a_dropped_sound_is_called_dropped() -> None:
    found = judged("red fish think", "ɹ ɛ f ɪ ʃ θ ɪ ŋ k")
    (wrong,) = [s for word in found.words for s in word.phonemes if s.flagged]
    assert wrong.phoneme == "d"
    assert wrong.diagnosis == Diagnosis(DiagnosisKind.DROPPED, None)


def test_three_sounds_are_flagged_at_most() -> None:
    found = judged(
        "think red fish thin red fish", "s ɪ ŋ k w ɛ d f ɪ s s ɪ n w ɛ d f ɪ s"
    )
    assert found.outcome is AssessmentOutcome.JUDGED
    sounds = [sound for word in found.words for sound in word.phonemes]
    assert sum(sound.verdict is Verdict.WORK for sound in sounds) == 6
    assert sum(sound.flagged for sound in sounds) == 3
    assert all(sound.flagged for sound in sounds if sound.diagnosis)


def test_a_weak_form_is_found_and_never_flagged() -> None:
    weak = judged("red as fish", "ɹ ɛ d ə z f ɪ ʃ").words[1]
    assert weak.weak
    assert [sound.phoneme for sound in weak.phonemes] == ["ə", "z"]
    strong = judged("red as fish", "ɹ ɛ d æ z f ɪ ʃ").words[1]
    assert not strong.weak
    assert strong.phonemes[0].phoneme == "æ"
    slip = judged("red as fish", "ɹ ɛ d ə s f ɪ ʃ").words[1]
    assert slip.weak
    assert not any(sound.flagged for sound in slip.phonemes)


def test_the_spelling_is_no_evidence_against_a_learner() -> None:
    found = judged("red fish zorb", "ɹ ɛ d f ɪ ʃ s ɔ ɹ b")
    guessed = found.words[2]
    assert guessed.verdict is Verdict.UNSURE
    assert not any(sound.flagged or sound.diagnosis for sound in guessed.phonemes)


def test_a_word_that_was_left_out_has_no_score() -> None:
    found = judged("think red fish thin", "θ ɪ ŋ k f ɪ ʃ θ ɪ n")
    assert found.outcome is AssessmentOutcome.JUDGED
    missed = found.words[1]
    assert missed.verdict is Verdict.MISSED
    assert (missed.score, missed.phonemes) == (None, ())
    assert all(w.verdict is Verdict.FINE for w in found.words if w is not missed)


def test_half_a_sentence_is_incomplete() -> None:
    found = judged("think red fish thin", "θ ɪ ŋ k ɹ ɛ d", quiet_frames=20)
    assert found.outcome is AssessmentOutcome.INCOMPLETE
    assert [word.verdict for word in found.words] == [
        Verdict.FINE, Verdict.FINE, Verdict.MISSED, Verdict.MISSED,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "quiet_frames", "outcome"),
    [
        ("m aʊ n t ə n z ɡ oʊ l d", 5, AssessmentOutcome.WRONG_TEXT),
        ("v u v u", 20, AssessmentOutcome.WRONG_TEXT),
        ("", 60, AssessmentOutcome.NOISE),
        # Twelve sounds cannot be in eight frames.
        ("m", 0, AssessmentOutcome.WRONG_TEXT),
    ],
)
def test_what_was_not_read_is_not_judged(
    said: str, quiet_frames: int, outcome: AssessmentOutcome
) -> None:
    found = judged("think red fish", said, quiet_frames=quiet_frames)
    assert found == Judgement(outcome)


def test_words_nobody_can_say_are_not_judged() -> None:
    assert judged("xqz wvx red", "ɹ ɛ d").outcome is AssessmentOutcome.UNKNOWN_WORDS
    found = judged("red xqz fish", "ɹ ɛ d f ɪ ʃ")
    assert found.words[1].verdict is Verdict.UNSURE
    assert found.words[1].phonemes == ()
    assert found.words[2].verdict is Verdict.FINE


def test_free_speech_is_only_faulted_where_the_model_is_sure() -> None:
    def verdict(source: PromptSource) -> Verdict:
        # Each sound stands about e^3.5 above the others.
        found = judged(
            "think red fish", "s ɪ ŋ k ɹ ɛ d f ɪ ʃ", source=source, sure=0.45
        )
        return found.words[0].phonemes[0].verdict

    assert verdict(PromptSource.READ) is Verdict.WORK
    assert verdict(PromptSource.HEARD) is Verdict.CLOSE


def test_columns_add_up_the_ways_to_write_a_phoneme() -> None:
    tokens = {"<pad>": 0, "iː": 1, "i": 2, "ɔːɹ": 3, "ɔː": 4, "ɹ": 5, "i5": 6, "t": 7}
    columns = PhonemeColumns(tokens, 0, "en")
    log_probs = np.log(np.full((2, 8), 1 / 8))
    merged = columns.merged(log_probs)
    assert merged.shape == (2, len(columns))
    units = columns.units(("t", "i"))
    assert units is not None
    assert np.exp(merged[0, units[1].label]) == pytest.approx(2 / 8)
    # Vowel and r are one token of the model, so one unit of two phonemes.
    more = columns.units(("t", "ɔ", "ɹ"))
    assert more is not None
    assert [(unit.first, unit.end) for unit in more] == [(0, 1), (1, 3)]
    rivals = columns.rivals([more[1].label])
    names = {columns.phoneme(int(i)) for i in np.flatnonzero(rivals[0])}
    assert names == {"t", "i"}
    assert columns.units(("t", "ʒ")) is None
