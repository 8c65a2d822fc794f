"""The real scorer on what people really do: each mishap has its outcome, none a score."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import numpy as np
import pytest

from inference.protocols import PronunciationScorer
from inference.registry import ENGINES, create_engine
from inference.types.assessment import (
    AssessmentOutcome,
    AssessRequest,
    PronunciationAssessment,
    Verdict,
    WordScore,
)
from inference.types.audio import AudioClip, FloatSamples

from . import odd_sounds
from .conftest import Say, model_dir

SCORER = "whisper_frames"
pytestmark = pytest.mark.engine(SCORER, "piper")

TEXT = "I think the weather is very nice today."
OTHER_TEXT = "My brother bought a map of the city."
Read = Callable[..., PronunciationAssessment]

JUDGED = AssessmentOutcome.JUDGED
INCOMPLETE = AssessmentOutcome.INCOMPLETE
NO_TEXT = AssessmentOutcome.NO_TEXT
UNKNOWN_WORDS = AssessmentOutcome.UNKNOWN_WORDS
UNSUPPORTED_LANGUAGE = AssessmentOutcome.UNSUPPORTED_LANGUAGE
TOO_SHORT = AssessmentOutcome.TOO_SHORT
TOO_LONG = AssessmentOutcome.TOO_LONG
SILENCE = AssessmentOutcome.SILENCE
NOISE = AssessmentOutcome.NOISE
CLIPPED = AssessmentOutcome.CLIPPED
WRONG_TEXT = AssessmentOutcome.WRONG_TEXT
OTHER_VOICE = AssessmentOutcome.OTHER_VOICE
UNSURE = AssessmentOutcome.UNSURE


@pytest.fixture(scope="session")
def scorer() -> Iterator[PronunciationScorer]:
    """The default scorer."""
    if SCORER not in ENGINES.names("scorer"):
        pytest.skip(f"no scorer {SCORER} here")
    model_dir("whisper-base")
    engine = create_engine("scorer", SCORER, {"model": "whisper-base"}, _folder)
    engine.warm()
    yield engine  # type: ignore[misc]
    engine.close()


@pytest.fixture
def read(scorer: PronunciationScorer) -> Read:
    """Judge samples against a text. Whatever comes out, it is fit to be shown."""

    def judge(
        samples: FloatSamples,
        text: str = TEXT,
        *,
        rate_hz: int = 16_000,
        **asked: object,
    ) -> PronunciationAssessment:
        clip = AudioClip.from_float32(samples, rate_hz)
        request = AssessRequest(clip, text, **asked)  # type: ignore[arg-type]
        found = scorer.assess(request, cancelled=Event())
        assert_fit_to_be_shown(found)
        return found

    return judge


def _folder(name: str) -> Path:
    return model_dir(name)


def assert_fit_to_be_shown(found: PronunciationAssessment) -> None:
    """No score without a judgement, no judgement that overstates itself."""
    if not found.judged:
        assert found.words == ()
        assert found.scores is None
        return
    assert found.scores is not None
    whole = (found.scores.accuracy, found.scores.fluency)
    assert all(0 <= score <= 100 for score in (*whole, found.scores.prosody))
    shown = found.text.split()
    indexes = [word.index for word in found.words]
    assert indexes == sorted(set(indexes))
    assert all(word.text == shown[word.index] for word in found.words)
    flagged = [p for word in found.words for p in word.phonemes if p.flagged]
    assert len(flagged) <= 3
    for word in found.words:
        if word.verdict is Verdict.MISSED:
            assert word.score is None
            assert word.phonemes == ()
        if word.weak:
            assert not any(phoneme.flagged for phoneme in word.phonemes)


def flagged_words(found: PronunciationAssessment) -> list[str]:
    return [
        word.text
        for word in found.words
        if word.verdict is Verdict.WORK or any(p.flagged for p in word.phonemes)
    ]


def word_at(found: PronunciationAssessment, index: int) -> WordScore:
    (word,) = [word for word in found.words if word.index == index]
    return word


def test_a_correct_reading_is_judged_and_nothing_flagged(read: Read, say: Say) -> None:
    found = read(say(TEXT))
    assert found.outcome is JUDGED
    assert found.validated
    assert len(found.words) == len(TEXT.split())
    assert flagged_words(found) == []
    assert found.scores is not None
    assert found.scores.total > 70


@pytest.mark.parametrize(
    ("text", "said", "index"),
    [
        ("He bought a new van.", "He bought a new ban.", 4),
    ],
)
def test_a_wrong_sound_is_flagged_on_its_word(
    read: Read, say: Say, text: str, said: str, index: int
) -> None:
    # The voice never speaks twice alike: one take in some twenty is not clear enough.
    takes = [(read(say(text), text), read(say(said), text)) for _ in range(3)]
    for right, wrong in takes:
        assert right.outcome is wrong.outcome is JUDGED
        assert flagged_words(right) == []
        assert flagged_words(wrong) in ([], [text.split()[index]])
    assert sum(bool(flagged_words(wrong)) for _, wrong in takes) >= 2


def test_another_text_is_refused(read: Read, say: Say) -> None:
    assert read(say(OTHER_TEXT)).outcome is WRONG_TEXT


@pytest.mark.parametrize("stranger", ["garden", "lecture", "summer"])
def test_another_word_in_the_place_of_one_is_noticed(
    read: Read, say: Say, stranger: str
) -> None:
    found = read(say(TEXT.replace("weather", stranger)))
    assert found.judged
    wrong = (Verdict.MISSED, Verdict.WORK)
    assert word_at(found, 3).verdict in wrong
    # The voice never speaks twice alike: one of the others may be unclear in a take.
    assert sum(word_at(found, n).verdict in wrong for n in (0, 1, 2, 4, 5, 6, 7)) <= 1


def test_another_language_is_refused(read: Read, say: Say) -> None:
    # The English voice on respelled Spanish: none of the words, all of its rhythm.
    spanish = say("El pero day me airmano koray por el parkay.")
    assert read(spanish).outcome is WRONG_TEXT


@pytest.mark.parametrize("language", ["ja", "xx", ""])
def test_a_language_nobody_can_judge_is_told(
    read: Read, say: Say, language: str
) -> None:
    assert read(say(TEXT), language=language).outcome is UNSUPPORTED_LANGUAGE


def test_half_a_sentence_is_judged_as_half(read: Read, say: Say) -> None:
    found = read(say("I think the weather,"))
    assert found.outcome is INCOMPLETE
    verdicts = [word_at(found, index).verdict for index in range(8)]
    assert Verdict.MISSED not in verdicts[:4]
    assert verdicts[4:] == [Verdict.MISSED] * 4


def test_repeated_words_do_not_spoil_the_text(read: Read, say: Say) -> None:
    found = read(say("I think, I think the weather, the weather is very nice today."))
    assert found.outcome is JUDGED
    assert Verdict.MISSED not in {word.verdict for word in found.words}


@pytest.mark.parametrize("seconds", [1.0, 4.0])
def test_laughter_is_no_reading(read: Read, seconds: float) -> None:
    outcome = read(odd_sounds.laughter(seconds)).outcome
    assert outcome in (NOISE, WRONG_TEXT, UNSURE)


@pytest.mark.parametrize("seconds", [1.0, 4.0])
def test_nothing_is_silence(read: Read, seconds: float) -> None:
    assert read(odd_sounds.silence(seconds)).outcome is SILENCE


@pytest.mark.parametrize("level_db", [-70, -50, -30])
def test_a_room_without_a_voice_is_refused(read: Read, level_db: int) -> None:
    assert read(odd_sounds.room(3.0, level_db)).outcome in (SILENCE, NOISE)


@pytest.mark.parametrize("n_samples", [0, 1, 400, 1600])
def test_less_than_a_syllable_is_too_short(
    read: Read, say: Say, n_samples: int
) -> None:
    assert read(say(TEXT)[4000 : 4000 + n_samples]).outcome is TOO_SHORT


def test_a_minute_of_speech_is_too_long(read: Read, say: Say) -> None:
    once = say(TEXT)
    times = int(61 * 16_000 / once.size) + 1
    minute = np.tile(once, times)
    assert read(minute, " ".join([TEXT] * times)).outcome is TOO_LONG


def test_torn_sound_is_refused(read: Read, say: Say) -> None:
    assert read(odd_sounds.clipped(say(TEXT))).outcome is CLIPPED


def test_a_few_torn_peaks_are_stood(read: Read, say: Say) -> None:
    speech = say(TEXT)
    loud = speech / np.abs(speech).max() * 1.15
    assert read(np.clip(loud, -1, 1)).outcome is JUDGED


def test_a_telephone_is_good_enough(read: Read, say: Say) -> None:
    found = read(odd_sounds.telephone(say(TEXT)), rate_hz=8_000)
    assert found.outcome is JUDGED
    assert len(flagged_words(found)) <= 1


def test_quiet_speech_is_judged_as_it_is(read: Read, say: Say) -> None:
    assert read(0.05 * say(TEXT)).outcome is JUDGED


def test_a_second_speaker_in_the_middle_is_noticed(read: Read, say: Say) -> None:
    # The voice never speaks twice alike: one take in some ten is too much like the first.
    outcomes = []
    for _ in range(3):
        first, second = say("I think the weather"), say("is very nice today.")
        both = np.concatenate([first, odd_sounds.other_voice(second, 9.0)])
        outcomes.append(read(both).outcome)
    assert sum(outcome in (OTHER_VOICE, UNSURE) for outcome in outcomes) >= 2


def test_a_voice_is_known_again_and_anothers_is_not(read: Read, say: Say) -> None:
    known = read(say(TEXT)).voice
    assert known is not None
    assert read(say(OTHER_TEXT), OTHER_TEXT, voice=known).outcome is JUDGED
    stranger = odd_sounds.other_voice(say(OTHER_TEXT))
    assert read(stranger, OTHER_TEXT, voice=known).outcome is OTHER_VOICE


@pytest.mark.parametrize("text", ["", "   ", "😀 🎉", "... - ?!", "\u202e"])
def test_a_text_without_words_is_told(read: Read, say: Say, text: str) -> None:
    assert read(say(TEXT), text).outcome is NO_TEXT


def test_words_in_another_script_are_unknown(read: Read, say: Say) -> None:
    assert read(say(TEXT), "Привет мир, как дела?").outcome is UNKNOWN_WORDS


@pytest.mark.parametrize(
    ("text", "said", "indexes"),
    [
        ("I have 25 books at home.", "I have twenty five books at home.", range(6)),
        (
            "Yesterday Siobhan met all my friends in Łódź.",
            "Yesterday Shivawn met all my friends in Woodge.",
            range(8),
        ),
        ("I like tea 🍵 a lot 😀", "I like tea a lot.", (0, 1, 2, 4, 5)),
        (
            "We went - at last - to bed.",
            "We went, at last, to bed.",
            (0, 1, 3, 4, 6, 7),
        ),
        ("My flumpet is very old.", "My flum pit is very old.", range(5)),
    ],
)
def test_odd_tokens_in_the_text_are_taken_as_spoken(
    read: Read, say: Say, text: str, said: str, indexes: tuple[int, ...]
) -> None:
    found = read(say(said), text)
    assert found.outcome is JUDGED
    assert tuple(word.index for word in found.words) == tuple(indexes)


def test_a_guessed_pronunciation_is_never_flagged(read: Read, say: Say) -> None:
    text = "My flumpet is very old."
    found = read(say("My flawmpate is very old."), text)
    assert word_at(found, 1).verdict in (Verdict.UNSURE, Verdict.FINE)
    assert not any(phoneme.flagged for phoneme in word_at(found, 1).phonemes)


def test_a_cancelled_request_makes_no_scores_up(
    scorer: PronunciationScorer, say: Say
) -> None:
    cancelled = Event()
    cancelled.set()
    request = AssessRequest(AudioClip.from_float32(say(TEXT), 16_000), TEXT)
    assert not scorer.assess(request, cancelled=cancelled).judged
