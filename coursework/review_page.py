"""One submission as the parts of its review page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse

from sessions.learners_talks import name_of
from sessions.models import CareFlag, TutoringSession
from sessions.report_page import evidence_rows
from sessions.review import SessionReview
from sessions.review_page import turn_rows
from sessions.selectors import get_session, list_turns, review_of
from sessions.taught_turns import TeachingEvidence, evidence_of
from tutor.reports.contrast import contrast

from .drafts.drafting import level_points
from .drafts.trouble import Trouble
from .models import Comment, MarkChange, Submission
from .review_selectors import list_threads
from .review_words import (
    WAYS,
    clock,
    evidence_words,
    goal_words,
    missing_words,
    number,
    value_words,
)
from .talk_layout import Stretch, lay_out
from .talk_peaks import PEAK_MS, Peaks


@dataclass(frozen=True, slots=True)
class Talk:
    """The talk of a submission with where its stretches lie."""

    session: TutoringSession
    review: SessionReview
    evidence: tuple[TeachingEvidence, ...]
    stretches: tuple[Stretch, ...]
    flagged: frozenset[int]

    @property
    def has_sound(self) -> bool:
        """Whether the learner's voice was kept."""
        return any(s.has_sound and s.speaker == "LEARNER" for s in self.stretches)

    @property
    def total_ms(self) -> int:
        """How long it is on the timeline."""
        return self.stretches[-1].end_ms if self.stretches else 0


def read_talk(submission: Submission) -> Talk | None:
    """Return the talk of a submission, None where it has none or it was deleted."""
    if submission.session is None:
        return None
    try:
        session = get_session(uuid=submission.session)
    except TutoringSession.DoesNotExist:
        return None
    needs_care = CareFlag.objects.filter(turn=OuterRef("pk"), seen_at=None)
    rows = list(list_turns(session=session).annotate(needs_care=Exists(needs_care)))
    review = review_of(session, rows)
    flagged: frozenset[int] = frozenset()
    if Trouble.CARE_OPEN in submission.trouble:
        flagged = frozenset(turn.index for turn in rows if turn.needs_care)
    return Talk(session, review, evidence_of(rows), lay_out(review), flagged)


def talk_rows(talk: Talk, submission: Submission) -> list[dict[str, Any]]:
    """Return the turns of a talk with what was said, found and done in each."""
    taught = {
        row["index"]: row for row in evidence_rows(talk.evidence, flagged=talk.flagged)
    }
    analyses = {one.turn.index: one.turn.analysis for one in talk.evidence}
    starts: dict[int, int] = {}
    for stretch in talk.stretches:
        starts.setdefault(stretch.turn, stretch.start_ms)
    rows = turn_rows(talk.review)
    for row in rows:
        at_ms = starts.get(row["index"], 0)
        analysis = analyses.get(row["index"])
        row |= {"at_ms": at_ms, "at_text": clock(at_ms)}
        row["taught"] = taught.get(row["index"])
        row["pair"] = (
            contrast(analysis.text, analysis.corrected)
            if analysis is not None and analysis.findings
            else None
        )
        for said in row["utterances"]:
            if said["audio_url"]:
                speaker = "learner" if said["is_learner"] else "tutor"
                said["audio_url"] = sound_url(submission, row["index"], speaker)
    return rows


def sound_url(submission: Submission, turn: int, speaker: str) -> str:
    """Return where a stretch of a submitted talk can be heard."""
    return reverse(
        "coursework:submission-sound",
        args=(
            submission.assignment.classroom.uuid,
            submission.uuid,
            turn,
            speaker.lower(),
        ),
    )


def timeline_data(talk: Talk, submission: Submission, peaks: Peaks) -> dict[str, Any]:
    """Return what the timeline draws and plays."""
    return {
        "total_ms": talk.total_ms,
        "peak_ms": PEAK_MS,
        "stretches": [
            {
                "turn": one.turn,
                "speaker": one.speaker.lower(),
                "start_ms": one.start_ms,
                "duration_ms": one.duration_ms,
                "url": sound_url(submission, one.turn, one.speaker)
                if one.has_sound
                else "",
                "peaks": peaks.get(f"{one.turn}-{one.speaker}", []),
            }
            for one in talk.stretches
        ],
    }


def criteria_rows(
    submission: Submission, chosen: dict[str, int]
) -> list[dict[str, Any]]:
    """Return the rubric's criteria, each with the draft of it and the level to show.

    ``chosen`` are the levels of a form that is shown again.
    """
    rubric = submission.assignment.rubric
    drafts = {one["key"]: one for one in (submission.draft or {}).get("criteria", [])}
    given = dict(submission.criteria) | chosen
    rows = []
    for criterion in rubric.criteria if rubric else []:
        key = str(criterion.get("key", ""))
        draft = drafts.get(key)
        level = given.get(key)
        if level is None and submission.points is None and draft is not None:
            level = draft.get("level")
        rows.append(
            {
                "key": key,
                "name": criterion.get("name", key),
                "description": criterion.get("description", ""),
                "weight": criterion.get("weight", 1),
                "levels": _levels(criterion, level, draft),
                "draft": draft_row(draft, submission) if draft else None,
            }
        )
    return rows


def plain_draft_rows(submission: Submission) -> list[dict[str, Any]]:
    """Return what the draft is made of where there is no rubric."""
    if submission.assignment.rubric_id is not None:
        return []
    criteria = (submission.draft or {}).get("criteria", [])
    return [draft_row(one, submission) for one in criteria]


def draft_row(draft: dict[str, Any], submission: Submission) -> dict[str, Any]:
    """Return the draft of a criterion in words; goals have their own list of moments."""
    measure = str(draft.get("measure", ""))
    goals = goal_rows(submission) if measure == "goals_reached" else []
    return {
        "goals": goals,
        "missing": missing_words(str(draft["missing"])) if "missing" in draft else "",
        "value": value_words(measure, draft["value"], draft["value_uncertainty"])
        if "value" in draft
        else "",
        "evidence": [
            {
                "turn": one["turn"],
                "at_ms": one["at_ms"],
                "at_text": clock(one["at_ms"]),
                "words": evidence_words(one),
            }
            for one in ([] if goals else draft.get("evidence", []))
        ],
    }


def goal_rows(submission: Submission) -> list[dict[str, Any]]:
    """Return what the draft says of each goal, and where it shows."""
    return [
        {
            "goal": one["goal"],
            "reached": one["reached"],
            "words": goal_words(one["why"]),
            "moments": [
                moment | {"at_text": clock(moment["at_ms"])}
                for moment in one["moments"]
            ],
        }
        for one in (submission.draft or {}).get("goals", [])
    ]


def _levels(
    criterion: dict[str, Any], level: int | None, draft: dict[str, Any] | None
) -> list[dict[str, Any]]:
    drafted = draft.get("level") if draft else None
    steps = level_points(criterion)
    reach: set[int] = set()
    if draft is not None and drafted is not None:
        # A rubric may have been changed since.
        places = (draft[name] for name in ("lowest", "highest"))
        ends = [steps[min(at, len(steps) - 1)] for at in places if steps] or [0.0]
        reach = {at for at, p in enumerate(steps) if min(ends) <= p <= max(ends)}
    return [
        {
            "at": at,
            "points": number(float(one.get("points", 0))),
            "value": float(one.get("points", 0)),
            "text": one.get("text", ""),
            "is_chosen": at == level,
            "is_draft": at == drafted,
            "is_within": at in reach,
        }
        for at, one in enumerate(criterion.get("levels", []))
    ]


def history_rows(changes: list[MarkChange]) -> list[dict[str, Any]]:
    """Return the history of a mark."""
    return [
        {
            "who": name_of(one.by) if one.by else "",
            "way": WAYS.get(one.way, one.way),
            "before": number(one.points_before),
            "points": number(one.points),
            "reason": one.reason,
            "at": one.at,
        }
        for one in changes
    ]


def comment_row(comment: Comment, *, reader_id: int) -> dict[str, Any]:
    """Return a comment as it is shown."""
    submission_uuid = comment.submission.uuid
    return {
        "uuid": comment.uuid,
        "who": name_of(comment.author) if comment.author else "",
        "is_own": comment.author_id == reader_id,
        "text": comment.text,
        "sound_url": reverse(
            "coursework:comment-sound", args=(submission_uuid, comment.uuid)
        )
        if comment.path
        else "",
        "seconds": round(comment.duration_ms / 1000),
        "at_ms": comment.at_ms,
        "at_text": clock(comment.at_ms) if comment.at_ms is not None else "",
        "turn": comment.turn,
        "created_at": comment.created_at,
        "seen_at": comment.seen_at,
        "replies": [],
    }


def comment_threads(submission: Submission, *, reader_id: int) -> list[dict[str, Any]]:
    """Return the threads about a submission as they are shown."""
    rows = []
    for thread in list_threads(submission=submission):
        for one in (thread.comment, *thread.replies):
            one.submission = submission
        row = comment_row(thread.comment, reader_id=reader_id)
        row["replies"] = [
            comment_row(reply, reader_id=reader_id) for reply in thread.replies
        ]
        rows.append(row)
    return rows
