"""Voices on other machines: a server of OpenAI's protocol, and Fish Speech."""

from typing import Any

import environ

env = environ.Env()

OPENAI_VOICE: dict[str, Any] = {
    "base_url": env("TUTOR_TTS_BASE_URL", default=""),
    "model": env("TUTOR_TTS_MODEL", default=""),
    "api_key": env("TUTOR_TTS_API_KEY", default="none"),
    # The server's voice for each language, as in "en=af_heart,es=ef_dora".
    "speakers": env("TUTOR_TTS_SPEAKERS", default="en=alloy"),
    "form": env("TUTOR_TTS_FORM", default="wav"),
    "rate_hz": env.int("TUTOR_TTS_RATE_HZ", default=24000),
    "stretch": env.bool("TUTOR_TTS_STRETCH", default=False),
    "timeout_s": env.float("TUTOR_TTS_TIMEOUT_S", default=15.0),
}

FISH_SPEECH: dict[str, Any] = {
    "base_url": env("TUTOR_FISH_BASE_URL", default=""),
    "api_key": env("TUTOR_FISH_API_KEY", default=""),
    # The reference that is spoken like, for each language: "en=ada,es=ada".
    "speakers": env("TUTOR_FISH_SPEAKERS", default="en=default"),
    "references_dir": env("TUTOR_FISH_REFERENCES", default=""),
    "timeout_s": env.float("TUTOR_FISH_TIMEOUT_S", default=20.0),
}
