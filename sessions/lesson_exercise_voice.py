"""The voice of exercises, in the languages that have one."""

from __future__ import annotations

from typing import Any

from inference.conf import get_runner
from lessons.levels import TAUGHT_LANGUAGES

from .live.spoken_words import spoken_words
from .turns.interruption import Interruption


def has_voice(language: str) -> bool:
    """Whether something here can say a text of this language."""
    primary = language.split("-")[0]
    return primary in {taught.tag.split("-")[0] for taught in TAUGHT_LANGUAGES}


async def say(text: str, *, language: str, speed: float) -> dict[str, Any]:
    """Return a text's sound as JSON. Raises StageError ``tts.failed``."""
    return await spoken_words.say(
        get_runner(), text, language=language, speed=speed, cancelled=Interruption()
    )
