"""What a POST with an idempotency key was answered."""

from __future__ import annotations

from django.db import models

from .api_token import ApiToken


class ApiReply(models.Model):
    """The answer to the first POST with a key, given again to each repetition for a day.

    ``fingerprint`` is a hash of address and body: the same key with another request is an
    error. The row is written in the transaction of what the request did, so that it is
    there exactly if that was done.

    Personal data: the learner whom a request was about, until the row is deleted.
    """

    token = models.ForeignKey(ApiToken, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=100)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    body = models.JSONField(default=dict)
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("token", "key"), name="%(app_label)s_%(class)s_unique"
            ),
        )

    def __str__(self) -> str:
        return f"reply {self.pk}"
