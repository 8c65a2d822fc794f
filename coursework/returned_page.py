"""What a learner sees of work that came back: the mark that counts, levels, comments.

Other pages of the learner show it with ``coursework/_returned.html`` and this context.
"""

from __future__ import annotations

from typing import Any

from sessions.learners_talks import name_of

from .gradebook.arithmetic import after_late, days_late, exact, rounded, shown
from .models import Submission
from .review_page import comment_threads, read_talk, sound_url
from .review_words import clock, number
from .talk_layout import Stretch


def returned_context(submission: Submission, *, reader_id: int) -> dict[str, Any]:
    """Return what ``_returned.html`` shows; nothing of mark and comments before it is back.

    The submission comes with assignment, class, rubric, lesson and who marked it.
    """
    is_back = submission.state == Submission.State.RETURNED
    common: dict[str, Any] = {
        "submission": submission,
        "assignment": submission.assignment,
        "classroom": submission.assignment.classroom,
        "is_back": is_back,
    }
    if not is_back:
        return common
    comments = comment_threads(submission, reader_id=reader_id)
    _add_moments(submission, comments)
    return common | _mark(submission) | {"comments": comments}


def _mark(submission: Submission) -> dict[str, Any]:
    classroom = submission.assignment.classroom
    if submission.points is None:
        return {"points": "", "chosen_levels": []}
    given = exact(submission.points)
    late = classroom.late_percent_a_day and submission.late_s
    left = after_late(
        given,
        late_s=submission.late_s,
        percent_a_day=classroom.late_percent_a_day,
    )
    return {
        "points": shown(rounded(left)),
        "points_before_late": shown(rounded(given)) if late else "",
        "late_days": days_late(submission.late_s) if late else 0,
        "marked_by": name_of(submission.marked_by) if submission.marked_by else "",
        "chosen_levels": _levels(submission),
    }


def _levels(submission: Submission) -> list[dict[str, Any]]:
    rubric = submission.assignment.rubric
    rows = []
    for criterion in rubric.criteria if rubric else []:
        level = submission.criteria.get(criterion.get("key"))
        levels = criterion.get("levels", [])
        if isinstance(level, int) and 0 <= level < len(levels):
            most = max(float(one.get("points", 0)) for one in levels)
            rows.append(
                {
                    "name": criterion.get("name", ""),
                    "text": levels[level].get("text", ""),
                    "points": number(float(levels[level].get("points", 0))),
                    "of": number(most),
                }
            )
    return rows


def _add_moments(submission: Submission, comments: list[dict[str, Any]]) -> None:
    """Give each comment at a moment what was said there, and its sound where it is kept."""
    talk = (
        read_talk(submission) if any(c["at_ms"] is not None for c in comments) else None
    )
    if talk is None:
        return
    texts = {
        turn.index: u.text
        for turn in talk.review.turns
        for u in turn.utterances
        if u.speaker == "LEARNER"
    }
    for comment in comments:
        if comment["at_ms"] is None:
            continue
        stretch = _at(talk.stretches, comment["at_ms"])
        if stretch is not None:
            comment["moment_text"] = texts.get(stretch.turn, "")
            comment["moment_at"] = clock(stretch.start_ms)
            comment["moment_sound"] = (
                sound_url(submission, stretch.turn, "LEARNER")
                if stretch.has_sound
                else ""
            )


def _at(stretches: tuple[Stretch, ...], at_ms: int) -> Stretch | None:
    """Return the learner's stretch at a moment, or the latest one before it."""
    own = [one for one in stretches if one.speaker == "LEARNER"]
    before = [one for one in own if one.start_ms <= at_ms]
    return before[-1] if before else (own[0] if own else None)
