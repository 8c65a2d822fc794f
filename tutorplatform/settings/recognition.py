"""The transcriber: Whisper here, Vosk's small models, or a server of OpenAI's protocol."""

from typing import Any

import environ

env = environ.Env()

_WHISPER_DEVICE = env("TUTOR_WHISPER_DEVICE", default="cpu")

_OPTIONS: dict[str, dict[str, Any]] = {
    "faster_whisper": {
        # A model of inference/models.toml, or the whole path of a folder.
        "model": env("TUTOR_WHISPER_MODEL", default="whisper-base"),
        "device": _WHISPER_DEVICE,
        "device_index": env("TUTOR_WHISPER_DEVICE_INDEX", default="0"),
        # Empty: int8 on a processor, float16 on CUDA.
        "compute_type": env("TUTOR_WHISPER_COMPUTE_TYPE", default=""),
        "threads": env.int("TUTOR_WHISPER_THREADS", default=0),
        # Hypotheses followed at the same time: more hear better, and later.
        "beam_size": env.int("TUTOR_WHISPER_BEAM", default=2),
        "batch": env.int("TUTOR_WHISPER_BATCH", default=1),
    },
    "vosk": {
        "model_dir": env("TUTOR_VOSK_DIR", default=""),
        "language": env("TUTOR_VOSK_LANGUAGE", default="en"),
    },
    "openai": {
        "base_url": env("TUTOR_ASR_BASE_URL", default=""),
        "model": env("TUTOR_ASR_MODEL", default=""),
        "api_key": env("TUTOR_ASR_API_KEY", default="none"),
        "partials": env.bool("TUTOR_ASR_PARTIALS", default=True),
        "timeout_s": env.float("TUTOR_ASR_TIMEOUT_S", default=20.0),
    },
}

_NAME = env(
    "TUTOR_TRANSCRIBER",
    default="openai" if env("TUTOR_ASR_BASE_URL", default="") else "faster_whisper",
)

TRANSCRIBER: dict[str, Any] = {"NAME": _NAME, "OPTIONS": _OPTIONS.get(_NAME, {})}
