"""A finished talk for the demo: what was said, and how it was pronounced.

Nobody said it: the scores are written by hand, under a model's name that says so, and there
is no recording.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from inference.types.assessment import (
    AssessmentOutcome,
    Diagnosis,
    DiagnosisKind,
    Pause,
    PhonemeScore,
    PromptSource,
    PronunciationAssessment,
    SpeechMeasures,
    UtteranceScores,
    Verdict,
    WordScore,
)
from inference.types.speech import Word
from sessions.turns.context import LearnerWords
from sessions.turns.events import Outcome, Source
from sessions.turns.repository import TurnRecord

LESSON_KEY = "at-the-cafe"
OPENING = "Good morning! What would you like today?"
MODEL = "written-by-hand"
PHONEME_MS = 90
GAP_MS = 60
TURN_S = 14
# What the verdicts stand for: the expected rating, and how likely it is wrong.
_FIGURES = {
    Verdict.FINE: (94.0, 0.02),
    Verdict.CLOSE: (66.0, 0.3),
    Verdict.WORK: (28.0, 0.8),
}


@dataclass(frozen=True, slots=True)
class DemoExchange:
    """One turn. A spoken word is its text, its phonemes, and what went wrong.

    ``!`` after a phoneme: wrong, with what was said instead (``-``: nothing);
    ``~``: close; a word that starts with ``(`` is a weak form.
    """

    said: tuple[tuple[str, str], ...]
    reply: str
    total: float


EXCHANGES: Final = (
    DemoExchange(
        said=(
            ("I'd", "aɪ d"),
            ("like", "l aɪ k"),
            ("three", "θ!s ɹ i"),
            ("cups", "k ʌ p s"),
            ("of", "(ə v"),
            ("tea,", "t i"),
            ("please.", "p l i z~"),
        ),
        reply="Three cups of tea, of course. Would you like something to eat with it?",
        total=71.0,
    ),
    DemoExchange(
        said=(
            ("Yes,", "j ɛ s"),
            ("I", "aɪ"),
            ("think", "θ!s ɪ ŋ~ k"),
            ("a", "(ə"),
            ("small", "s m ɔ l"),
            ("sandwich.", "s æ n w ɪ tʃ"),
        ),
        reply="A small sandwich, good choice. Cheese or tomato?",
        total=76.0,
    ),
    DemoExchange(
        said=(
            ("Tomato,", "t ə m eɪ t oʊ"),
            ("thanks.", "θ~ æ ŋ k s"),
            ("How", "h aʊ"),
            ("much", "m ʌ tʃ"),
            ("is", "ɪ z"),
            ("that?", "ð æ t!-"),
        ),
        reply="That is nine pounds fifty, please. Enjoy your tea!",
        total=80.0,
    ),
)

# Earlier practice: attempts at a phoneme and how many of them came out wrong.
PRACTICE: Final[dict[str, tuple[int, float]]] = {
    "θ": (14, 9.2),
    "ŋ": (12, 5.1),
    "z": (16, 5.4),
    "ɹ": (18, 4.7),
    "s": (40, 0.9),
    "m": (30, 0.4),
    "t": (44, 1.4),
    "aɪ": (26, 0.6),
}


def demo_records(
    began_at: datetime,
    *,
    opening: str = OPENING,
    exchanges: Sequence[DemoExchange] = EXCHANGES,
) -> Iterator[TurnRecord]:
    """Yield a talk's turns, the opening first, as they are kept."""
    yield _record(0, began_at, None, opening)
    for index, exchange in enumerate(exchanges, start=1):
        at = began_at + timedelta(seconds=TURN_S * index)
        yield _record(index, at, _words_said(exchange), exchange.reply)


def _record(
    index: int, at: datetime, learner: LearnerWords | None, reply: str
) -> TurnRecord:
    return TurnRecord(
        index=index,
        attempt=0,
        started_at=at,
        learner=learner,
        learner_clip=None,
        learner_ms=round(learner.words[-1].end_ms) if learner else 0,
        outcome=Outcome.COMPLETED,
        opening=learner is None,
        reply_text=reply,
        ended_at=at + timedelta(seconds=TURN_S - 1),
    )


def _words_said(exchange: DemoExchange) -> LearnerWords:
    words = tuple(_words(exchange))
    text = " ".join(word.text for word in words)
    return LearnerWords(
        text,
        Source.SPEECH,
        words=tuple(Word(w.text, w.start_ms, w.end_ms, 0.93) for w in words),
        language="en",
        confidence=0.93,
        assessment=PronunciationAssessment(
            outcome=AssessmentOutcome.JUDGED,
            model=MODEL,
            language="en",
            source=PromptSource.HEARD,
            text=text,
            words=words,
            scores=UtteranceScores(
                exchange.total + 2,
                exchange.total - 4,
                exchange.total,
                exchange.total,
                8.0,
            ),
            measures=SpeechMeasures(2.7, 3.3, (Pause(540, 860),), 0.16, 0, 4.6),
        ),
    )


def _words(exchange: DemoExchange) -> Iterator[WordScore]:
    start_ms = 120.0
    for index, (text, phonemes) in enumerate(exchange.said):
        scored = tuple(_phonemes(phonemes.removeprefix("("), start_ms))
        end_ms = scored[-1].end_ms
        order = (Verdict.WORK, Verdict.CLOSE, Verdict.FINE)
        verdict = min((p.verdict for p in scored), key=order.index)
        yield WordScore(
            index=index,
            text=text,
            start_ms=start_ms,
            end_ms=end_ms,
            score=sum(p.score or 0.0 for p in scored) / len(scored),
            verdict=verdict,
            phonemes=scored,
            weak=phonemes.startswith("("),
        )
        start_ms = end_ms + GAP_MS


def _phonemes(written: str, start_ms: float) -> Iterator[PhonemeScore]:
    for i, mark in enumerate(written.split()):
        phoneme, wrong, instead = mark.partition("!")
        verdict = Verdict.WORK if wrong else Verdict.FINE
        if phoneme.endswith("~"):
            phoneme, verdict = phoneme[:-1], Verdict.CLOSE
        score, probability = _FIGURES[verdict]
        yield PhonemeScore(
            phoneme=phoneme,
            start_ms=start_ms + i * PHONEME_MS,
            end_ms=start_ms + (i + 1) * PHONEME_MS,
            gop=-4.0 if wrong else -0.2,
            score=score,
            wrong_probability=probability,
            verdict=verdict,
            flagged=bool(wrong),
            diagnosis=_diagnosis(instead) if wrong else None,
        )


def _diagnosis(instead: str) -> Diagnosis:
    if instead == "-":
        return Diagnosis(DiagnosisKind.DROPPED, None)
    return Diagnosis(DiagnosisKind.SUBSTITUTED, instead)
