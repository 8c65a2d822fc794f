"""Tokens and other systems for tests."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.test import Client
from django.utils import timezone

from connect.models import ApiToken, Scope
from connect.services.tokens import make_token
from schools.models import School


@dataclass
class ApiClient:
    """Another system with a token."""

    token: ApiToken
    secret: str

    def get(self, address: str, **query: Any) -> Any:
        """Read."""
        return self.send("GET", address, query=query)

    def post(self, address: str, body: Any = None, *, key: str = "") -> Any:
        """Write."""
        headers = {"Idempotency-Key": key} if key else {}
        return self.send("POST", address, body=body, headers=headers)

    def send(
        self,
        method: str,
        address: str,
        *,
        body: Any = None,
        query: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
    ) -> Any:
        """Send anything."""
        return Client().generic(
            method,
            f"/api/v1/{address}",
            "" if body is None else _json(body),
            content_type="application/json",
            query_params=query or None,
            headers={"Authorization": f"Bearer {self.secret}", **(headers or {})},
        )


def api_client(
    school: School,
    *,
    scopes: Collection[str] = tuple(Scope.values),
    expires_at: datetime | None = None,
) -> ApiClient:
    """Return a system that may do everything in a school, or what ``scopes`` say."""
    token, secret = make_token(
        school=school,
        name="Timetable",
        scopes=scopes,
        expires_at=expires_at,
        by=None,
        now=timezone.now(),
    )
    return ApiClient(token, secret)


def _json(body: Any) -> str:
    return body if isinstance(body, str) else json.dumps(body, default=str)
