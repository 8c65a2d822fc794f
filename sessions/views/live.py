"""Before and during a session: device check, start, the live page, end."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from learners.permissions import can_take_lesson, signed_in_user

from ..help.page import help_page
from ..live.registry import live_sessions
from ..models import TutoringSession
from ..selectors import get_session
from ..services import end_session, start_session
from ..tutor_choice import drawn_head
from .gate import page_at_the_gate, refusal_to_start


@login_required
@require_POST
def session_start(request: HttpRequest) -> HttpResponse:
    """Begin a session on the posted lesson, or a free talk."""
    user = signed_in_user(request)
    if not can_take_lesson(user):
        messages.info(request, _("Tell us first which language you want to speak."))
        return redirect("learners:profile-edit")
    lesson = _posted_lesson(request)
    if (refusal := refusal_to_start(request, user.pk)) is not None:
        return refusal
    try:
        session = start_session(
            learner_id=user.pk, lesson_uuid=lesson, now=timezone.now()
        )
    except ObjectDoesNotExist:
        raise Http404 from None
    return redirect("sessions:session-live", session.uuid)


def _posted_lesson(request: HttpRequest) -> UUID | None:
    posted = request.POST.get("lesson", "")
    if not posted:
        return None
    try:
        return UUID(posted)
    except ValueError:
        raise Http404 from None


@login_required
@require_safe
def device_check(request: HttpRequest) -> HttpResponse:
    """Let people hear and see that microphone and speaker work."""
    onward = request.GET.get("next", "")
    own_site = url_has_allowed_host_and_scheme(
        onward, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return render(
        request,
        "sessions/device_check.html",
        {
            "next": onward if own_site else "",
            "to_talk": own_site and onward.startswith(reverse("sessions:session-list")),
        },
    )


def _tutor_model(learner_id: int) -> str:
    """Return the static file of the head that pages draw themselves."""
    return f"inference/tutors/{drawn_head(user_id=learner_id)}.glb"


@login_required
@never_cache
@require_safe
def session_live(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show the page that talks with the tutor; an ended session is shown as replay."""
    session = _own_session(request, uuid)
    if session.status == TutoringSession.Status.ENDED:
        return redirect("sessions:session-review", uuid)
    if (at_the_gate := page_at_the_gate(request, session)) is not None:
        return at_the_gate
    page = {
        "socketPath": f"/ws/sessions/{session.uuid}/",
        "session": str(session.uuid),
        "signInUrl": f"{reverse('account_login')}?next={request.path}",
        "help": help_page(session, corrects=settings.TEACHING["ENABLED"]),
        "face": {"model": _tutor_model(session.learner_id)},
    }
    return render(
        request,
        "sessions/session_live.html",
        {"session": session, "page": page, "debug_hooks": settings.DEBUG},
    )


@login_required
@require_POST
def session_end(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """End a session without its socket: from the history, or a page without script."""
    session = _own_session(request, uuid)
    end_session(
        session_uuid=session.uuid,
        reason=TutoringSession.EndReason.LEARNER,
        now=timezone.now(),
    )
    live_sessions.end_soon(session.uuid, "learner")
    return redirect("sessions:session-review", uuid)


def _own_session(request: HttpRequest, uuid: UUID) -> TutoringSession:
    """Return the session; another person's is as unknown as one that never was."""
    try:
        session = get_session(uuid=uuid)
    except TutoringSession.DoesNotExist:
        raise Http404 from None
    if session.learner_id != signed_in_user(request).pk:
        raise Http404
    return session
