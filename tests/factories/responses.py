"""Answers of the test client that hold a file open."""

from __future__ import annotations

from django.core.signals import request_finished
from django.db import close_old_connections
from django.http import HttpResponseBase


def closed(response: HttpResponseBase) -> HttpResponseBase:
    """Close an answer, but not the database's connection, which the test goes on with."""
    request_finished.disconnect(close_old_connections)
    response.close()
    request_finished.connect(close_old_connections)
    return response
