"""Which voice speaks each language that is taught, the best first."""

from typing import Any

import environ

env = environ.Env()

_PIPER = {"threads": env.int("TUTOR_VOICE_THREADS", default=0)}


def _piper(model: str) -> dict[str, Any]:
    return {"NAME": "piper", "OPTIONS": {"voice": model, **_PIPER}}


_KOKORO = {"NAME": "kokoro", "OPTIONS": {"voice": "kokoro-82m-int8", **_PIPER}}
_PICO: dict[str, Any] = {"NAME": "pico", "OPTIONS": {}}
_ESPEAK: dict[str, Any] = {"NAME": "espeak", "OPTIONS": {}}

# Piper's voices but the English one come from the model hub; the others are there without it.
VOICES: dict[str, list[dict[str, Any]]] = {
    "en": [_piper(env("TUTOR_VOICE", default="piper-en_US-joe-medium")), _ESPEAK],
    "es": [
        _piper(env("TUTOR_VOICE_ES", default="piper-es_ES-davefx-medium")),
        _KOKORO,
        _PICO,
        _ESPEAK,
    ],
    "fr": [
        _piper(env("TUTOR_VOICE_FR", default="piper-fr_FR-siwis-medium")),
        _PICO,
        _ESPEAK,
    ],
    "de": [
        _piper(env("TUTOR_VOICE_DE", default="piper-de_DE-thorsten-medium")),
        _PICO,
        _ESPEAK,
    ],
}

# Their weights are fetched with the platform and their voices loaded at the start; those
# of other languages when somebody first speaks one.
FIRST_VOICES: list[str] = env.list("TUTOR_FIRST_LANGUAGES", default=["en"])
