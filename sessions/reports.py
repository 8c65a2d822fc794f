"""The report of one session: what the database holds of it, put together for its page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch

from inference.types.assessment import PronunciationAssessment, Verdict
from learners.mastery import SoundMastery
from learners.selectors import list_phoneme_mastery
from tutor.reports.building import talk_report
from tutor.reports.contents import TalkReport

from .models import TutoringSession, Utterance
from .models.pronunciation import latest_value
from .selectors import get_session
from .talk_goals import TalkGoal, list_goals
from .taught_turns import TeachingEvidence, learners_words, taught

MAX_SOUNDS = 3
MAX_WORDS_A_SOUND = 4
# So many attempts in one talk say that a sound came out well.
FINE_ATTEMPTS = 5
_JUDGED = (Verdict.FINE, Verdict.CLOSE, Verdict.WORK)


@dataclass(frozen=True, slots=True)
class HeardSound:
    """A phoneme in this talk: attempts, those heard as wrong, and the words they were in.

    ``lately`` is what is believed of it over all talks, None if too little is known.
    """

    phoneme: str
    attempts: int
    wrong: int
    words: tuple[str, ...]
    lately: SoundMastery | None = None


@dataclass(frozen=True, slots=True)
class SessionReport:
    """All that the report's page shows. ``spoken_s`` is how long the learner spoke.

    ``goals`` are empty where no goal of the talk was seen to be reached.
    """

    session: TutoringSession
    talk: TalkReport
    minutes: int
    spoken_s: int
    to_work_on: tuple[HeardSound, ...]
    fine: tuple[HeardSound, ...]
    evidence: tuple[TeachingEvidence, ...]
    goals: tuple[TalkGoal, ...] = ()


def get_report(*, session_uuid: UUID, now: datetime) -> SessionReport:
    """Return the report of a session. Raises TutoringSession.DoesNotExist."""
    session = get_session(uuid=session_uuid)
    utterances = Utterance.objects.prefetch_related("assessments")
    rows = session.turns.order_by("index").prefetch_related(
        Prefetch("utterances", queryset=utterances)
    )
    said = [(turn, u) for turn in rows if (u := learners_words(turn)) is not None]
    shown = [taught(turn, utterance) for turn, utterance in said]
    language = session.l2.split("-")[0]
    judged = (latest_value(utterance.assessments.all()) for _, utterance in said)
    sounds = _sounds(found for found in judged if found is not None)
    lately = {
        sound.phoneme: sound
        for sound in list_phoneme_mastery(
            learner_id=session.learner_id, language=language, now=now
        )
        if sound.is_known
    }
    return SessionReport(
        session=session,
        talk=talk_report([one.turn for one in shown], language=language),
        minutes=minutes_of(session),
        spoken_s=sum(utterance.duration_ms for _, utterance in said) // 1000,
        to_work_on=_to_work_on(sounds, lately),
        fine=_fine(sounds, lately),
        evidence=tuple(shown),
        goals=list_goals(session, rows),
    )


def minutes_of(session: TutoringSession) -> int:
    """Return how long a talk was, at least one minute."""
    ended_at = session.ended_at or session.last_seen_at
    return max(1, round((ended_at - session.started_at).total_seconds() / 60))


def _sounds(assessments: Iterable[PronunciationAssessment]) -> list[HeardSound]:
    attempts: dict[str, int] = {}
    wrong: dict[str, list[str]] = {}
    for assessment in assessments:
        for word in assessment.words if assessment.judged else ():
            for phoneme in word.phonemes:
                if word.weak or phoneme.verdict not in _JUDGED:
                    continue
                attempts[phoneme.phoneme] = attempts.get(phoneme.phoneme, 0) + 1
                if phoneme.flagged:
                    text = word.text.strip(".,;:!?\"'").lower()
                    wrong.setdefault(phoneme.phoneme, []).append(text)
    return [
        HeardSound(
            phoneme=phoneme,
            attempts=n,
            wrong=len(wrong.get(phoneme, [])),
            words=tuple(dict.fromkeys(wrong.get(phoneme, [])))[:MAX_WORDS_A_SOUND],
        )
        for phoneme, n in attempts.items()
    ]


def _to_work_on(
    sounds: list[HeardSound], lately: dict[str, SoundMastery]
) -> tuple[HeardSound, ...]:
    weak = [sound for sound in sounds if sound.wrong]
    weak.sort(key=lambda one: (-one.wrong, -one.wrong / one.attempts, one.phoneme))
    return tuple(_with(sound, lately) for sound in weak[:MAX_SOUNDS])


def _fine(
    sounds: list[HeardSound], lately: dict[str, SoundMastery]
) -> tuple[HeardSound, ...]:
    fine = [s for s in sounds if not s.wrong and s.attempts >= FINE_ATTEMPTS]
    fine.sort(key=lambda one: (-one.attempts, one.phoneme))
    return tuple(_with(sound, lately) for sound in fine[:MAX_SOUNDS])


def _with(sound: HeardSound, lately: dict[str, SoundMastery]) -> HeardSound:
    return HeardSound(
        sound.phoneme, sound.attempts, sound.wrong, sound.words,
        lately.get(sound.phoneme),
    )  # fmt: skip
