"""Which engines exist, by kind and name. A module is imported only when it is chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

from .errors import EngineUnavailable
from .protocols import Engine

Kind = Literal[
    "detector",
    "transcriber",
    "scorer",
    "dialogue",
    "synthesizer",
    "animator",
    "face_renderer",
    "clip_renderer",
    "face_finder",
]


@dataclass(frozen=True, slots=True)
class EngineSpec:
    """How an engine is found and made.

    ``factory`` is ``module:Class``. ``libraries`` are the importable names it needs and
    ``install`` the command that brings them. ``options`` are the keyword arguments its
    class takes from the settings. ``weights`` names the option that holds a model's
    name; the class gets the model's folder as ``model_dir`` in its place.
    """

    kind: Kind
    name: str
    factory: str
    options: frozenset[str] = frozenset()
    libraries: tuple[str, ...] = ()
    install: str = ""
    weights: str | None = None


class Registry:
    """The engines that can be chosen. Two of one kind and name are refused."""

    def __init__(self, specs: Iterable[EngineSpec]) -> None:
        self._specs: dict[tuple[str, str], EngineSpec] = {}
        for spec in specs:
            key = (spec.kind, spec.name)
            if key in self._specs:
                raise ValueError(f"Two {spec.kind} engines are called {spec.name}")
            if spec.factory.count(":") != 1:
                raise ValueError(f"{spec.factory} is not 'module:Class'")
            self._specs[key] = spec

    def names(self, kind: str) -> tuple[str, ...]:
        """Return the engines of a kind, sorted by name."""
        return tuple(sorted(name for kind_, name in self._specs if kind_ == kind))

    def spec(self, kind: str, name: str) -> EngineSpec:
        """Return one engine's spec. Raises EngineUnavailable that lists the choices."""
        try:
            return self._specs[kind, name]
        except KeyError:
            choices = ", ".join(self.names(kind)) or "none"
            raise EngineUnavailable(
                "engine.unknown",
                f"There is no {kind} engine {name!r}. Choices: {choices}",
                retryable=False,
            ) from None

    def create(
        self,
        kind: str,
        name: str,
        options: Mapping[str, Any],
        model_path: Callable[[str], Path],
    ) -> Engine:
        """Make an engine from its settings. ``model_path`` turns a model's name to a folder.

        Options that only other engines of the kind take are left out, so that one set
        of settings can serve them all; an option nobody takes is refused.
        """
        spec = self.spec(kind, name)
        self._refuse_unknown(kind, options)
        for library in spec.libraries:
            if find_spec(library) is None:
                raise EngineUnavailable(
                    "engine.library_missing",
                    f"The {kind} engine {name} needs {library}: {spec.install}",
                    retryable=False,
                )
        arguments = {key: options[key] for key in options if key in spec.options}
        if spec.weights is not None:
            arguments["model_dir"] = self._folder(spec, options, model_path)
        module, _, class_name = spec.factory.partition(":")
        engine: Engine = getattr(import_module(module), class_name)(**arguments)
        return engine

    def models_needed(self, engines: Mapping[str, Mapping[str, Any]]) -> list[str]:
        """Return the names of the models that these engine settings load."""
        needed = []
        for kind, settings in engines.items():
            if "FACTORY" in settings:
                continue
            spec = self.spec(kind, settings["NAME"])
            model = settings["OPTIONS"].get(spec.weights) if spec.weights else None
            if model:
                needed.append(str(model))
        return needed

    def _refuse_unknown(self, kind: str, options: Mapping[str, Any]) -> None:
        known: set[str] = set()
        for spec in self._specs.values():
            if spec.kind == kind:
                known |= spec.options | ({spec.weights} if spec.weights else set())
        unknown = sorted(set(options) - known)
        if unknown:
            raise EngineUnavailable(
                "engine.unknown_option",
                f"No {kind} engine takes {', '.join(unknown)}. "
                f"Options: {', '.join(sorted(known))}",
                retryable=False,
            )

    @staticmethod
    def _folder(
        spec: EngineSpec,
        options: Mapping[str, Any],
        model_path: Callable[[str], Path],
    ) -> Path:
        model = options.get(spec.weights or "")
        if not model:
            raise EngineUnavailable(
                "engine.weights_missing",
                f"The {spec.kind} engine {spec.name} needs the option {spec.weights!r}",
                retryable=False,
            )
        return model_path(str(model))


_ENGINES = "inference.engines"

ENGINES = Registry(
    [
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
                {"device", "compute_type", "threads", "beam_size", "pad_s", "workers"}
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
                }
            ),
            libraries=("openai",),
            install="pip install openai",
        ),
        EngineSpec(
            kind="synthesizer",
            name="piper",
            factory=f"{_ENGINES}.synthesizers.piper:Piper",
            options=frozenset({"threads", "deadline_s"}),
            libraries=("piper", "onnx", "onnxruntime"),
            install="pip install 'piper-tts[alignment]'",
            weights="voice",
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
    ]
)


def create_engine(
    kind: str,
    name: str,
    options: Mapping[str, Any],
    model_path: Callable[[str], Path],
) -> Engine:
    """Make one of the project's engines."""
    return ENGINES.create(kind, name, options, model_path)
