"""Keeps the tutor's draft of a mark with its submission; safe to do again."""

from __future__ import annotations

import logging

from django.db import transaction

from ..drafts.drafting import draft_mark
from ..drafts.goal_records import goals_json
from ..drafts.reading import read_facts
from ..drafts.trouble import troubles
from ..models import Submission

logger = logging.getLogger(__name__)


@transaction.atomic
def keep_draft(*, submission_id: int) -> Submission:
    """Compute a draft anew and keep it. Raises Submission.DoesNotExist.

    The teacher's mark is left alone: the two are kept side by side.
    """
    submission = (
        Submission.objects.select_for_update(of=("self",))
        .select_related(
            "assignment__classroom", "assignment__lesson", "assignment__rubric"
        )
        .get(pk=submission_id)
    )
    assignment = submission.assignment
    facts = read_facts(submission)
    draft = draft_mark(
        facts,
        criteria=assignment.rubric.criteria if assignment.rubric else [],
        points=assignment.points,
        kind=assignment.kind,
    )
    submission.draft = draft.as_json() | {
        "digest": facts.digest,
        "goals": goals_json(assignment.goals, facts),
    }
    submission.draft_points = draft.points
    submission.draft_uncertainty = draft.uncertainty
    submission.trouble = troubles(facts)
    submission.spoken_s = submission.spoken_s or (
        sum(turn.speech_ms for turn in facts.said) // 1000
    )
    submission.save(
        update_fields=(
            "draft", "draft_points", "draft_uncertainty", "trouble", "spoken_s",
        )
    )  # fmt: skip
    return submission


def draft_when_handed_in(*, submission_id: int) -> None:
    """Keep a draft of what was just handed in; without one a teacher marks by hand."""
    try:
        keep_draft(submission_id=submission_id)
    except Submission.DoesNotExist:
        logger.warning("submission %s is gone before its draft", submission_id)
    except Exception as error:  # noqa: BLE001 whatever stored rows hold
        # Handing in has happened: it must not fail because of what comes after it.
        logger.error(
            "no draft of submission %s: %s", submission_id, type(error).__name__
        )
