"""How a page's script is refused: a code, words for a person, and the HTTP status."""

from __future__ import annotations

from django.http import JsonResponse
from django_stubs_ext import StrOrPromise


class RequestRefused(Exception):
    """What was asked cannot be done.

    ``code`` is documented in ``docs/wire_protocol.md``; the message is for people and
    never repeats what was sent. ``retry_after_s`` tells when to come back.
    """

    def __init__(
        self,
        code: str,
        message: StrOrPromise,
        *,
        status: int,
        retry_after_s: int | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = str(message)
        self.status = status
        self.retry_after_s = retry_after_s

    def response(self) -> JsonResponse:
        """Return what the script gets."""
        response = JsonResponse(
            {"code": self.code, "message": self.message}, status=self.status
        )
        if self.retry_after_s is not None:
            response["Retry-After"] = str(self.retry_after_s)
        return response
