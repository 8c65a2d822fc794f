"""Who calls: a token, which school it opens, and what it allows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja.security.base import AuthBase

from schools.audit import Detail, record
from schools.models import School
from schools.switches import API, is_on

from ..models import ApiToken
from ..services.tokens import find_token, note_use
from .limits import Allowance, count_request
from .problems import ApiProblem


@dataclass(frozen=True, slots=True)
class Caller:
    """A token that was let in, at a moment."""

    token: ApiToken
    allowance: Allowance
    now: datetime

    @property
    def school(self) -> School:
        """The only school it sees."""
        return self.token.school

    @property
    def actor(self) -> UUID | None:
        """Whoever made the token answers for what it does."""
        return self.token.created_by.uuid if self.token.created_by else None

    def record(
        self,
        action: str,
        operation: str,
        *,
        subject: UUID | None = None,
        detail: Detail | None = None,
    ) -> None:
        """Write into the audit log what the token saw or changed."""
        entry: Detail = {"operation": operation, **(detail or {})}
        record(
            action=action,
            now=self.now,
            actor=self.actor,
            school=self.school.uuid,
            subject=subject,
            target="token",
            target_uuid=self.token.uuid,
            detail=entry,
        )


class TokenAuth(AuthBase):
    """Lets in who sends ``Authorization: Bearer`` and a usable token with the scope.

    It never looks at cookies, so that no page of another site can use somebody's sign-in.
    """

    openapi_type = "http"
    openapi_scheme = "bearer"

    def __init__(self, scope: str | None = None) -> None:
        super().__init__()
        self.scope = scope

    def __call__(self, request: HttpRequest) -> Caller:
        """Return who calls. Raises ApiProblem."""
        now = timezone.now()
        token = checked_token(_sent_secret(request), now=now)
        if not is_on(API):
            raise ApiProblem(
                403, "api.off", _("The programming interface is switched off here.")
            )
        allowance = count_request(token, now=now)
        caller = Caller(token, allowance, now)
        request.api_caller = caller  # type: ignore[attr-defined]
        if self.scope is not None and not token.allows(self.scope):
            raise ApiProblem(
                403,
                "token.scope_missing",
                _("This token may not do that. It needs the scope %(scope)s.")
                % {"scope": self.scope},
            )
        note_use(token=token, now=now)
        return caller


def checked_token(secret: str, *, now: datetime) -> ApiToken:
    """Return the usable token of a secret. Raises ApiProblem (401)."""
    token = find_token(secret=secret) if secret else None
    if not secret:
        raise _unauthorised("token.missing", _("Send a token with the request."))
    if token is None:
        raise _unauthorised("token.unknown", _("This token is not known here."))
    check_usable(token, now=now)
    return token


def check_usable(token: ApiToken, *, now: datetime) -> None:
    """Raise ApiProblem (401) if a token has ended, or its school is switched off."""
    if token.revoked_at is not None:
        raise _unauthorised("token.revoked", _("This token was revoked."))
    if not token.is_usable(now=now):
        raise _unauthorised("token.expired", _("This token has run out."))
    if not token.school.is_active:
        raise _unauthorised("school.inactive", _("This school is switched off."))


def check_again(caller: Caller) -> None:
    """Look anew whether the token still holds, in the middle of a long answer."""
    token = ApiToken.objects.select_related("school").filter(pk=caller.token.pk).first()
    if token is None:
        raise _unauthorised("token.revoked", _("This token was revoked."))
    check_usable(token, now=timezone.now())


def caller_of(request: HttpRequest) -> Caller:
    """Return who calls, once they were let in."""
    caller: Caller = request.api_caller  # type: ignore[attr-defined]
    return caller


def _sent_secret(request: HttpRequest) -> str:
    kind, _space, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip() if kind.lower() == "bearer" else ""


def _unauthorised(code: str, message: str) -> ApiProblem:
    return ApiProblem(401, code, message, headers={"WWW-Authenticate": "Bearer"})
