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

from learners.permissions import can_review_session, signed_in_user
from learners.selectors import mistake_label
from tutor.reports.contrast import contrast

from ..help.report_why import why
from ..models import TutoringSession
from ..report_page import evidence_rows
from ..reports import SessionReport, get_report

_SEES_NO_EVIDENCE = "LEARNER"


@login_required
@require_safe
def session_report(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show what a session showed."""
    user = signed_in_user(request)
    try:
        report = get_report(session_uuid=uuid, now=timezone.now())
    except TutoringSession.DoesNotExist:
        raise Http404 from None
    if not can_review_session(user, report.session.learner_id):
        raise Http404
    is_own = report.session.learner_id == user.pk
    context: dict[str, Any] = {
        "report": report,
        "session": report.session,
        "talk": report.talk,
        "title": report.session.lesson.title
        if report.session.lesson
        else _("Free talk"),
        "language": report.session.l2.split("-")[0],
        "work_on": _work_on(report, is_own=is_own),
        "evidence": evidence_rows(report.evidence)
        if user.role != _SEES_NO_EVIDENCE
        else None,
        "is_own": is_own,
    }
    return render(request, "sessions/report.html", context)


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
