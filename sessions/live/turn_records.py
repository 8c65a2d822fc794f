"""A turn in the making to the record that is kept of it, once and again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from inference.types.audio import AudioClip
from sessions.turns.context import FixedReply, SpokenInput, TurnContext, TypedInput
from sessions.turns.events import Outcome, ReplyCompleted, TurnEvent
from sessions.turns.repository import TurnRecord

from .presenter import timing_json


def record_of(
    ctx: TurnContext,
    *,
    started_at: datetime,
    engines: dict[str, str],
    ended_at: datetime | None,
    worded: bool = False,
) -> TurnRecord:
    """Return what is kept of a turn; ``ended_at`` None while the reply is to come.

    ``worded``: the whole reply is known, though it was not heard yet.
    """
    over = ended_at is not None
    known = over or worded
    clip = ctx.input.clip if isinstance(ctx.input, SpokenInput) else None
    return TurnRecord(
        index=ctx.index,
        attempt=ctx.attempt,
        started_at=started_at,
        learner=ctx.learner,
        learner_clip=clip,
        learner_ms=round(clip.duration_ms) if clip else 0,
        outcome=ctx.outcome if over else None,
        opening=isinstance(ctx.input, FixedReply),
        reply_text=ctx.reply_text.strip() if known else "",
        reply_heard=ctx.heard_reply() if over else None,
        reply_clip=_joined(ctx.reply_audio) if over else None,
        cues=tuple((c.viseme.value, c.start_ms, c.end_ms) for c in ctx.reply_cues),
        timing=timing_json(ctx.timer.result(ctx.index)) if over else None,
        engines=engines,
        errors=tuple(ctx.errors),
        ended_at=ended_at,
        taught=ctx.taught if known else None,
        mic_end_frame=ctx.input.mic_end_frame
        if isinstance(ctx.input, SpokenInput)
        else None,
        client_id=ctx.input.client_id if isinstance(ctx.input, TypedInput) else "",
        gated_before=bool(ctx.known_reply),
    )


def is_answer(ctx: TurnContext, event: TurnEvent) -> bool:
    """Whether an event says that the answer to the learner's words is known in full."""
    answers = ctx.learner is not None and ctx.outcome is not Outcome.FAILED
    return answers and isinstance(event, ReplyCompleted)


def is_to_go_on(ctx: TurnContext) -> bool:
    """Whether a turn that is stopped can be taken up where its words are known.

    The opening, too, is said again: nothing of it is kept before its end.
    """
    if isinstance(ctx.input, FixedReply):
        return not ctx.playback.finished
    return ctx.learner is not None and not ctx.playback.finished


def _joined(clips: list[AudioClip]) -> AudioClip | None:
    if not clips:
        return None
    return AudioClip(b"".join(clip.pcm for clip in clips), clips[0].sample_rate_hz)


class EndedTurns:
    """How to write turns again of which more may become known after their end.

    A later try of a turn takes the place of an earlier one.
    """

    def __init__(self, may_change: Callable[[int], bool]) -> None:
        self._may_change = may_change
        self._turns: dict[int, tuple[TurnContext, Callable[[], None]]] = {}

    def put(self, ctx: TurnContext, save: Callable[[], None]) -> None:
        """Remember a turn that was written at its end, as long as it may change."""
        self._turns[ctx.index] = (ctx, save)
        self._forget()

    def save_again(
        self, index: int, *, more: bool, only: TurnContext | None = None
    ) -> None:
        """Write a turn again if it has ended; with ``only``, not another try of it.

        ``more``: it may change once more.
        """
        ctx, save = self._turns.get(index, (None, None))
        if save is None or only not in (None, ctx):
            return
        save()
        if not more:
            del self._turns[index]

    def _forget(self) -> None:
        self._turns = {
            index: turn
            for index, turn in self._turns.items()
            if self._may_change(index)
        }
