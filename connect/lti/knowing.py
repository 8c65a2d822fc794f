"""Writes down what a platform told of somebody who arrived: who, where, by which link.

No more is kept than is used: names and address as the platform gave them, no picture, no
birthday, no other names.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from lti_tool.models import (
    LtiContext,
    LtiDeployment,
    LtiRegistration,
    LtiResourceLink,
    LtiUser,
)

from .roles import AGS, CLAIM, DEEP_LINKING, NRPS, teaches

URL_LENGTH = 200


@transaction.atomic
def note_arrival(
    registration: LtiRegistration, claims: Mapping[str, Any], *, now: datetime
) -> dict[str, Any]:
    """Keep who and where in django-lti's tables; return what the rest of the way needs."""
    person = note_person(
        registration,
        sub=claims["sub"],
        name=claims.get("name"),
        email=claims.get("email"),
    )
    deployment = LtiDeployment.objects.get(
        registration=registration, deployment_id=claims[f"{CLAIM}deployment_id"]
    )
    context = _context(deployment, claims)
    link = _link(context, claims)
    custom = claims.get(f"{CLAIM}custom")
    custom = custom if isinstance(custom, dict) else {}
    return {
        "lti_user": person.pk,
        "context": context.pk if context else None,
        "resource_link": link.pk if link else None,
        "teaches": teaches(claims[f"{CLAIM}roles"]),
        "deployment": deployment.deployment_id,
        "assignment": str(custom.get("assignment", ""))[:36],
        "lesson": str(custom.get("lesson", ""))[:36],
        "ags": _dict(claims, AGS),
        "deep_linking": _dict(claims, DEEP_LINKING),
        "is_deep_linking": DEEP_LINKING in claims,
    }


def note_person(
    registration: LtiRegistration, *, sub: str, name: object, email: object
) -> LtiUser:
    """Keep somebody of a platform by their ``sub``; what is left out stays as it was."""
    given = {
        "name": name[:500] if isinstance(name, str) else None,
        "email": email[:254].lower() if isinstance(email, str) else None,
    }
    person, _is_new = LtiUser.objects.update_or_create(
        registration=registration,
        sub=sub,
        defaults={key: value for key, value in given.items() if value},
    )
    return person


def _context(deployment: LtiDeployment, claims: Mapping[str, Any]) -> LtiContext | None:
    claim = _dict(claims, f"{CLAIM}context")
    if not claim.get("id"):
        return None
    members = str(_dict(claims, NRPS).get("context_memberships_url", ""))
    context, _is_new = LtiContext.objects.update_or_create(
        deployment=deployment,
        id_on_platform=str(claim["id"]),
        defaults={
            "title": str(claim.get("title", ""))[:500],
            "label": str(claim.get("label", ""))[:255],
            **({"memberships_url": members} if 0 < len(members) <= URL_LENGTH else {}),
        },
    )
    return context


def _link(
    context: LtiContext | None, claims: Mapping[str, Any]
) -> LtiResourceLink | None:
    claim = _dict(claims, f"{CLAIM}resource_link")
    if context is None or not claim.get("id"):
        return None
    link, _is_new = LtiResourceLink.objects.update_or_create(
        context=context,
        id_on_platform=str(claim["id"]),
        defaults={"title": str(claim.get("title", ""))[:500]},
    )
    return link


def _dict(claims: Mapping[str, Any], name: str) -> dict[str, Any]:
    found = claims.get(name)
    return found if isinstance(found, dict) else {}
