"""Webhooks: made, switched, deleted; a message sent again."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from schools.audit import record
from schools.models import School

from ..models import WebhookDelivery, WebhookEndpoint, WebhookEvent
from ..outbound import check_address
from ..webhooks.events import queue_message

if TYPE_CHECKING:
    from learners.models import User


def make_endpoint(
    *, school: School, url: str, events: Collection[str], by: User, now: datetime
) -> WebhookEndpoint:
    """Have another system told. Raises OutboundProblem for an address that is not taken."""
    check_address(url)
    with transaction.atomic():
        endpoint = WebhookEndpoint.objects.create(
            school=school,
            url=url,
            secret="whsec_" + base64.b64encode(secrets.token_bytes(32)).decode(),
            events=sorted(events),
            created_by=by,
            created_at=now,
        )
        _record("webhook.made", endpoint, by, now)
    return endpoint


@transaction.atomic
def switch_endpoint(
    *, endpoint: WebhookEndpoint, is_active: bool, by: User, now: datetime
) -> None:
    """Stop telling another system, or go on; what waits is sent when it goes on."""
    endpoint.is_active = is_active
    endpoint.save(update_fields=["is_active"])
    action = "webhook.switched_on" if is_active else "webhook.switched_off"
    _record(action, endpoint, by, now)


@transaction.atomic
def delete_endpoint(*, endpoint: WebhookEndpoint, by: User, now: datetime) -> None:
    """Never tell another system again; what waits goes too."""
    _record("webhook.deleted", endpoint, by, now)
    endpoint.delete()


@transaction.atomic
def send_test(*, endpoint: WebhookEndpoint, by: User, now: datetime) -> WebhookDelivery:
    """Have a message without content sent."""
    _record("webhook.tested", endpoint, by, now)
    return queue_message(endpoint=endpoint, event=WebhookEvent.PING, data={}, now=now)


@transaction.atomic
def send_again(*, delivery: WebhookDelivery, by: User, now: datetime) -> None:
    """Have a message tried anew, as if it was new; the receiver knows it by its id."""
    delivery.state = WebhookDelivery.State.WAITING
    delivery.attempts = 0
    delivery.next_try_at = now
    delivery.save(update_fields=["state", "attempts", "next_try_at"])
    _record("webhook.sent_again", delivery.endpoint, by, now)


def _record(action: str, endpoint: WebhookEndpoint, by: User, now: datetime) -> None:
    record(
        action=action,
        now=now,
        actor=by.uuid,
        school=endpoint.school.uuid,
        target="webhook",
        target_uuid=endpoint.uuid,
    )
