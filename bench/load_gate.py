"""Twice as many learners as there are places: who is in keeps the pace, who is not queues."""

from __future__ import annotations

import http.client
import json
import secrets
from typing import Any

from .scaled import ScaledSite
from .server import Seat

# Each process asks the database for what administrators decided once in so many seconds.
FRESH_S = 6.0


def set_places(site: ScaledSite, places: int | None) -> None:
    """Let so many talk at the same time; None: as many as come."""
    site.django(
        "from datetime import UTC, datetime\n"
        "from schools import site_settings\n"
        f"site_settings.change(values={{'concurrent_sessions': {places!r}}}, "
        "by=None, now=datetime.now(UTC))"
    )


def queue_place(port: int, seat: Seat) -> int:
    """Ask for a learner's place in the queue, as the page does; 0: none."""
    token = secrets.token_hex(16)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request(
            "POST",
            f"/sessions/{seat.session}/place/",
            headers={
                "Cookie": f"sessionid={seat.cookie}; csrftoken={token}",
                "X-CSRFToken": token,
                "Origin": f"http://127.0.0.1:{port}",
            },
        )
        answer = connection.getresponse()
        if answer.status != 200:
            return 0
        said: dict[str, Any] = json.loads(answer.read())
        return int(said["place"]) if said["waits"] else 0
    finally:
        connection.close()
