"""Learning platforms: registered for a school, switched off, deployments added."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from lti_tool.models import Key, LtiDeployment, LtiRegistration

from schools.audit import record
from schools.models import School
from schools.problem import SchoolProblem

from ..models import LtiPlatform
from ..outbound import check_address

if TYPE_CHECKING:
    from learners.models import User


class PlatformKnown(SchoolProblem):
    """The pair of issuer and client id is registered."""

    message = _(
        "This platform is registered already with this client id, here or for another "
        "school."
    )


@dataclass(frozen=True, slots=True)
class PlatformFields:
    """What a platform's page about its tools says."""

    name: str
    issuer: str
    client_id: str
    deployment_id: str
    auth_url: str
    token_url: str
    keyset_url: str
    audience: str = ""


def register_platform(
    *, school: School, fields: PlatformFields, by: User, now: datetime
) -> LtiPlatform:
    """Let people of a platform arrive, as members of the school.

    Raises PlatformKnown, and OutboundProblem for an address that is not taken.
    """
    for url in (fields.auth_url, fields.token_url, fields.keyset_url):
        check_address(url)
    own_key()
    try:
        with transaction.atomic():
            registration = LtiRegistration.objects.create(
                name=fields.name,
                issuer=fields.issuer,
                client_id=fields.client_id,
                auth_url=fields.auth_url,
                token_url=fields.token_url,
                keyset_url=fields.keyset_url,
                audience=fields.audience,
            )
            LtiDeployment.objects.create(
                registration=registration,
                deployment_id=fields.deployment_id,
                is_active=True,
            )
            platform = LtiPlatform.objects.create(
                registration=registration, school=school, created_by=by, created_at=now
            )
            _record("platform.registered", platform, by, now)
    except IntegrityError:
        raise PlatformKnown from None
    return platform


@transaction.atomic
def add_deployment(
    *, platform: LtiPlatform, deployment_id: str, by: User, now: datetime
) -> None:
    """Let people arrive from another place of the same platform; twice is once."""
    LtiDeployment.objects.update_or_create(
        registration=platform.registration,
        deployment_id=deployment_id,
        defaults={"is_active": True},
    )
    _record("platform.deployment_added", platform, by, now)


@transaction.atomic
def switch_platform(
    *, platform: LtiPlatform, is_active: bool, by: User, now: datetime
) -> None:
    """Let nobody arrive from a platform any more, or again; who is here stays."""
    platform.registration.is_active = is_active
    platform.registration.save(update_fields=["is_active", "datetime_modified"])
    action = "platform.switched_on" if is_active else "platform.switched_off"
    _record(action, platform, by, now)


def own_key() -> Key:
    """Return the site's key, made when it is first needed; its public half is at the JWKS."""
    key = Key.objects.filter(is_active=True).order_by("datetime_created").last()
    return key or Key.objects.generate()


def _record(action: str, platform: LtiPlatform, by: User, now: datetime) -> None:
    record(
        action=action,
        now=now,
        actor=by.uuid,
        school=platform.school.uuid,
        target="platform",
        target_uuid=platform.uuid,
    )
