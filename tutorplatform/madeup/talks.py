"""The talks of a made-up person as rows that are not stored yet, and what they add up to."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from random import Random
from typing import Any

from learners.mastery import kept_share
from learners.models import User
from lessons.models import Lesson
from sessions.assessments import attempts_in
from sessions.models import PronunciationAssessment, Turn, TutoringSession, Utterance
from sessions.teaching_records import analysis_json, move_json
from tutor.findings import Analysis, Evidence, Finding, Severity
from tutor.moves import Move, MoveKind

from .people import Person, random_for
from .sentences import OPENINGS, REPLIES, SENTENCES, Sentence, Slip
from .speech import MODEL, duration_ms, phonemes_of, said_by

TURN_S = 16


@dataclass(slots=True)
class Sound:
    """What was heard of a sound up to a moment, fading as in ``learners.mastery``."""

    right: float = 0.0
    wrong: float = 0.0
    n: int = 0
    as_of: datetime | None = None

    def add(self, right: float, wrong: float, n: int, at: datetime) -> None:
        """Count some attempts, later ones only."""
        kept = kept_share(since=self.as_of, until=at) if self.as_of else 1.0
        self.right = kept * self.right + right
        self.wrong = kept * self.wrong + wrong
        self.n += n
        self.as_of = at


@dataclass(slots=True)
class Mistake:
    """A mistake with how often it was made, and the latest sentence with it."""

    slip: Slip
    right: str
    first_at: datetime
    last_at: datetime
    seen: int = 1


@dataclass(slots=True)
class Talk:
    """One talk: its rows, and its figures."""

    session: TutoringSession
    turns: list[Turn] = field(default_factory=list)
    utterances: list[Utterance] = field(default_factory=list)
    assessments: list[PronunciationAssessment] = field(default_factory=list)
    counts: list[dict[str, list[float]]] = field(default_factory=list)
    mistakes: Counter[str] = field(default_factory=Counter)
    words: int = 0
    right_turns: int = 0
    spoken_ms: int = 0


@dataclass(slots=True)
class Spoken:
    """All talks of one person."""

    person: Person
    talks: list[Talk] = field(default_factory=list)
    sounds: dict[str, Sound] = field(default_factory=lambda: defaultdict(Sound))
    ledger: dict[str, Mistake] = field(default_factory=dict)
    days: dict[date, list[Talk]] = field(default_factory=lambda: defaultdict(list))


def spoken_by(
    person: Person,
    user: User,
    school: str,
    *,
    a_talk: int,
    now: datetime,
    lessons: Sequence[Lesson] = (),
) -> Spoken:
    """Return what somebody said in all of their talks."""
    random = random_for(school, "talks", person.number)
    spoken = Spoken(person)
    last = max(1, len(person.talks) - 1)
    for index, began_at in enumerate(person.talks):
        lesson = lessons[index // 2 % len(lessons)] if lessons and index % 2 else None
        talk = _talk(spoken, user, began_at, random, a_talk, index / last, lesson)
        spoken.talks.append(talk)
        spoken.days[began_at.date()].append(talk)
    return spoken


def _talk(
    spoken: Spoken,
    user: User,
    began_at: datetime,
    random: Random,
    n_turns: int,
    progress: float,
    lesson: Lesson | None,
) -> Talk:
    person = spoken.person
    ended_at = began_at + timedelta(seconds=TURN_S * (n_turns + 1))
    talk = Talk(
        TutoringSession(
            learner=user,
            lesson=lesson,
            status=TutoringSession.Status.ENDED,
            end_reason=TutoringSession.EndReason.LEARNER,
            l1=person.l1,
            l2="en",
            level=person.level,
            started_at=began_at,
            last_seen_at=ended_at,
            ended_at=ended_at,
        )
    )
    opening = _turn(talk, 0, began_at)
    talk.utterances.append(_tutor(opening, random.choice(OPENINGS), "OPENING"))
    for index in range(1, n_turns + 1):
        at = began_at + timedelta(seconds=TURN_S * index)
        _say(spoken, talk, user, _turn(talk, index, at), random, progress)
    return talk


def _say(
    spoken: Spoken, talk: Talk, user: User, turn: Turn, random: Random, progress: float
) -> None:
    person, at = spoken.person, turn.started_at
    sentence = random.choice(SENTENCES)
    slip = _slip(person, sentence, random, progress)
    text = slip.text if slip else sentence.text
    turn.analysis, turn.move = _taught(sentence, slip)
    value = said_by(person, text, progress=progress, random=random)
    said = Utterance(
        turn=turn,
        speaker=Utterance.Speaker.LEARNER,
        source=Utterance.Source.SPEECH,
        text=text,
        language="en",
        confidence=0.93,
        duration_ms=duration_ms(value),
    )
    talk.utterances += [said, _tutor(turn, random.choice(REPLIES), "MODEL")]
    row = PronunciationAssessment(
        learner=user, utterance=said, spoken_at=at, created_at=at
    )
    row.take(value)
    talk.assessments.append(row)
    counts = {}
    for phoneme, made in attempts_in(value).items():
        spoken.sounds[phoneme].add(made.right, made.wrong, made.n, at)
        counts[phoneme] = [made.right, made.wrong, made.n]
    talk.counts.append(counts)
    talk.words += len(phonemes_of(text))
    talk.spoken_ms += said.duration_ms
    talk.right_turns += slip is None
    if slip is not None:
        talk.mistakes[slip.category.value] += 1
        key = _finding(slip).key
        known = spoken.ledger.get(key)
        if known is None:
            spoken.ledger[key] = Mistake(slip, sentence.text, at, at)
        else:
            known.seen, known.last_at = known.seen + 1, at


def _slip(
    person: Person, sentence: Sentence, random: Random, progress: float
) -> Slip | None:
    if not sentence.slips:
        return None
    slip = random.choice(sentence.slips)
    weight = person.slips.get(slip.category, 0.3)
    chance = person.slip_chance * min(2.0, weight) / 1.5
    chance *= 1.0 - person.learning * progress
    return slip if random.random() < chance else None


def _turn(talk: Talk, index: int, at: datetime) -> Turn:
    turn = Turn(
        session=talk.session,
        index=index,
        state=Turn.State.COMPLETED,
        started_at=at,
        ended_at=at + timedelta(seconds=TURN_S - 2),
        engines={"transcribe": MODEL, "respond": MODEL},
        timings={"transcribe_ms": 340, "first_text_ms": 430, "first_audio_ms": 1590},
    )
    talk.turns.append(turn)
    return turn


def _tutor(turn: Turn, text: str, source: str) -> Utterance:
    return Utterance(
        turn=turn,
        speaker=Utterance.Speaker.TUTOR,
        source=source,
        text=text,
        language="en",
        duration_ms=60 * len(text),
    )


@cache
def _taught(
    sentence: Sentence, slip: Slip | None
) -> tuple[dict[str, Any], dict[str, Any]]:
    if slip is None:
        analysis = Analysis(sentence.text, sentence.text)
        return analysis_json(analysis), move_json(Move(MoveKind.CONTINUE, reason=MODEL))
    finding = _finding(slip)
    analysis = Analysis(slip.text, sentence.text, (finding,))
    move = Move(MoveKind.RECAST, (finding,), reason=MODEL)
    return analysis_json(analysis), move_json(move)


def _finding(slip: Slip) -> Finding:
    start = slip.text.find(slip.said) if slip.said else 0
    return Finding(
        start=start,
        end=start + len(slip.said),
        said=slip.said,
        better=slip.better,
        type="",
        category=slip.category.value,
        severity=Severity.ERROR,
        evidence=Evidence.RULE,
    )
