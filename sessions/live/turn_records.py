"""A turn in the making to the record that is kept of it."""

from __future__ import annotations

from datetime import UTC, datetime

from inference.types.audio import AudioClip
from sessions.turns.context import FixedReply, SpokenInput, TurnContext
from sessions.turns.events import Outcome
from sessions.turns.repository import TurnRecord

from .presenter import timing_json


def record_of(
    ctx: TurnContext,
    *,
    started_at: datetime,
    engines: dict[str, str],
    outcome: Outcome | None,
) -> TurnRecord:
    """Return what is kept of a turn; ``outcome`` None while the reply is to come."""
    over = outcome is not None
    clip = ctx.input.clip if isinstance(ctx.input, SpokenInput) else None
    return TurnRecord(
        index=ctx.index,
        attempt=ctx.attempt,
        started_at=started_at,
        learner=ctx.learner,
        learner_clip=clip,
        outcome=outcome,
        opening=isinstance(ctx.input, FixedReply),
        reply_text=ctx.reply_text.strip() if over else "",
        reply_heard=ctx.heard_reply() if over else None,
        reply_clip=_joined(ctx.reply_audio) if over else None,
        cues=tuple((c.viseme.value, c.start_ms, c.end_ms) for c in ctx.reply_cues),
        timing=timing_json(ctx.timer.result(ctx.index)) if over else None,
        engines=engines,
        errors=tuple(ctx.errors),
        ended_at=datetime.now(UTC) if over else None,
        taught=ctx.taught if over else None,
    )


def _joined(clips: list[AudioClip]) -> AudioClip | None:
    if not clips:
        return None
    return AudioClip(b"".join(clip.pcm for clip in clips), clips[0].sample_rate_hz)
