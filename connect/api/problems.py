"""What the API refuses, always as ``{"error": {"code", "message", "fields"?}}``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import JsonResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from ninja.errors import ValidationError


class ApiProblem(Exception):
    """A request was refused; ``code`` is for programs, ``message`` for people."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str | Promise,
        *,
        fields: Mapping[str, list[str]] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.message = message
        self.fields = fields
        self.headers = headers or {}

    def response(self) -> JsonResponse:
        """Return what the other side gets."""
        error: dict[str, Any] = {"code": self.code, "message": str(self.message)}
        if self.fields:
            error["fields"] = dict(self.fields)
        return JsonResponse(
            {"error": error}, status=self.status, headers=dict(self.headers)
        )


def not_found() -> ApiProblem:
    """There is no such thing, or it is of another school: which of both is not told."""
    return ApiProblem(404, "not_found", _("There is nothing here for this token."))


def malformed() -> ApiProblem:
    """The body is no JSON."""
    return ApiProblem(400, "request.malformed", _("The body is not valid JSON."))


def failed() -> ApiProblem:
    """Something here broke; the log says what."""
    return ApiProblem(500, "server.failed", _("This failed on our side. Try again."))


def wrong_field(field: str, code: str, message: str | Promise) -> ApiProblem:
    """One field cannot be taken."""
    return ApiProblem(422, code, message, fields={field: [str(message)]})


def wrong_fields(problem: ValidationError) -> ApiProblem:
    """Some fields cannot be taken; each is named as ``body.learner.email``."""
    fields: dict[str, list[str]] = {}
    for error in problem.errors:
        # ("body", "data", "email"): the second is the name of an argument in our code.
        place = [str(part) for part in error["loc"]]
        if place[0] == "body" and len(place) > 1:
            place = [place[0], *place[2:]]
        fields.setdefault(".".join(place), []).append(str(error["msg"]))
    return ApiProblem(
        422,
        "request.invalid",
        _("Some fields are missing or wrong. Nothing was changed."),
        fields=fields,
    )
