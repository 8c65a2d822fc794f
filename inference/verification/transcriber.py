"""What every transcriber keeps to."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from threading import Event
from typing import cast

from inference.batch_protocols import BatchTranscriber
from inference.errors import StageError
from inference.protocols import Transcriber
from inference.types.audio import AudioClip
from inference.types.speech import TranscribeRequest, Transcript

from .checks import Check, expect
from .material import Material, cancelled


def _hear(engine: Transcriber, material: Material, *, partial: bool) -> Transcript:
    request = TranscribeRequest(
        material.speech, language=material.language, partial=partial
    )
    heard = engine.transcribe(request, cancelled=Event())
    expect(isinstance(heard, Transcript), "the result is no transcript")
    expect(
        heard.text == heard.text.strip() != "", "nothing was heard, or blanks around"
    )
    known = engine.capabilities.languages
    expect(heard.language in known, f"{heard.language!r} is no language of it")
    for name in ("confidence", "no_speech_probability"):
        expect(0 <= getattr(heard, name) <= 1, f"{name} is outside 0 to 1")
    expect(heard.features is None, "features came without being asked for")
    return heard


def _hears_words(engine: Transcriber, material: Material) -> str | None:
    heard = _hear(engine, material, partial=False)
    words = heard.words
    if not engine.capabilities.word_times:
        expect(words == (), "words came from an engine that says it has no times")
        return "its words have no times"
    expect(
        [w.text.strip() for w in words] == heard.text.split(), "words are not the text"
    )
    expect(all(0 <= w.confidence <= 1 for w in words), "a confidence outside 0 to 1")
    expect(words[0].start_ms >= 0, "a word begins before the clip")
    end_ms = material.speech.duration_ms
    expect(words[-1].end_ms <= end_ms + 1e-6, "a word ends after the clip")
    expect(all(w.start_ms <= w.end_ms for w in words), "a word ends before it begins")
    for one, following in pairwise(words):
        expect(one.end_ms <= following.start_ms + 1e-6, "two words overlap")
    return None


def _looks_quickly(engine: Transcriber, material: Material) -> None:
    heard = _hear(engine, material, partial=True)
    expect(heard.words == (), "a partial has words")


def _stops(engine: Transcriber, material: Material) -> None:
    request = TranscribeRequest(material.speech, language=material.language)
    heard = engine.transcribe(request, cancelled=cancelled())
    expect((heard.text, heard.words) == ("", ()), "a cancelled call heard something")


def _hears_several(engine: Transcriber, material: Material) -> str | None:
    """Clips of several lengths come out of one call as they do alone."""
    most = engine.capabilities.batch
    expect(most >= 1, "it hears less than one clip at once")
    if most == 1:
        return "one clip at a time"
    expect(isinstance(engine, BatchTranscriber), "there is no transcribe_batch")
    requests = [
        TranscribeRequest(_shortened(material.speech, share), material.language)
        for share in (1.0, 0.6, 1.0, 0.8)
    ]
    alone = [engine.transcribe(each, cancelled=Event()) for each in requests]
    unknown = replace(requests[0], language="xx")
    together = cast(BatchTranscriber, engine).transcribe_batch(
        [*requests, unknown, requests[0]],
        cancelled=[*[Event()] * 5, cancelled()],
    )
    expect(together[:4] == alone, "clips are heard in another way together")
    expect(isinstance(together[4], StageError), "a language it does not know is heard")
    last = together[5]
    stopped = isinstance(last, Transcript) and last.text == ""
    expect(stopped, "a cancelled clip was heard")
    return f"{most} clips at once"


def _shortened(clip: AudioClip, share: float) -> AudioClip:
    return AudioClip(clip.pcm[: 2 * int(share * clip.n_samples)], clip.sample_rate_hz)


CHECKS = (
    Check("hears words with times", _hears_words),
    Check("gives text only for a partial", _looks_quickly),
    Check("hears nothing once cancelled", _stops),
    Check("hears several clips as one by one", _hears_several),
)
