"""Which voice speaks each language that is taught, the best first."""

import os
from typing import Any

import environ

from .speech_servers import FISH_SPEECH, OPENAI_VOICE
from .xtts import XTTS

env = environ.Env()

_THREADS = {"threads": env.int("TUTOR_VOICE_THREADS", default=0)}


def _listed(engines: list[str], piper: str) -> list[dict[str, Any]]:
    """Return the settings of engines by name; ``piper`` is the model of Piper's voice."""
    options: dict[str, dict[str, Any]] = {
        "piper": {"voice": piper, **_THREADS},
        "kokoro": {"voice": "kokoro-82m-int8", **_THREADS},
        "xtts": XTTS,
        "openai": OPENAI_VOICE,
        "fish_speech": FISH_SPEECH,
    }
    return [{"NAME": name, "OPTIONS": options.get(name, {})} for name in engines]


# Kokoro sounds more like a person and takes half of two cores while it speaks: where these
# also recognise and think, its first word comes seconds late.
_SPANISH = (
    ["piper", "kokoro", "pico", "espeak"]
    if (os.cpu_count() or 1) >= 4
    else ["piper", "pico", "kokoro", "espeak"]
)

# Piper's voices but the English one come from the model hub; the others are there without.
VOICES: dict[str, list[dict[str, Any]]] = {
    "en": _listed(
        env.list("TUTOR_VOICES_EN", default=["piper", "espeak"]),
        env("TUTOR_VOICE", default="piper-en_US-joe-medium"),
    ),
    "es": _listed(
        env.list("TUTOR_VOICES_ES", default=_SPANISH),
        env("TUTOR_VOICE_ES", default="piper-es_ES-davefx-medium"),
    ),
    "fr": _listed(
        env.list("TUTOR_VOICES_FR", default=["piper", "pico", "espeak"]),
        env("TUTOR_VOICE_FR", default="piper-fr_FR-siwis-medium"),
    ),
    "de": _listed(
        env.list("TUTOR_VOICES_DE", default=["piper", "pico", "espeak"]),
        env("TUTOR_VOICE_DE", default="piper-de_DE-thorsten-medium"),
    ),
}

# Their weights are fetched with the platform and their voices loaded at the start; those
# of other languages when somebody first speaks one.
FIRST_VOICES: list[str] = env.list("TUTOR_FIRST_LANGUAGES", default=["en"])
