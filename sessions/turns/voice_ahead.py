"""The voice of an answer that is begun before it is certain that it is wanted."""

from __future__ import annotations

from collections.abc import AsyncGenerator

from inference.runners.base import Produced, StageRunner
from inference.stages.stage import Stage
from inference.types.speech import SynthesisRequest
from tutor.head_start import HeadStart

from .interruption import Interruption


class VoiceAhead:
    """The sound of a first clause, made before the turn is over."""

    def __init__(self, runner: StageRunner, interruption: Interruption) -> None:
        self._runner = runner
        self._interruption = interruption
        self._request: SynthesisRequest | None = None
        self._sound: HeadStart[Produced] | None = None

    def begin(self, request: SynthesisRequest) -> None:
        """Have a clause spoken. Only the first one is."""
        if self._request is None:
            self._request = request
            self._sound = HeadStart(
                self._runner.run(
                    Stage.SYNTHESIZE, request, cancelled=self._interruption
                )
            )

    def take(self, request: SynthesisRequest) -> AsyncGenerator[Produced, None] | None:
        """Return the sound of exactly this clause, once; None: there is none."""
        if self._sound is None or request != self._request:
            return None
        sound, self._sound = self._sound, None
        return sound.items()

    async def drop(self) -> None:
        """Stop what is not wanted."""
        sound, self._sound = self._sound, None
        if sound is not None:
            await sound.cancel()
