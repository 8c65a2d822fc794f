"""The voice of exercises, in the languages that have one."""

from __future__ import annotations

from typing import Any

from inference.conf import get_runner

from .live.spoken_words import spoken_words
from .turns.interruption import Interruption
from .voices import voice_of


def has_voice(language: str) -> bool:
    """Whether something here can say a text of this language."""
    return voice_of(language) is not None


async def say(text: str, *, language: str, speed: float) -> dict[str, Any]:
    """Return a text's sound as JSON. Raises StageError ``tts.failed``."""
    return await spoken_words.say(
        get_runner(), text, language=language, speed=speed, cancelled=Interruption()
    )
