"""Requests of administrators who see the site as somebody else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from learners.models import User
from schools.acting import SESSION_KEY, Acting, acting_as

from .impersonation import end, running
from .lent_pages import END, SAFE_METHODS, SIGN_OUT, can_be_looked_at, is_taken_along
from .models import Impersonation

GetResponse = Callable[[HttpRequest], HttpResponse]


class ImpersonationMiddleware:
    """Stands after the sign-in: from here on the request is the other person's.

    ``request.impersonation`` says so to pages. Whose browser it really is stays in the
    browser's session, and every entry of the audit log names them.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as the other person, while that lasts."""
        key = request.session.get(SESSION_KEY)
        if not key or not isinstance(request.user, User):
            return self.get_response(request)
        found = running(uuid=str(key), actor_id=request.user.pk, now=timezone.now())
        if found is None:
            del request.session[SESSION_KEY]
            if request.method in SAFE_METHODS:
                return redirect("operations:see-as-over")
            return self.get_response(request)
        request.impersonation = found  # type: ignore[attr-defined]
        request.user = found.person
        with acting_as(Acting(actor=found.actor.uuid, person=found.person.uuid)):
            answer = self.get_response(request)
        if is_taken_along(
            answer.get("Content-Type", ""), answer.get("Content-Disposition", "")
        ):
            answer.close()
            return _refused(request)
        return answer

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Refuse what is not to be looked at, and everything that is sent."""
        found: Impersonation | None = getattr(request, "impersonation", None)
        match = request.resolver_match
        if found is None or match is None or match.view_name == END:
            return None
        if match.view_name == SIGN_OUT:
            end(found, now=timezone.now(), why="actor")
            request.user = found.actor
            return None
        shown = can_be_looked_at(match.view_name)
        if request.method in SAFE_METHODS and shown:
            return None
        return _refused(request)


def _refused(request: HttpRequest) -> HttpResponse:
    context = {"sent": request.method not in SAFE_METHODS}
    return render(request, "operations/lent_refused.html", context, status=403)
