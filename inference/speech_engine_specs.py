"""Engines that hear and speak beside the built-in ones: other libraries, other servers."""

from __future__ import annotations

from .engine_spec import EngineSpec

_ENGINES = "inference.engines"
_SERVER = frozenset({"base_url", "api_key", "connect_timeout_s", "timeout_s"})

SPEECH_SPECS: tuple[EngineSpec, ...] = (
    EngineSpec(
        kind="transcriber",
        name="openai",
        factory=f"{_ENGINES}.transcribers.openai_compatible:OpenAITranscriber",
        options=_SERVER | {"model", "languages", "partials"},
        libraries=("openai", "soxr"),
        install="pip install openai soxr",
    ),
    EngineSpec(
        kind="transcriber",
        name="vosk",
        factory=f"{_ENGINES}.transcribers.vosk:Vosk",
        options=frozenset({"model_dir", "language"}),
        libraries=("vosk", "soxr"),
        install="pip install -r requirements/vosk.in",
    ),
    EngineSpec(
        kind="synthesizer",
        name="openai",
        factory=f"{_ENGINES}.synthesizers.openai_voice:OpenAIVoice",
        options=_SERVER | {"model", "speakers", "form", "rate_hz", "stretch"},
        libraries=("openai",),
        install="pip install openai",
    ),
    EngineSpec(
        kind="synthesizer",
        name="fish_speech",
        factory=f"{_ENGINES}.synthesizers.fish_speech:FishSpeech",
        options=_SERVER | {"speakers", "references_dir", "streaming"},
        libraries=("httpx", "msgpack"),
        install="pip install httpx msgpack",
    ),
)
