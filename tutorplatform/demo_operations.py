"""What administrators of the demo see: prices, an announcement, times of turns by hand.

Nothing was measured: the demo's turns were written by hand, and so are their times.
"""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection

from operations.figures.rolling import roll_up
from schools import site_settings
from schools.announcements import save_announcement
from schools.models import Announcement, SiteValue
from sessions.models import Turn

HOST: Final = "laptop"
PRICES: Final[dict[str, Any]] = {"currency": "EUR", "hosts": 1, "host_month": 39.0}
ENGINES: Final = {
    "detector": "silero", "transcriber": "faster_whisper", "dialogue": "llama_cpp",
    "synthesizer": "voices", "animator": "visemes", "scorer": "whisper_frames",
}  # fmt: skip
# Stage: least and most ms, in the order they begin.
STAGES: Final = {
    "endpoint": (600, 640), "transcribe": (240, 520), "respond_first": (260, 760),
    "synthesize": (90, 260), "animate": (4, 14), "assess": (700, 1600),
}  # fmt: skip
NOTICE: Final = (
    "The site is updated on Sunday from 6:00 to 6:30. Talks pause meanwhile."
)


def save_operations(*, now: datetime) -> None:
    """Let pages of administrators show life. What is there already stays."""
    if not SiteValue.objects.filter(kind=SiteValue.Kind.SETTING).exists():
        site_settings.change(values=PRICES, by=None, now=now)
    if not Announcement.objects.exists():
        save_announcement(
            uuid=None,
            values={
                "text": NOTICE,
                "level": Announcement.Level.WARNING,
                "starts_at": now + timedelta(days=2),
                "ends_at": now + timedelta(days=4),
            },
            by=None,
            now=now,
        )
    untimed = list(Turn.objects.filter(timings={}, index__gt=0))
    for turn in untimed:
        turn.timings = _timings(random.Random(turn.pk))  # noqa: S311 a demo
        turn.engines = {**ENGINES, **turn.engines}
        turn.host = turn.host or HOST
    Turn.objects.bulk_update(untimed, ["timings", "engines", "host"], batch_size=200)
    _count_rows()
    roll_up(now=now)


def _count_rows() -> None:
    """Let PostgreSQL count what was just written: else it plans for empty tables."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _timings(chance: random.Random) -> dict[str, Any]:
    spans: list[dict[str, Any]] = []
    # Zero is the end of what was said, where noticing it begins.
    at = 0.0
    for name, (least, most) in STAGES.items():
        took = chance.uniform(least, most)
        spans.append({"name": name, "start_ms": at, "end_ms": round(at + took, 1)})
        at = round(at + took)
    sound = next(one["end_ms"] for one in spans if one["name"] == "synthesize")
    text = next(one["end_ms"] for one in spans if one["name"] == "respond_first")
    heard = next(one["end_ms"] for one in spans if one["name"] == "transcribe")
    return {
        "zero": "last_voiced_sample",
        "stages": spans,
        "marks": {
            "final_transcript_ms": heard,
            "first_text_ms": text,
            "first_audio_ms": sound,
        },
    }
