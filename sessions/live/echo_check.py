"""The echo check of one talk: what the microphone hears against what the page is playing."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from inference.types.audio import AudioClip, FloatSamples
from sessions.turns.context import TurnContext
from sessions.turns.echo import (
    EARLY_MS,
    LATE_MS,
    WINDOW_MS,
    explained_share,
    to_rate,
    voice_between,
)
from sessions.turns.playback import Playback

# A room is silent so long after a reply.
LINGERS_S = 1.0


class EchoCheck:
    """Remembers the latest reply as long as its echo may be heard."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        # Of its turn nothing more: the learner's voice lives no longer than that does.
        self._latest: tuple[Playback, Sequence[AudioClip]] | None = None
        self._over_at: float | None = None

    def reply_over(self) -> None:
        """The turn that goes on has ended."""
        self._over_at = self._clock()

    def follow(self, ctx: TurnContext | None) -> None:
        """A reply begins."""
        self._latest = None if ctx is None else (ctx.playback, ctx.reply_audio)
        self._over_at = None

    def share(self, heard: AudioClip, ctx: TurnContext | None) -> float:
        """Return how much of the latest sound is the tutor's voice, 0 to 1.

        ``ctx`` is whose reply is played; None: nobody's any more.
        """
        latest = self._latest
        if latest is None:
            return 0.0
        if ctx is None and self._gone_s() > LINGERS_S:
            self._latest = None
            return 0.0
        sound = heard.as_float32()[-round(WINDOW_MS * heard.sample_rate_hz / 1000) :]
        playback, clips = latest
        voice = played_before(clips, playback.place_ms + 1000 * self._gone_s())
        return explained_share(to_rate(sound, heard.sample_rate_hz), voice)

    def _gone_s(self) -> float:
        return 0.0 if self._over_at is None else self._clock() - self._over_at


def played_before(clips: Sequence[AudioClip], place_ms: float) -> FloatSamples:
    """Return what of a reply can be heard as an echo when its listener is at a place."""
    return voice_between(clips, place_ms - WINDOW_MS - LATE_MS, place_ms + EARLY_MS)
