"""How quickly this host answers: the language model, the voice, the face."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from statistics import median
from threading import Event

from inference.errors import StageError
from inference.protocols import DialogueModel, FaceRenderer, SpeechSynthesizer
from inference.stages.stage import EngineKind
from inference.types.dialogue import DialogueRequest, Message
from inference.types.face import FPS, RenderRequest
from inference.types.speech import SpeechChunk, SynthesisRequest

from .engines import made, name_of
from .figures import WritingSpeed
from .hearing import seconds

_TALK = "tune-latency"
# As long as the rules of a talk and what was said in it.
_RULES = "You are a friendly tutor of English. You speak with a learner at A2. " * 8
# Twenty tokens or so, as a turn has.
_TURN = "Yesterday I go to the market with my sister and we buy two apples."
_TOKENS = 24
EIGHT_WORDS = "That sounds like a really nice weekend, Mina."
_WRITTEN_FROM = 4


def writing(threads: Iterable[int], runs: int) -> Iterator[WritingSpeed]:
    """Yield how quick the language model is with so many threads; of a server, once."""
    if name_of(EngineKind.DIALOGUE) != "llama_cpp":
        yield _speed(made(EngineKind.DIALOGUE), 0, runs)
        return
    for n_threads in threads:
        # One talk at a time is asked, and each slot takes memory.
        engine = made(EngineKind.DIALOGUE, threads=n_threads, slots=1)
        yield _speed(engine, n_threads, runs)


def voice_s(language: str, runs: int) -> float:
    """Return how long the first sound of eight words takes."""
    engine: SpeechSynthesizer = made(EngineKind.SYNTHESIZER)
    request = SynthesisRequest(EIGHT_WORDS, language=language)

    def first() -> None:
        next(iter(engine.synthesize(request, cancelled=Event())))

    with closing(engine):
        engine.warm()
        first()
        return seconds(runs, first)


def face(speech: SpeechChunk) -> tuple[float, bool] | None:
    """Return how many cores the drawn head takes, and whether it keeps up.

    None where it cannot be made.
    """
    try:
        engine: FaceRenderer = made(EngineKind.FACE_RENDERER, name="cpu_head")
        with closing(engine):
            engine.warm()
            avatar = min(engine.capabilities.avatars)
            request = RenderRequest(avatar, _TALK, "1.0", speech, 0.0)
            _film(engine, request)
            began, spent = time.perf_counter(), time.process_time()
            frames = _film(engine, request)
            took = time.perf_counter() - began
            cores = (time.process_time() - spent) / (frames / FPS)
            engine.release(_TALK)
            return cores, took < frames / FPS
    except StageError:
        return None


def _film(engine: FaceRenderer, request: RenderRequest) -> int:
    fragments = engine.stream(request, cancelled=Event())
    return max(1, sum(fragment.frames for fragment in fragments))


def _speed(engine: DialogueModel, threads: int, runs: int) -> WritingSpeed:
    with closing(engine):
        engine.warm()
        first, written, read = [], [], []
        for run in range(runs + 1):
            _ahead(engine)
            turn = Message("user", f"{run}. {_TURN}")
            request = DialogueRequest((Message("system", _RULES), turn), _TALK, _TOKENS)
            began = time.perf_counter()
            at = [
                time.perf_counter() for _ in engine.respond(request, cancelled=Event())
            ]
            if not at:
                raise StageError("llm.empty", "The language model wrote nothing")
            if run == 0:
                continue
            first.append(at[0] - began)
            use = getattr(engine, "prompt_use", lambda _: None)(_TALK)
            if use is not None and use.read_ms:
                read.append(1000 * use.read_tokens / use.read_ms)
            if use is not None and use.written_ms:
                written.append(1000 * use.written_tokens / use.written_ms)
            elif len(at) > _WRITTEN_FROM:
                # A piece may be more than a token: then clauses come sooner than reckoned.
                written.append((len(at) - 1) / (at[-1] - at[0]))
        engine.release(_TALK)
    if not written:
        raise StageError("llm.empty", "The language model wrote no whole sentence")
    return WritingSpeed(
        threads, median(first), median(written), median(read) if read else None
    )


def _ahead(engine: DialogueModel) -> None:
    """Have the rules read, as they are between turns."""
    rules = DialogueRequest((Message("system", _RULES),), _TALK, max_tokens=0)
    for _ in engine.respond(rules, cancelled=Event()):
        pass
