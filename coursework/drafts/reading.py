"""Fetches what is stored of a submission as the values that measures need."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from inference.types.assessment import AssessmentOutcome, PronunciationAssessment
from learners.models import DrillAnswer, LessonAttempt
from lessons.models import Exercise
from sessions.models import CareFlag, Turn, TutoringSession
from sessions.review import SessionReview, TurnReview, UtteranceReview
from sessions.selectors import get_session, list_turns, review_of
from sessions.talk_goals import goals_of_talk
from sessions.taught_turns import TeachingEvidence, evidence_of
from tutor.findings import Finding
from tutor.goals import GoalState
from tutor.memory.sentences import right_form, said_right, words
from tutor.moves import CORRECTIONS, MoveKind

from ..models import Assignment, Submission
from ..talk_layout import lay_out, moments
from .facts import AnswerFact, GoalFact, Mistake, Sounded, TurnFacts, WorkFacts
from .trouble import DIGEST_WORDS

# What recognition, model or storage did; a face that failed changes nothing of the talk.
PROBLEMS = ("asr.", "llm.", "assess.", "session.", "audio.overflow")
# A guess by how sure recognition was is no rating of a sound.
NO_RATING = ("asr-confidence",)


def read_facts(submission: Submission) -> WorkFacts:
    """Return what is stored of a submission, its assignment and its lesson loaded."""
    assignment = submission.assignment
    rows, session = _talk(submission.session)
    review = review_of(session, rows) if session is not None else None
    evidence = {one.turn.index: one for one in evidence_of(rows)}
    turns = None if review is None else _turns(review, evidence, session)
    digest = _digest(turns or ())
    lesson = assignment.lesson
    return WorkFacts(
        level=(session.level if session else "") or assignment.classroom.level,
        min_minutes=assignment.min_minutes,
        goals=_goals(assignment.goals, rows, session),
        target_words=tuple(lesson.target_words) if lesson is not None else (),
        turns=turns,
        answers=_answers(submission),
        drill=_drill(submission),
        keeps_sound=bool(session and session.recording_consent),
        digest=digest,
        seen_before=bool(digest)
        and Submission.objects.filter(assignment_id=assignment.pk, draft__digest=digest)
        .exclude(pk=submission.pk)
        .exists(),
    )


def _talk(uuid: UUID | None) -> tuple[list[Turn], TutoringSession | None]:
    if uuid is None:
        return [], None
    try:
        session = get_session(uuid=uuid)
    except TutoringSession.DoesNotExist:
        return [], None
    return list(list_turns(session=session)), session


def _turns(
    review: SessionReview,
    evidence: dict[int, TeachingEvidence],
    session: TutoringSession | None,
) -> tuple[TurnFacts, ...]:
    at = moments(lay_out(review))
    language = session.l2.split("-")[0] if session else ""
    flagged = set(
        CareFlag.objects.filter(
            turn__session__uuid=review.uuid, seen_at=None
        ).values_list("turn__index", flat=True)
    )
    return tuple(
        _turn(
            turn,
            evidence,
            at_ms=at.get(turn.index, 0),
            language=language,
            care=turn.index in flagged,
        )
        for turn in review.turns
        if turn.index > 0 or turn.index in evidence
    )


def _turn(
    turn: TurnReview,
    evidence: dict[int, TeachingEvidence],
    *,
    at_ms: int,
    language: str,
    care: bool,
) -> TurnFacts:
    said = next((u for u in turn.utterances if u.speaker == "LEARNER"), None)
    taught = evidence.get(turn.index)
    report = taught.turn if taught else None
    analysis = report.analysis if report else None
    move = report.move if report else None
    return TurnFacts(
        index=turn.index,
        at_ms=at_ms,
        words=tuple(words(said.text)) if said else (),
        speech_ms=said.duration_ms if said else 0,
        typed=said is not None and said.source == "TEXT",
        understood=turn.state != "NOT_UNDERSTOOD",
        judged=analysis is not None and analysis.judged,
        mistakes=_mistakes(turn.index, evidence, language),
        sounded=_sounded(said),
        other_voice=_outcome(said) is AssessmentOutcome.OTHER_VOICE,
        off_language=move is not None and move.kind is MoveKind.BRIDGE,
        recorded=said is not None and said.has_recording,
        care=care,
        is_delicate=report is not None and report.is_delicate,
        problems=tuple(code for code in turn.errors if code.startswith(PROBLEMS)),
    )


def _mistakes(
    index: int, evidence: dict[int, TeachingEvidence], language: str
) -> tuple[Mistake, ...]:
    report = evidence[index].turn if index in evidence else None
    if report is None or report.analysis is None or report.is_delicate:
        return ()
    move = report.move
    treated = (
        {finding.key for finding in move.findings}
        if move is not None and move.kind in CORRECTIONS
        else set()
    )
    return tuple(
        Mistake(
            category=str(finding.category),
            severity=finding.severity.value,
            start=finding.start,
            repaired=_repaired(index, finding, evidence, language)
            if finding.key in treated
            else None,
        )
        for finding in report.analysis.findings
    )


def _repaired(
    index: int,
    finding: Finding,
    evidence: dict[int, TeachingEvidence],
    language: str,
) -> bool | None:
    """Whether the right form was said in a later turn; None where there is no such form."""
    analysis = evidence[index].turn.analysis
    form = right_form(analysis, finding, language) if analysis is not None else ""
    if not form:
        return None
    later = (one.turn.analysis for at, one in evidence.items() if at > index)
    return any(said_right(one, form) for one in later if one and one.judged)


def _outcome(said: UtteranceReview | None) -> AssessmentOutcome | None:
    found = said.assessment if said else None
    return found.outcome if found else None


def _sounded(said: UtteranceReview | None) -> Sounded | None:
    found: PronunciationAssessment | None = said.assessment if said else None
    if found is None or not found.judged or found.scores is None:
        return None
    if found.model.startswith(NO_RATING):
        return None
    scores = found.scores
    return Sounded(scores.total, scores.fluency, scores.margin, found.validated)


def _goals(
    goals: Sequence[str], rows: Sequence[Turn], session: TutoringSession | None
) -> tuple[GoalFact, ...]:
    """Return the goals with what the talk says of them, unknown where there is none."""
    if session is None:
        return (GoalFact(None),) * len(goals)
    known = {GoalState.REACHED: True, GoalState.NOT_REACHED: False}
    return tuple(
        GoalFact(known.get(one.state), one.turns, one.why.value)
        for one in goals_of_talk(session, rows, goals)
    )


def _answers(submission: Submission) -> tuple[AnswerFact, ...] | None:
    """Return the latest answer to each exercise between beginning and handing in."""
    assignment = submission.assignment
    kinds = (Assignment.Kind.EXERCISES, Assignment.Kind.LESSON)
    if assignment.kind not in kinds or assignment.lesson_id is None:
        return None
    asked = Exercise.objects.filter(lesson_id=assignment.lesson_id)
    if assignment.kind == Assignment.Kind.EXERCISES and assignment.exercises:
        asked = asked.filter(uuid__in=assignment.exercises)
    latest: dict[int, float | None] = {}
    answers = LessonAttempt.objects.filter(
        learner_id=submission.learner_id,
        exercise__in=asked.values("pk"),
        answered_at__range=_while(submission),
    ).order_by("answered_at", "id")
    for exercise_id, score in answers.values_list("exercise_id", "score"):
        latest[exercise_id] = score
    return tuple(
        AnswerFact(latest[pk]) if pk in latest else AnswerFact(0.0, answered=False)
        for pk in asked.order_by("pk").values_list("pk", flat=True)
    )


def _drill(submission: Submission) -> tuple[float, ...] | None:
    assignment = submission.assignment
    if assignment.kind != Assignment.Kind.DRILL:
        return None
    answers = DrillAnswer.objects.filter(
        learner_id=submission.learner_id,
        contrast=assignment.contrast,
        answered_at__range=_while(submission),
        right__isnull=False,
    ).order_by("answered_at", "id")
    return tuple(
        float(right)
        for right in answers.values_list("right", flat=True)
        if right is not None
    )


def _while(submission: Submission) -> tuple[datetime, datetime]:
    return submission.started_at, submission.submitted_at or submission.started_at


def _digest(turns: tuple[TurnFacts, ...]) -> str:
    """Return a fingerprint of all that was said; empty for what anybody could have said."""
    said = [word for turn in turns for word in turn.words]
    if len(said) < DIGEST_WORDS:
        return ""
    return hashlib.sha256(" ".join(said).encode()).hexdigest()
