"""Work that came back: what its learner sees of marks and comments."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from learners.permissions import signed_in_user

from ..models import Submission
from ..returned_page import returned_context
from ..services.comments import mark_seen


@login_required
@require_safe
@never_cache
def returned(request: HttpRequest, submission: UUID) -> HttpResponse:
    """Show one's own work with its mark and comments; what is not back says so."""
    user = signed_in_user(request)
    found = (
        Submission.objects.select_related(
            "assignment__classroom__school",
            "assignment__rubric",
            "assignment__lesson",
            "learner__profile",
            "marked_by__profile",
        )
        .filter(uuid=submission, learner=user)
        .exclude(state=Submission.State.STARTED)
        .first()
    )
    if found is None:
        raise Http404
    context = returned_context(found, reader_id=user.pk)
    if request.method == "GET" and context["is_back"]:
        mark_seen(submission=found, reader_id=user.pk, now=timezone.now())
    return render(request, "coursework/returned.html", context)
