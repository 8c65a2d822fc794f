"""Which engine runs each stage, and where. Read by ``inference.conf``."""

import os
from pathlib import Path
from typing import Any

import environ

from .musetalk import MUSETALK
from .recognition import TRANSCRIBER
from .sadtalker import SADTALKER
from .speech_servers import FISH_SPEECH, OPENAI_VOICE
from .voices import FIRST_VOICES, VOICES
from .xtts import XTTS

env = environ.Env()

# A head for a browser without a graphics card takes half a core while it speaks; on two
# cores that also recognise, think and speak it would come too late.
FACE_BY_CORES = "cpu_head" if (os.cpu_count() or 1) >= 4 else "none"

# Nobody asks it where pauses alone decide.
TURN_DETECTOR = (
    "none" if env("TUTOR_TURN_TAKING", default="model") == "pause" else "smart_turn"
)

INFERENCE: dict[str, Any] = {
    # "embedded" runs stages in this process, "queued" those of settings/queued.py on workers.
    "RUNNER": env("TUTOR_RUNNER", default="embedded"),
    "MODELS_DIR": Path(
        env(
            "TUTOR_MODELS_DIR", default=str(Path.home() / ".cache/tutorplatform/models")
        )
    ),
    # A folder with the model files, tried before any download.
    "LOCAL_SOURCE_DIR": env("TUTOR_LOCAL_MODELS", default=""),
    # How many runs of a stage go on at the same time in one process.
    "THREADS": {
        "transcribe": env.int("TUTOR_TRANSCRIBE_THREADS", default=1),
        "assess": env.int("TUTOR_ASSESS_THREADS", default=1),
        "respond": env.int("TUTOR_RESPOND_THREADS", default=16),
        "synthesize": env.int("TUTOR_SYNTHESIZE_THREADS", default=2),
        # 0: the default face looks mouth shapes up, quicker than a thread is woken.
        "animate": env.int("TUTOR_ANIMATE_THREADS", default=0),
        "render": env.int("TUTOR_RENDER_THREADS", default=2),
        "prepare": 1,
    },
    # The longest wait for the next result of a stage.
    "DEADLINE_S": {
        "transcribe": 30.0,
        "assess": 10.0,
        "respond": 12.0,
        "synthesize": 20.0,
        "animate": 5.0,
        "render": 5.0,
        # A video of some seconds, face by face.
        "prepare": 180.0,
    },
    "ENGINES": {
        "detector": {"NAME": env("TUTOR_DETECTOR", default="silero"), "OPTIONS": {}},
        "transcriber": TRANSCRIBER,
        "scorer": {
            "NAME": env("TUTOR_SCORER", default="whisper_frames"),
            # The scorer reads frames of these weights only, whatever recognises speech.
            "OPTIONS": {"model": "whisper-base"}
            if env("TUTOR_SCORER", default="whisper_frames") == "whisper_frames"
            else {
                # A folder, for the scorers of GPU hosts.
                "model_dir": env("TUTOR_SCORER_DIR", default=""),
                "device": env("TUTOR_SCORER_DEVICE", default="cpu"),
            },
        },
        "dialogue": {
            # "llama_cpp" starts and supervises its own server; "openai" talks to
            # the server named by TUTOR_LLM_BASE_URL.
            "NAME": env(
                "TUTOR_DIALOGUE",
                default="openai"
                if env("TUTOR_LLM_BASE_URL", default="")
                else "llama_cpp",
            ),
            "OPTIONS": {
                # A model of inference/models.toml, or the name the "openai" server knows.
                "model": env(
                    "TUTOR_LLM_MODEL",
                    default=""
                    if env("TUTOR_LLM_BASE_URL", default="")
                    else "qwen2.5-coder-1.5b-instruct-q4_k_m",
                ),
                "base_url": env("TUTOR_LLM_BASE_URL", default=""),
                "api_key": env("TUTOR_LLM_API_KEY", default="none"),
                # Prompts are read by that server before they are needed: for one's own.
                "reads_ahead": env.bool("TUTOR_LLM_READS_AHEAD", default=False),
                "slots": env.int("TUTOR_LLM_SLOTS", default=4),
                "slot_context_tokens": env.int("TUTOR_LLM_SLOT_TOKENS", default=2048),
                "threads": env.int("TUTOR_LLM_THREADS", default=0),
            },
        },
        "synthesizer": {
            # "voices" chooses by language; any other engine speaks all with one voice.
            "NAME": env("TUTOR_SYNTHESIZER", default="voices"),
            "OPTIONS": {
                "voice": env("TUTOR_VOICE", default="piper-en_US-joe-medium"),
                "voices": VOICES,
                "first": FIRST_VOICES,
                "fetch_in_background": env.bool("TUTOR_FETCH_VOICES", default=True),
                **XTTS,
                # Both servers have an address: the one that is chosen gets its own.
                **(
                    FISH_SPEECH
                    if env("TUTOR_SYNTHESIZER", default="voices") == "fish_speech"
                    else OPENAI_VOICE
                ),
            },
        },
        "animator": {"NAME": env("TUTOR_ANIMATOR", default="visemes"), "OPTIONS": {}},
        "face_renderer": {
            "NAME": env("TUTOR_FACE_RENDERER", default=FACE_BY_CORES),
            "OPTIONS": {**MUSETALK, "cache_dir": env("TUTOR_FACE_CACHE", default="")},
        },
        "clip_renderer": {
            "NAME": env("TUTOR_CLIP_RENDERER", default="head"),
            "OPTIONS": {**SADTALKER, "cache_dir": env("TUTOR_FACE_CACHE", default="")},
        },
        "face_finder": {
            "NAME": env("TUTOR_FACE_FINDER", default="centerface"),
            "OPTIONS": {"model": "centerface"},
        },
        "turn_detector": {
            "NAME": env("TUTOR_TURN_DETECTOR", default=TURN_DETECTOR),
            "OPTIONS": {"model": "smart-turn-v3.2", "threads": 1},
        },
    },
}
