"""What goes here when an account is erased: copies that no foreign key leads to."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.dispatch import receiver
from lti_tool.models import LtiUser

from learners.models import User
from learners.signals import erasing

from .models import ApiReply, LtiLogin, WebhookDelivery


@receiver(erasing, dispatch_uid="connect.erase_account")
def forget_account(user: User, **kwargs: Any) -> None:
    """Delete messages, kept answers and identities of other platforms that name them.

    A message that waits to be sent is not sent any more: it would tell of somebody who is
    gone.
    """
    people = LtiUser.objects.filter(Q(auth_user=user) | Q(identity__user=user))
    words = [str(user.uuid), user.email, *people.values_list("sub", flat=True)]
    _naming(WebhookDelivery.objects.all(), "payload", words).delete()
    _naming(ApiReply.objects.all(), "body", words).delete()
    _naming(LtiLogin.objects.all(), "claims", words).delete()
    people.delete()


def _naming(rows: QuerySet[Any], field: str, words: list[str]) -> QuerySet[Any]:
    """Return the rows whose JSON holds one of the words; each stands in quotes there."""
    named = Q()
    for word in words:
        named |= Q(as_text__icontains=f'"{word}"')
    found: QuerySet[Any] = rows.annotate(as_text=Cast(field, TextField()))
    return found.filter(named)
