"""TurnEvents into the outbox: history as JSON, sound as binary, video beside both."""

from __future__ import annotations

from sessions.turns import events as e
from sessions.turns.holding import ReplyHeld, ReplyResumed

from .outbox import Outbox
from .presenter import present
from .wording import worded


def tell(outbox: Outbox, event: e.TurnEvent, language: str = "") -> None:
    """Put an event where it leaves from, what it says to the learner in ``language``.

    An interruption drops at once what waits of the reply's video and sound; sound by a
    track stands still and goes on with the reply.
    """
    match event:
        case e.ReplyAudio():
            outbox.put_audio(
                turn=event.turn,
                attempt=event.attempt,
                clause=event.clause,
                sample_rate_hz=event.clip.sample_rate_hz,
                offset_samples=event.offset_samples,
                pcm=event.clip.pcm,
            )
        case e.ReplyVideoStarted():
            outbox.video.begin(event)
        case e.ReplyVideo():
            outbox.video.put(event)
        case e.ReplyVideoEnded():
            outbox.video.end(event)
        case _:
            if isinstance(event, e.ReplyStarted | e.ReplyInterrupted):
                outbox.video.drop()
            if isinstance(event, e.ReplyInterrupted):
                outbox.hush(event.turn, event.attempt)
            if isinstance(event, ReplyHeld):
                outbox.stand(event.turn, event.attempt)
            if isinstance(event, ReplyResumed):
                outbox.stand(event.turn, event.attempt, from_ms=event.from_ms)
            type_, fields = present(event)
            if "message" in fields:
                fields = worded(fields, language)
            outbox.put(type_, fields)
            if isinstance(event, e.ReplyStarted):
                outbox.video.follow(outbox.last_seq)
