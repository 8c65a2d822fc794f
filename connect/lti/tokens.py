"""Checks what a platform signed: by its own keys, for this site, now, and only once.

``jwt`` does the cryptography; django-lti's own check leaves the audience, the issuer of the
key and missing times to the caller, so it is not used here.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

import jwt
from django.conf import settings
from django.core.cache import cache
from lti_tool.models import LtiDeployment, LtiRegistration
from pylti1p3.exception import LtiException
from pylti1p3.message_validators import get_validators

from ..outbound import OutboundProblem, OutboundSession
from .problems import LtiProblem
from .roles import CLAIM

ALGORITHM: Final = "RS256"
REQUIRED: Final = ("iss", "aud", "exp", "iat", "nonce", "sub")
KEYS_KEPT_S: Final = 3600
# A kid that is not known fetches the keys anew, but not for each forged token.
FETCH_AGAIN_AFTER_S: Final = 60
LONGEST: Final = 255


def checked_claims(
    token: str, *, registration: LtiRegistration, now: datetime
) -> dict[str, Any]:
    """Return the claims of a token that a platform signed. Raises LtiProblem."""
    key = _key_of(token, registration)
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=[ALGORITHM],
            audience=registration.client_id,
            issuer=registration.issuer,
            leeway=settings.CONNECT["CLOCK_SKEW_S"],
            options={"require": list(REQUIRED)},
        )
    except jwt.InvalidTokenError as error:
        raise LtiProblem(_code_of(error)) from None
    is_shared = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if is_shared and claims.get("azp") != registration.client_id:
        raise LtiProblem("lti.audience_wrong")
    _check_message(claims)
    _check_deployment(claims, registration)
    return claims


def _code_of(error: jwt.InvalidTokenError) -> str:
    by_kind: tuple[tuple[type[Exception], str], ...] = (
        (jwt.ExpiredSignatureError, "lti.expired"),
        (jwt.ImmatureSignatureError, "lti.clock_wrong"),
        (jwt.InvalidIssuerError, "lti.issuer_wrong"),
        (jwt.InvalidAudienceError, "lti.audience_wrong"),
        (jwt.MissingRequiredClaimError, "lti.claims_missing"),
        (jwt.InvalidIssuedAtError, "lti.claims_missing"),
        (jwt.InvalidSignatureError, "lti.signature_wrong"),
        (jwt.InvalidAlgorithmError, "lti.signature_wrong"),
    )
    return next(
        (code for kind, code in by_kind if isinstance(error, kind)),
        "lti.token_malformed",
    )


def _key_of(token: str, registration: LtiRegistration) -> Any:
    try:
        header = jwt.get_unverified_header(token)
    except jwt.InvalidTokenError:
        raise LtiProblem("lti.token_malformed") from None
    if header.get("alg") != ALGORITHM:
        raise LtiProblem("lti.signature_wrong")
    kid = str(header.get("kid", ""))
    for fresh in (False, True):
        for entry in _keys(registration, fresh=fresh):
            if isinstance(entry, dict) and str(entry.get("kid", "")) == kid:
                return _public_key(entry)
    raise LtiProblem("lti.signature_wrong")


def _public_key(entry: dict[str, Any]) -> Any:
    if entry.get("kty") != "RSA":
        raise LtiProblem("lti.signature_wrong")
    try:
        return jwt.PyJWK.from_dict(entry, algorithm=ALGORITHM).key
    except (jwt.PyJWTError, ValueError, TypeError):
        raise LtiProblem("lti.signature_wrong") from None


def _keys(registration: LtiRegistration, *, fresh: bool) -> list[Any]:
    """Return the platform's keys, from memory unless ``fresh`` ones are needed."""
    name = f"lti-keys:{registration.uuid}:{registration.keyset_url}"
    known: list[Any] | None = cache.get(name)
    if known is not None and not fresh:
        return known
    if fresh and not cache.add(f"{name}:again", 1, timeout=FETCH_AGAIN_AFTER_S):
        return known or []
    try:
        with OutboundSession() as session:
            response = session.get(registration.keyset_url)
        body = response.json() if response.ok else {}
    except (OutboundProblem, ValueError):
        raise LtiProblem("lti.keys_unreachable") from None
    found = body.get("keys") if isinstance(body, dict) else None
    if not isinstance(found, list):
        raise LtiProblem("lti.keys_unreachable")
    cache.set(name, found, timeout=KEYS_KEPT_S)
    return found


def _check_message(claims: dict[str, Any]) -> None:
    """Raise LtiProblem unless it is a message of the standard, with all it needs."""
    known: Any = get_validators()  # type: ignore[no-untyped-call]
    fits = [validator for validator in known if validator.can_validate(claims)]
    if len(fits) != 1:
        raise LtiProblem("lti.message_unknown")
    try:
        fits[0].validate(claims)
    except (LtiException, AttributeError, TypeError):
        raise LtiProblem("lti.claims_missing") from None
    roles = claims.get(f"{CLAIM}roles")
    context = claims.get(f"{CLAIM}context", {})
    link = claims.get(f"{CLAIM}resource_link", {})
    # The standard lets it be left out; without a course nobody knows where they belong.
    if not isinstance(context, dict) or not context.get("id"):
        raise LtiProblem("lti.claims_missing")
    for part in (context, link):
        if not isinstance(part, dict) or len(str(part.get("id", ""))) > LONGEST:
            raise LtiProblem("lti.claims_missing")
    if not isinstance(roles, list) or not all(isinstance(role, str) for role in roles):
        raise LtiProblem("lti.claims_missing")
    if not isinstance(claims["sub"], str) or len(claims["sub"]) > LONGEST:
        raise LtiProblem("lti.claims_missing")


def _check_deployment(claims: dict[str, Any], registration: LtiRegistration) -> None:
    known = LtiDeployment.objects.filter(
        registration=registration,
        deployment_id=str(claims.get(f"{CLAIM}deployment_id", ""))[:LONGEST],
        is_active=True,
    )
    if not known.exists():
        raise LtiProblem("lti.deployment_unknown")
