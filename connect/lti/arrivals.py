"""An arrival: begun by the platform, answered with a question, finished by its answer."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode

from django.db import transaction
from django.utils.crypto import constant_time_compare
from lti_tool.models import LtiRegistration

from schools.switches import LTI, is_on

from ..models import LtiLogin
from .problems import LtiProblem
from .tokens import checked_claims

COOKIE_PREFIX: Final = "lti-"
ANSWER_WITHIN: Final = timedelta(minutes=10)
TICKET_FOR: Final = timedelta(minutes=15)
KEPT_FOR: Final = timedelta(days=1)
# What the platform asks with; asked with again in a window of its own.
ASKED_WITH: Final = (
    "iss", "login_hint", "target_link_uri", "lti_message_hint", "lti_deployment_id",
    "client_id",
)  # fmt: skip
Stage = LtiLogin.Stage


@dataclass(frozen=True, slots=True)
class Question:
    """Where the browser is sent to ask the platform who this is, and what it has to keep."""

    address: str
    cookie: str
    value: str


def begin(
    asked: Mapping[str, str], *, launch_url: str, in_frame: bool, now: datetime
) -> Question:
    """Begin an arrival (OpenID Connect, started by the platform). Raises LtiProblem."""
    if not is_on(LTI):
        raise LtiProblem("lti.off")
    if not asked.get("iss") or not asked.get("login_hint"):
        raise LtiProblem("lti.login_incomplete")
    registration = _registration(asked["iss"], asked.get("client_id", ""))
    login = LtiLogin.objects.create(
        registration=registration,
        state=secrets.token_urlsafe(32),
        nonce=secrets.token_urlsafe(32),
        in_frame=in_frame,
        request={key: asked[key][:2000] for key in ASKED_WITH if asked.get(key)},
        created_at=now,
    )
    question = {
        "scope": "openid",
        "response_type": "id_token",
        "response_mode": "form_post",
        "prompt": "none",
        "client_id": registration.client_id,
        "redirect_uri": launch_url,
        "state": login.state,
        "nonce": login.nonce,
        "login_hint": asked["login_hint"],
    }
    if asked.get("lti_message_hint"):
        question["lti_message_hint"] = asked["lti_message_hint"]
    joint = "&" if "?" in registration.auth_url else "?"
    return Question(
        address=f"{registration.auth_url}{joint}{urlencode(question)}",
        cookie=COOKIE_PREFIX + login.state[:16],
        value=login.state,
    )


def find_arrival(state: str) -> LtiLogin:
    """Return the arrival that a platform answers. Raises LtiProblem."""
    found = LtiLogin.objects.select_related("registration").filter(state=state).first()
    if not state or found is None:
        raise LtiProblem("lti.state_unknown")
    return found


def finish(
    login: LtiLogin,
    answered: Mapping[str, str],
    *,
    cookies: Mapping[str, str],
    now: datetime,
) -> dict[str, Any]:
    """Check the platform's answer to an arrival and return its claims. Raises LtiProblem.

    The answer counts once, in the browser that asked, and soon.
    """
    if login.stage != Stage.ASKED:
        raise LtiProblem("lti.replayed")
    if now - login.created_at > ANSWER_WITHIN:
        raise LtiProblem("lti.too_late")
    kept = cookies.get(COOKIE_PREFIX + login.state[:16], "")
    if not constant_time_compare(kept, login.state):
        raise LtiProblem("lti.cookie_missing")
    if answered.get("error"):
        raise LtiProblem("lti.platform_refused")
    claims = checked_claims(
        answered.get("id_token", ""), registration=login.registration, now=now
    )
    if not constant_time_compare(str(claims.get("nonce", "")), login.nonce):
        raise LtiProblem("lti.nonce_wrong")
    used = LtiLogin.objects.filter(pk=login.pk, stage=Stage.ASKED).update(
        stage=Stage.LAUNCHED, launched_at=now, ticket=secrets.token_urlsafe(32)
    )
    if not used:
        raise LtiProblem("lti.replayed")
    login.refresh_from_db()
    return claims


def keep_claims(login: LtiLogin, kept: Mapping[str, Any]) -> None:
    """Keep what the rest of the way needs."""
    login.claims = dict(kept)
    login.save(update_fields=["claims"])


def find_by_ticket(ticket: str, *, now: datetime) -> LtiLogin:
    """Return an arrival that was checked and is not done. Raises LtiProblem."""
    found = (
        LtiLogin.objects.select_related("registration__platform__school")
        .filter(ticket=ticket or None, stage=Stage.LAUNCHED)
        .first()
    )
    if not ticket or found is None:
        raise LtiProblem("lti.ticket_used")
    if found.launched_at is None or now - found.launched_at > TICKET_FOR:
        raise LtiProblem("lti.too_late")
    return found


@transaction.atomic
def use_ticket(ticket: str, *, now: datetime) -> LtiLogin:
    """Return an arrival and let its ticket count no more. Raises LtiProblem."""
    login = find_by_ticket(ticket, now=now)
    used = LtiLogin.objects.filter(pk=login.pk, stage=Stage.LAUNCHED).update(
        stage=Stage.DONE, ticket=None
    )
    if not used:
        raise LtiProblem("lti.ticket_used")
    return login


def forget_arrivals(*, now: datetime) -> int:
    """Delete arrivals of yesterday; return how many."""
    return LtiLogin.objects.filter(created_at__lt=now - KEPT_FOR).delete()[0]


def _registration(issuer: str, client_id: str) -> LtiRegistration:
    """Return the registration that a platform means; it may leave out its client id."""
    found = LtiRegistration.objects.filter(
        issuer=issuer, is_active=True, platform__isnull=False
    )
    if client_id:
        found = found.filter(client_id=client_id)
    known = list(found[:2])
    if len(known) != 1:
        raise LtiProblem("lti.platform_unknown")
    return known[0]
