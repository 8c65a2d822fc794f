"""Every engine of the project, by kind and name."""

from __future__ import annotations

from .engine_spec import EngineSpec
from .speech_engine_specs import SPEECH_SPECS

_ENGINES = "inference.engines"

SPECS: tuple[EngineSpec, ...] = (
    EngineSpec(
        kind="detector",
        name="silero",
        factory=f"{_ENGINES}.detectors.silero:Silero",
        libraries=("onnxruntime", "faster_whisper"),
        install="pip install onnxruntime faster-whisper",
    ),
    EngineSpec(
        kind="transcriber",
        name="faster_whisper",
        factory=f"{_ENGINES}.transcribers.faster_whisper:FasterWhisper",
        options=frozenset(
            {
                "device",
                "device_index",
                "compute_type",
                "threads",
                "beam_size",
                "pad_s",
                "workers",
                "batch",
            }
        ),
        libraries=("faster_whisper", "soxr"),
        install="pip install faster-whisper soxr",
        weights="model",
    ),
    EngineSpec(
        kind="scorer",
        name="whisper_frames",
        factory=f"{_ENGINES}.scorers.whisper_frames:WhisperFrames",
        options=frozenset({"device", "compute_type", "threads"}),
        libraries=("ctranslate2", "faster_whisper", "soxr"),
        install="pip install faster-whisper soxr",
        weights="model",
    ),
    EngineSpec(
        kind="scorer",
        name="asr_confidence",
        factory=f"{_ENGINES}.scorers.asr_confidence:AsrConfidence",
        libraries=("soxr",),
        install="pip install soxr",
    ),
    EngineSpec(
        kind="scorer",
        name="wav2vec2_ctc",
        factory=f"{_ENGINES}.scorers.wav2vec2_ctc:Wav2Vec2Ctc",
        options=frozenset({"model_dir", "device", "dtype", "longest_s"}),
        libraries=("torch", "transformers", "soxr"),
        install="pip install -r requirements/wav2vec2.in",
    ),
    EngineSpec(
        kind="scorer",
        name="whisperx",
        factory=f"{_ENGINES}.scorers.whisperx_alignment:WhisperXAlignment",
        options=frozenset({"model_dir", "language", "device", "longest_s"}),
        libraries=("whisperx", "torch", "torchaudio", "soxr"),
        install="pip install -r requirements/whisperx.in",
    ),
    EngineSpec(
        kind="dialogue",
        name="llama_cpp",
        factory=f"{_ENGINES}.dialogue.llama_cpp:LlamaCpp",
        options=frozenset(
            {
                "slots",
                "slot_context_tokens",
                "threads",
                "gpu_layers",
                "first_token_timeout_s",
                "between_tokens_timeout_s",
            }
        ),
        libraries=("xllamacpp", "openai"),
        install="pip install xllamacpp openai",
        weights="model",
    ),
    EngineSpec(
        kind="dialogue",
        name="openai",
        factory=f"{_ENGINES}.dialogue.openai_compatible:OpenAICompatible",
        options=frozenset(
            {
                "base_url",
                "api_key",
                "model",
                "connect_timeout_s",
                "first_token_timeout_s",
                "between_tokens_timeout_s",
                "reads_ahead",
            }
        ),
        libraries=("openai",),
        install="pip install openai",
    ),
    EngineSpec(
        kind="synthesizer",
        name="piper",
        factory=f"{_ENGINES}.synthesizers.piper:Piper",
        options=frozenset({"threads", "patience_s"}),
        libraries=("piper", "onnx", "onnxruntime"),
        install="pip install 'piper-tts[alignment]'",
        weights="voice",
    ),
    EngineSpec(
        kind="synthesizer",
        name="kokoro",
        factory=f"{_ENGINES}.synthesizers.kokoro:Kokoro",
        options=frozenset({"threads", "patience_s", "speaker"}),
        libraries=("piper", "onnx", "onnxruntime"),
        install="pip install 'piper-tts[alignment]'",
        weights="voice",
    ),
    EngineSpec(
        kind="synthesizer",
        name="pico",
        factory=f"{_ENGINES}.synthesizers.pico:Pico",
        options=frozenset({"patience_s"}),
        libraries=("py_nanotts",),
        install="pip install py-nanotts",
    ),
    EngineSpec(
        kind="synthesizer",
        name="espeak",
        factory=f"{_ENGINES}.synthesizers.espeak:Espeak",
        options=frozenset({"patience_s"}),
        libraries=("piper",),
        install="pip install piper-tts",
    ),
    EngineSpec(
        kind="synthesizer",
        name="xtts",
        factory=f"{_ENGINES}.synthesizers.xtts:Xtts",
        # Its library may be in an environment of its own, which the engine looks into.
        options=frozenset(
            {
                "model_dir",
                "voices_dir",
                "speaker",
                "device",
                "dtype",
                "deepspeed",
                "chunk_tokens",
                "python",
                "patience_s",
            }
        ),
        install="pip install -r requirements/xtts.in",
    ),
    EngineSpec(
        kind="synthesizer",
        name="voices",
        factory=f"{_ENGINES}.synthesizers.voices:Voices",
        options=frozenset({"first", "most_loaded", "fetch_in_background"}),
        parts="voices",
    ),
    EngineSpec(
        kind="animator",
        name="visemes",
        factory=f"{_ENGINES}.avatars.visemes:Visemes",
    ),
    EngineSpec(
        kind="face_renderer",
        name="none",
        factory=f"{_ENGINES}.avatars.no_face:NoFace",
    ),
    EngineSpec(
        kind="face_renderer",
        name="cpu_head",
        factory=f"{_ENGINES}.avatars.head.client:CpuHeadFace",
        options=frozenset({"cache_dir", "patience_s"}),
        libraries=("av", "numba", "PIL"),
        install="pip install av numba pillow",
    ),
    EngineSpec(
        kind="face_renderer",
        name="musetalk",
        factory=f"{_ENGINES}.avatars.musetalk.engine:musetalk",
        options=frozenset(
            {
                "model_dir",
                "avatars_dir",
                "prepared_dir",
                "device",
                "dtype",
                "batch",
                "wait_ms",
                "streams",
                "longest_s",
                "match_colour",
            }
        ),
        libraries=("torch", "diffusers", "transformers", "PIL", "av"),
        install="pip install -r requirements/musetalk.in",
    ),
    EngineSpec(
        kind="clip_renderer",
        name="none",
        factory=f"{_ENGINES}.avatars.clips.no_clips:NoClips",
    ),
    EngineSpec(
        kind="clip_renderer",
        name="head",
        factory=f"{_ENGINES}.avatars.clips.head_clips:HeadClips",
        options=frozenset({"cache_dir"}),
        libraries=("av", "numba", "PIL"),
        install="pip install av numba pillow",
    ),
    EngineSpec(
        kind="clip_renderer",
        name="sadtalker",
        factory=f"{_ENGINES}.avatars.clips.sadtalker:SadTalker",
        options=frozenset(
            {
                "python",
                "checkout",
                "checkpoint_dir",
                "size",
                "preprocess",
                "still",
                "enhancer",
                "pose_style",
                "expression_scale",
                "batch_size",
                "cpu",
                "timeout_s",
                "work_dir",
            }
        ),
        libraries=("av",),
        install="pip install av",
    ),
    EngineSpec(
        kind="face_finder",
        name="none",
        factory=f"{_ENGINES}.faces.no_faces:NoFaces",
    ),
    EngineSpec(
        kind="face_finder",
        name="centerface",
        factory=f"{_ENGINES}.faces.centerface:CenterFace",
        libraries=("onnxruntime",),
        install="pip install onnxruntime",
        weights="model",
    ),
    EngineSpec(
        kind="turn_detector",
        name="none",
        factory=f"{_ENGINES}.turns.no_turns:NoTurns",
    ),
    EngineSpec(
        kind="turn_detector",
        name="smart_turn",
        factory=f"{_ENGINES}.turns.smart_turn:SmartTurn",
        options=frozenset({"threads"}),
        libraries=("onnxruntime",),
        install="pip install onnxruntime",
        weights="model",
    ),
    *SPEECH_SPECS,
)
