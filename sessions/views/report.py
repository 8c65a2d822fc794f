"""The report after a session: for the learner, and with evidence for who teaches."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from learners.permissions import can_read_report, can_review_session, signed_in_user
from learners.selectors import mistake_label
from learners.services.talk_access import record_talk_access
from tutor.reports.contrast import contrast

from ..help.report_why import why
from ..learners_talks import care_flags_for, name_of
from ..models import CareFlag, TutoringSession
from ..report_page import evidence_rows, flag_rows
from ..reports import SessionReport, get_report

_SEES_NO_EVIDENCE = "LEARNER"


@login_required
@require_safe
def session_report(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show what a session showed; somebody else's opening is written down."""
    user = signed_in_user(request)
    now = timezone.now()
    try:
        report = get_report(session_uuid=uuid, now=now)
    except TutoringSession.DoesNotExist:
        raise Http404 from None
    session = report.session
    if not can_read_report(user, session.learner_id):
        raise Http404
    if request.method == "GET":
        record_talk_access(
            reader_id=user.pk,
            learner_id=session.learner_id,
            session=session.uuid,
            session_started_at=session.started_at,
            page="REPORT",
            now=now,
        )
    is_own = session.learner_id == user.pk
    context = _shown(report, is_own=is_own) | {
        "may_replay": can_review_session(user, session.learner_id),
    }
    if user.role != _SEES_NO_EVIDENCE:
        flags = list(care_flags_for(user=user).filter(turn__session=session))
        turns = {flag.turn.index for flag in flags}
        context["evidence"] = evidence_rows(report.evidence, flagged=turns)
        context["flags"] = flag_rows(flags)
    return render(request, "sessions/report.html", context)


def _shown(report: SessionReport, *, is_own: bool) -> dict[str, Any]:
    """Return what the report shows to whoever may open it."""
    session = report.session
    return {
        "report": report,
        "session": session,
        "talk": report.talk,
        "title": session.title or _("Free talk"),
        "language": session.l2.split("-")[0],
        "work_on": _work_on(report, is_own=is_own),
        "is_own": is_own,
        "learner": "" if is_own else name_of(session.learner),
        "teachers_told": is_own
        and CareFlag.objects.filter(turn__session=session).exists(),
    }


def _work_on(report: SessionReport, *, is_own: bool) -> list[dict[str, Any]]:
    """Return what to work on; why it is wrong is told in the learner's first language."""
    return [
        {
            "label": mistake_label(thing.category),
            "times": thing.times,
            "repaired": thing.repaired,
            "examples": [
                {
                    "pair": contrast(example.sentence, example.corrected),
                    "why": why(report, example) if is_own else None,
                }
                for example in thing.examples
            ],
        }
        for thing in report.talk.work_on
    ]
