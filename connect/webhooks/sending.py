"""Gets messages to other systems: signed, tried again with growing pauses, given up at last."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone
from standardwebhooks.webhooks import Webhook

from inference.protocols import Cancelled
from schools.switches import WEBHOOKS, is_on, schools_without

from ..models import WebhookDelivery, WebhookEndpoint
from ..outbound import OutboundProblem, OutboundSession

State = WebhookDelivery.State
# After the first try at once: about two and a half days in all.
PAUSES: Final = tuple(
    timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 1440, 1440)
)
ATTEMPTS: Final = len(PAUSES) + 1
# While one process sends a message no other one takes it.
CLAIMED_FOR: Final = timedelta(minutes=2)
GONE: Final = 410
KEPT_FOR: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of a round."""

    delivered: int = 0
    failed: int = 0


def send_due(
    *, now: datetime, most: int = 200, cancelled: Cancelled | None = None
) -> Sent:
    """Try the messages that are due, oldest first."""
    due = WebhookDelivery.objects.filter(
        state=State.WAITING, next_try_at__lte=now, endpoint__is_active=True
    ).exclude(endpoint__school_id__in=schools_without(WEBHOOKS))
    if not is_on(WEBHOOKS):
        return Sent()
    due = due.order_by("next_try_at", "id")
    delivered = failed = 0
    for pk in list(due.values_list("pk", flat=True)[:most]):
        if cancelled is not None and cancelled.is_set():
            break
        outcome = deliver(delivery_id=pk, now=now)
        delivered += outcome is True
        failed += outcome is False
    return Sent(delivered, failed)


def deliver(*, delivery_id: int, now: datetime) -> bool | None:
    """Try one message; None: somebody else is at it, or there is nothing to do."""
    delivery = _claimed(delivery_id, now)
    if delivery is None:
        return None
    status, error = _post(delivery)
    arrived = status is not None and 200 <= status < 300
    delivery.last_status, delivery.last_error = status, error
    if arrived:
        delivery.state, delivery.delivered_at = State.DELIVERED, timezone.now()
    elif delivery.attempts >= ATTEMPTS or status == GONE:
        delivery.state = State.DEAD
    else:
        delivery.next_try_at = now + PAUSES[delivery.attempts - 1]
    delivery.save(
        update_fields=[
            "state", "delivered_at", "next_try_at", "last_status", "last_error",
        ]
    )  # fmt: skip
    if status == GONE:
        # The standard's word for "never again".
        WebhookEndpoint.objects.filter(pk=delivery.endpoint_id).update(is_active=False)
    return arrived


def signed_headers(
    *, secret: str, message_id: str, body: str, at: datetime
) -> dict[str, str]:
    """Return the headers by which a receiver knows that a message is ours and new."""
    return {
        "Content-Type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(secret).sign(message_id, at, body),
    }


def forget_deliveries(*, now: datetime) -> int:
    """Delete messages that were delivered or given up a month ago; return how many."""
    old = WebhookDelivery.objects.filter(created_at__lt=now - KEPT_FOR)
    return old.exclude(state=State.WAITING).delete()[0]


def _claimed(delivery_id: int, now: datetime) -> WebhookDelivery | None:
    """Return a message that is due and that from now on nobody else sends."""
    delivery = (
        WebhookDelivery.objects.select_related("endpoint")
        .filter(pk=delivery_id, state=State.WAITING, next_try_at__lte=now)
        .first()
    )
    if delivery is None or not delivery.endpoint.is_active:
        return None
    claimed = WebhookDelivery.objects.filter(
        pk=delivery_id, attempts=delivery.attempts, next_try_at=delivery.next_try_at
    ).update(attempts=delivery.attempts + 1, next_try_at=now + CLAIMED_FOR)
    delivery.attempts += 1
    return delivery if claimed else None


def _post(delivery: WebhookDelivery) -> tuple[int | None, str]:
    body = json.dumps(delivery.payload, separators=(",", ":"))
    headers = signed_headers(
        secret=delivery.endpoint.secret,
        message_id=str(delivery.uuid),
        body=body,
        at=timezone.now(),
    )
    try:
        with OutboundSession() as session:
            response = session.post(
                delivery.endpoint.url, data=body.encode(), headers=headers
            )
    except OutboundProblem as problem:
        return None, problem.code
    return response.status_code, ""
