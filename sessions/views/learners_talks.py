"""Teachers look at talks of their learners, and say that they looked."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from learners.permissions import reviewable_learners, signed_in_user

from ..care import FlagAlreadySeen, mark_care_seen
from ..care_forms import CareSeenForm
from ..learners_talks import (
    care_flags_for,
    closed_care_flags,
    list_learners_talks,
    open_care_flags,
    talk_rows,
)
from ..report_page import flag_rows

A_PAGE = 20
# Older ones are found by their learner's name; counting all of a school takes long.
MOST_TALKS = 1000
MAX_SEARCH_CHARS = 100
FLAGS_SHOWN = 20
CLOSED_SHOWN = 10


@login_required
@require_safe
def learners_talks(request: HttpRequest) -> HttpResponse:
    """Show talks of the learners one answers for; ``?search=`` by name or address."""
    user = signed_in_user(request)
    if not reviewable_learners(user).exists():
        raise Http404
    search = request.GET.get("search", "").replace("\x00", "").strip()
    search = search[:MAX_SEARCH_CHARS]
    talks = list_learners_talks(user=user, search=search)
    page = Paginator(talks[:MOST_TALKS], A_PAGE).get_page(request.GET.get("page"))
    flags = open_care_flags(user=user)
    context = {
        "page": page,
        "rows": talk_rows(page),
        "search": search,
        "flags": flag_rows(flags[:FLAGS_SHOWN]),
        "n_flags": flags.count(),
        "closed": flag_rows(closed_care_flags(user=user)[:CLOSED_SHOWN]),
    }
    return render(request, "sessions/learners_talks.html", context)


@login_required
@require_POST
def care_seen(request: HttpRequest, uuid: UUID, turn: int) -> HttpResponse:
    """Close the flag of a turn, with a note; one that is too long comes back."""
    user = signed_in_user(request)
    flag = (
        care_flags_for(user=user)
        .filter(turn__session__uuid=uuid, turn__index=turn)
        .first()
    )
    if flag is None:
        raise Http404
    form = CareSeenForm(request.POST)
    if not form.is_valid():
        context = {"flag": flag, "form": form, "session": flag.turn.session}
        return render(request, "sessions/care_seen.html", context, status=422)
    try:
        mark_care_seen(
            flag_id=flag.pk,
            seen_by=user.pk,
            note=form.cleaned_data["note"],
            now=timezone.now(),
        )
    except FlagAlreadySeen:
        messages.info(request, _("Somebody else looked at it before you."))
    else:
        messages.success(request, _("Marked as looked at."))
    return redirect("sessions:session-report", uuid)
