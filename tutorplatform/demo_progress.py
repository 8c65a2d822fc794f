"""Nine weeks that lie behind the demo's first learner, for the page of their progress.

Nobody said any of it, and nothing was measured: all figures are written by hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import uuid4

from inference.types.assessment import (
    AssessmentOutcome,
    Pause,
    PromptSource,
    PronunciationAssessment,
    SpeechMeasures,
)
from learners.mastery import Attempts
from learners.models import DrillAnswer, LevelEstimate, SessionSummary
from learners.services.mastery import record_attempts
from sessions.activity import refresh_activity
from sessions.assessments import keep_assessment
from sessions.models import ReadAloudAttempt, Turn, TutoringSession, Utterance
from tutor.categories import Category

MODEL = "written-by-hand"
MORE: Final = (
    "We talked about it for a long time, and then everybody had tea and went home. It was "
    "a good day for all of us, and I hope that next week will be the same."
)
SENTENCE: Final = "Last weekend we went to the beach with our friends."


@dataclass(frozen=True, slots=True)
class DemoTalk:
    """A free talk so many days ago: what was said, for how long, what was wrong."""

    days_ago: int
    spoken_s: int
    words: int
    mistakes: dict[str, int]
    produced: tuple[str, ...]
    text: str


_TENSE, _ARTICLE = Category.VERB_TENSE.value, Category.ARTICLE.value
_NUMBER, _PREPOSITION = Category.NOUN_NUMBER.value, Category.PREPOSITION.value
TALKS: Final = (
    DemoTalk(
        62, 95, 84, {_TENSE: 6, _ARTICLE: 5, _NUMBER: 2}, ("work", "customer"),
        "Yesterday I work in shop. Customer, customers ask me many question.",
    ),
    DemoTalk(
        55, 130, 120, {_TENSE: 8, _ARTICLE: 6, _PREPOSITION: 2}, ("busy", "early"),
        "I go to work early, I went to work early, because we was busy.",
    ),
    DemoTalk(
        51, 70, 70, {_TENSE: 4, _ARTICLE: 4, _NUMBER: 1}, ("market",),
        "In weekend we go to market and buy fish.",
    ),
    DemoTalk(
        41, 160, 150, {_TENSE: 8, _ARTICLE: 6, _NUMBER: 2}, ("train", "late", "cheap"),
        "The train was late. I wait, I waited for forty minutes at station.",
    ),
    DemoTalk(
        34, 210, 190, {_TENSE: 8, _ARTICLE: 8, _PREPOSITION: 3}, ("explain", "mistake"),
        "My boss explain me, explained to me how the machine works.",
    ),
    DemoTalk(
        27, 150, 140, {_TENSE: 5, _ARTICLE: 5, _NUMBER: 2}, ("holiday", "ticket"),
        "We bought the tickets for holiday. They were not cheap.",
    ),
    DemoTalk(
        20, 240, 230, {_TENSE: 6, _ARTICLE: 8, _PREPOSITION: 2},
        ("instead", "forget", "return"),
        "I forgot my phone, so I returned. Instead of bus I took taxi.",
    ),
    DemoTalk(
        12, 280, 260, {_TENSE: 5, _ARTICLE: 8, _NUMBER: 2}, ("complain", "polite"),
        "A customer complained. He was, she was very polite, and I could help her.",
    ),
    DemoTalk(
        5, 320, 310, {_TENSE: 4, _ARTICLE: 9, _PREPOSITION: 2}, ("suggest", "borrow"),
        "I suggested to her to try another size. She have, she has borrowed a bag.",
    ),
)  # fmt: skip
# Days ago, syllables a second, share of silence.
READINGS: Final = (
    (60, 2.1, 0.36), (53, 2.2, 0.34), (50, 2.0, 0.35), (40, 2.3, 0.33), (33, 2.5, 0.29),
    (26, 2.4, 0.3), (19, 2.7, 0.26), (11, 2.8, 0.24), (6, 2.9, 0.22), (4, 2.8, 0.23),
)  # fmt: skip
# Days ago, level, logits and their standard error.
LEVELS: Final = ((62, "A2", -1.75, 0.5), (6, "A2", -1.3, 0.4))
# Phoneme: attempts, those that went wrong.
SOUNDS: Final = {
    "i": (60, 3), "ɪ": (80, 31), "ɛ": (50, 4), "æ": (44, 17), "ʌ": (40, 5), "ɑ": (38, 3),
    "ɔ": (22, 2), "ʊ": (24, 8), "u": (30, 2), "eɪ": (32, 2), "oʊ": (30, 3), "aɪ": (46, 2),
    "p": (40, 1), "b": (36, 1), "t": (90, 5), "k": (60, 2), "ɡ": (22, 1), "f": (36, 1),
    "v": (30, 12), "ð": (70, 30), "z": (44, 15), "ʃ": (20, 2), "m": (60, 1), "n": (90, 3),
    "ŋ": (24, 5), "h": (34, 2), "ɹ": (60, 10), "l": (50, 12), "w": (44, 1), "j": (20, 1),
}  # fmt: skip
# Contrast: the words chosen, r right and w wrong.
DRILLS: Final = {"θ-s": "wrwwrw", "v-w": "rwrrwr", "ɪ-i": "rrwrrr", "æ-ɛ": "rrrrrr"}


def save_history(*, learner_id: int, now: datetime) -> None:
    """Give a learner these weeks, unless they have a level from them already."""
    if LevelEstimate.objects.filter(learner_id=learner_id).exists():
        return
    for talk in TALKS:
        _save_talk(learner_id, talk, now - timedelta(days=talk.days_ago, hours=2))
    for days, rate, silence in READINGS:
        _save_reading(learner_id, rate, silence, now - timedelta(days=days, hours=1))
    for days, level, ability, error in LEVELS:
        LevelEstimate.objects.create(
            learner_id=learner_id,
            l2="en",
            source=LevelEstimate.Source.PLACEMENT,
            level=level,
            ability=ability,
            error=error,
            said_at=now - timedelta(days=days),
        )
    record_attempts(
        learner_id=learner_id,
        language="en",
        source="demo-weeks",
        attempts={
            phoneme: Attempts(right=n - wrong, wrong=wrong, n=n)
            for phoneme, (n, wrong) in SOUNDS.items()
        },
        spoken_at=now - timedelta(days=5),
    )
    DrillAnswer.objects.bulk_create(_drills(learner_id, now - timedelta(days=3)))
    refresh_activity(learner_id=learner_id, now=now)


def _save_talk(learner_id: int, talk: DemoTalk, began_at: datetime) -> None:
    ended_at = began_at + timedelta(seconds=3 * talk.spoken_s)
    session = TutoringSession.objects.create(
        learner_id=learner_id,
        status=TutoringSession.Status.ENDED,
        end_reason=TutoringSession.EndReason.LEARNER,
        l1="zh",
        l2="en",
        level="A2",
        started_at=began_at,
        last_seen_at=ended_at,
        ended_at=ended_at,
    )
    turn = Turn.objects.create(
        session=session,
        index=1,
        state=Turn.State.COMPLETED,
        started_at=began_at,
        ended_at=ended_at,
        engines={"transcribe": MODEL},
    )
    Utterance.objects.create(
        turn=turn,
        speaker=Utterance.Speaker.LEARNER,
        source=Utterance.Source.SPEECH,
        text=f"{talk.text} {MORE}",
        duration_ms=1000 * talk.spoken_s,
    )
    SessionSummary.objects.create(
        learner_id=learner_id,
        session=session.uuid,
        l2="en",
        started_at=began_at,
        last_turn_at=ended_at,
        turns=1,
        words_said=talk.words,
        produced=list(talk.produced),
        mistakes=talk.mistakes,
        counted_turn=1,
    )


def _save_reading(learner_id: int, rate: float, silence: float, at: datetime) -> None:
    reading = ReadAloudAttempt.objects.create(
        learner_id=learner_id,
        text=SENTENCE,
        heard=SENTENCE,
        language="en",
        created_at=at,
    )
    keep_assessment(
        speech=reading,
        learner_id=learner_id,
        value=PronunciationAssessment(
            outcome=AssessmentOutcome.JUDGED,
            model=MODEL,
            language="en",
            source=PromptSource.READ,
            text=SENTENCE,
            measures=SpeechMeasures(
                speech_rate=rate,
                articulation_rate=round(rate / (1 - silence), 2),
                pauses=(Pause(900.0, 1500.0),),
                pause_share=silence,
                fillers=0,
                pitch_range_semitones=None,
            ),
        ),
        spoken_at=at,
        now=at,
    )


def _drills(learner_id: int, at: datetime) -> Iterator[DrillAnswer]:
    for contrast, answers in DRILLS.items():
        for n, answer in enumerate(answers):
            yield DrillAnswer(
                learner_id=learner_id,
                language="en",
                contrast=contrast,
                kind=DrillAnswer.Kind.HEARD,
                word="think",
                other="sink",
                right=float(answer == "r"),
                client_key=uuid4(),
                answered_at=at + timedelta(seconds=8 * n),
            )
