"""Before a talk: whether there is time and room for it, and the queue where there is not."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from learners.local_time import time_zone
from learners.permissions import signed_in_user
from schools.quota_rules import limits_of
from schools.switches import LIVE_TALKS, is_on_for

from ..models import TutoringSession
from ..quota_places import Gate, Look, leave_queue, look
from ..quotas import Whose, best_standing
from ..selectors import get_session

ASK_EVERY_S = 5


def refusal_to_start(request: HttpRequest, learner_id: int) -> HttpResponse | None:
    """Return the page that says why no talk can begin today, None where one can."""
    if not is_on_for(LIVE_TALKS, user_id=learner_id):
        return gate_page(request, learner_id, Look(Gate.OFF))
    now = timezone.now()
    standing = best_standing(learner_id, limits_of(user_id=learner_id), now=now)
    if standing.is_spent:
        return gate_page(request, learner_id, Look(Gate.SPENT, standing))
    return None


def page_at_the_gate(
    request: HttpRequest, session: TutoringSession
) -> HttpResponse | None:
    """Return the page that a talk waits in or ends at, None where it may begin."""
    found = look(session, now=timezone.now())
    if found.gate is Gate.OPEN:
        return None
    if found.gate is Gate.FULL:
        context = {
            "session": session,
            "place": _place_json(found),
            "ask_every_s": ASK_EVERY_S,
        }
        return render(request, "sessions/talk_queue.html", context)
    return gate_page(request, session.learner_id, found)


def gate_page(request: HttpRequest, learner_id: int, found: Look) -> HttpResponse:
    """Say kindly that there is no talk now, why, and what else can be done."""
    standing = found.standing
    context = {
        "is_off": found.gate is Gate.OFF,
        "of_school": standing is not None and standing.whose is Whose.SCHOOL,
        "used_minutes": round(standing.used_s / 60) if standing else 0,
        "limit_minutes": round(standing.limit_s / 60) if standing else 0,
        "back_at": standing.back_at if standing else None,
        "zone": time_zone(learner_id=learner_id),
    }
    return render(request, "sessions/talk_refused.html", context)


@login_required
@never_cache
@require_POST
def queue_place(request: HttpRequest, uuid: UUID) -> JsonResponse:
    """Say that the page still waits; answer with its place, or that it may go on."""
    session = _own_active_session(request, uuid)
    return JsonResponse(_place_json(look(session, now=timezone.now())))


@login_required
@require_POST
def queue_leave(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Give the place up. ``closing``: the page is being closed, and shows no answer."""
    session = _own_active_session(request, uuid)
    leave_queue(session_id=session.pk)
    if "closing" in request.POST:
        return HttpResponse(status=204)
    return redirect("today")


def _place_json(found: Look) -> dict[str, object]:
    place = found.ahead + 1
    words = ngettext(
        "You are next.", "You are number %(place)s in the queue.", place
    ) % {"place": place}
    if found.gate is not Gate.FULL:
        words = _("It is your turn.")
    return {"waits": found.gate is Gate.FULL, "place": place, "words": words}


def _own_active_session(request: HttpRequest, uuid: UUID) -> TutoringSession:
    try:
        session = get_session(uuid=uuid)
    except TutoringSession.DoesNotExist:
        raise Http404 from None
    if session.learner_id != signed_in_user(request).pk:
        raise Http404
    if session.status != TutoringSession.Status.ACTIVE:
        raise Http404
    return session
