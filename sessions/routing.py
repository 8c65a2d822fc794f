"""WebSocket addresses."""

from __future__ import annotations

from django.urls import path

from .consumers import TutoringConsumer

websocket_urlpatterns = [
    path("ws/sessions/<uuid:session_uuid>/", TutoringConsumer.as_asgi()),  # type: ignore[arg-type]
]
