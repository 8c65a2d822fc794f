"""Piper in a process of its own: reads requests on stdin, writes speech on stdout.

Piper and espeak-ng are GPL-3. They are imported here and nowhere else, and this program
shares with the tutor only the frames of ``piper_wire``. It ends when stdin closes.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from threading import Lock, Thread
from typing import Any, BinaryIO

from inference.engines.synthesizers.loudness import speech_level_db
from inference.engines.synthesizers.piper_graph import take_decoder
from inference.engines.synthesizers.piper_halves import (
    HalvedSession,
    Piece,
    pieces,
    word_breaks,
)
from inference.engines.synthesizers.piper_wire import Header, read_frame, write_frame
from inference.engines.synthesizers.word_places import Place, place_words


@dataclass
class Inbox:
    """Requests that wait, and the ids nobody wants any more."""

    waiting: SimpleQueue[Header]
    cancelled: set[int]
    lock: Lock

    def read_forever(self, stream: BinaryIO) -> None:
        """Take requests in until the parent goes, then end the process at once."""
        try:
            while (frame := read_frame(stream)) is not None:
                header, _payload = frame
                if header["kind"] == "cancel":
                    with self.lock:
                        self.cancelled.add(header["id"])
                else:
                    self.waiting.put(header)
        finally:
            os._exit(0)

    def wants(self, request_id: int) -> bool:
        """Whether this request is still wanted."""
        with self.lock:
            return request_id not in self.cancelled

    def forget(self, request_id: int) -> None:
        """Drop what is remembered of a request that is over."""
        with self.lock:
            self.cancelled.discard(request_id)


def load_voice(model: Path, threads: int) -> Any:
    """Load a voice that tells how long each phoneme lasts, and sounds in pieces if it can."""
    from piper import PiperVoice
    from piper.config import PiperConfig

    config_file = model.with_name(model.name + ".json")
    config = PiperConfig.from_dict(json.loads(config_file.read_text("utf-8")))
    try:
        session = _halves(_graph(model), config.hop_length, threads)
    except Exception as failure:  # noqa: BLE001 - a voice in one is as good, only later
        sys.stderr.write(f"Not in pieces: {type(failure).__name__}\n")
        session = None
    if session is None:
        session = _session(_graph(model), threads)
    return PiperVoice(config=config, session=session)


def _graph(model: Path) -> Any:
    import onnx
    from piper.patch_voice_with_alignment import add_alignment_output

    graph = onnx.load(str(model))
    if len(graph.graph.output) == 1:
        add_alignment_output(graph)
    return graph


def _halves(graph: Any, hop: int, threads: int) -> HalvedSession | None:
    """Return sessions of a voice's two halves; None if it has to stay in one."""
    decoder = take_decoder(graph)
    if decoder is None or decoder.hop != hop:
        return None
    return HalvedSession(
        _session(graph, threads),
        _session(decoder.model, threads),
        latent=decoder.latent,
        hop=hop,
        reach=decoder.reach,
    )


def _session(graph: Any, threads: int) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # Spinning threads would take the cores away from the language model.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(
        graph.SerializeToString(),
        sess_options=options,
        providers=["CPUExecutionProvider"],
    )


def speak(voice: Any, request: Header, inbox: Inbox, out: BinaryIO) -> None:
    """Answer one request with chunks, then ``done`` or ``failed``."""
    request_id = request["id"]
    try:
        for header, sound in _chunks(voice, request, lambda: inbox.wants(request_id)):
            write_frame(out, header, sound)
    except Exception as failure:  # noqa: BLE001 - told to the parent, which decides
        # The class only: a message could hold the text that was to be spoken.
        failed: Header = {"kind": "failed", "id": request_id}
        write_frame(out, {**failed, "message": type(failure).__name__})
    else:
        write_frame(out, {"kind": "done", "id": request_id})
    inbox.forget(request_id)


def _chunks(
    voice: Any, request: Header, wanted: Callable[[], bool]
) -> Iterator[tuple[Header, bytes]]:
    """Yield frames of sentences, or of pieces of them, as long as they are wanted."""
    import numpy as np
    from piper.config import SynthesisConfig

    config = SynthesisConfig(
        length_scale=voice.config.length_scale / request["speed"],
        normalize_audio=False,
    )
    words = [_phonemes(voice, word) for word in request["words"]]
    n_placed = 0
    for chunk in voice.synthesize(
        request["text"], syn_config=config, include_alignments=True
    ):
        if not wanted():
            return
        spans = [
            (a.phoneme, int(a.num_samples)) for a in chunk.phoneme_alignments or ()
        ]
        places = place_words(words[n_placed:], spans)
        n_placed += len(places)
        for piece in _pieces(voice, chunk, places):
            if not wanted():
                return
            header: Header = {"kind": "chunk", "id": request["id"], "words": words}
            header |= {"begin": piece.begin, "goes_on": piece.goes_on}
            header |= {"level_db": piece.level_db, "share": piece.share}
            header["phonemes"] = spans
            yield header, np.ascontiguousarray(piece.samples, "<f4").tobytes()


def _pieces(voice: Any, chunk: Any, places: Sequence[Place | None]) -> Iterator[Piece]:
    """Yield the sound of a sentence: whole, if the voice's session made it already."""
    if isinstance(voice.session, HalvedSession):
        return pieces(voice.session, word_breaks(places), voice.config.sample_rate)
    sound = chunk.audio_float_array
    level_db = speech_level_db(sound, voice.config.sample_rate)
    return iter([Piece(0, sound, goes_on=False, level_db=level_db, share=1.0)])


def _phonemes(voice: Any, word: str) -> list[str]:
    """Return how a word is said by itself; nothing if it is not said."""
    sentences = voice.phonemize(word) if word else []
    return [phoneme for sentence in sentences for phoneme in sentence]


def main() -> None:
    """Load the voice, say so, then speak what is asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True, help="the .onnx file")
    parser.add_argument("--threads", type=int, default=0)
    arguments = parser.parse_args()
    # Ctrl-C reaches every process of a terminal; this one goes when its parent does.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Libraries may print: only frames go out on the real stdout.
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    inbox = Inbox(waiting=SimpleQueue(), cancelled=set(), lock=Lock())
    Thread(target=inbox.read_forever, args=(sys.stdin.buffer,), daemon=True).start()
    voice = load_voice(arguments.model, arguments.threads)
    rate, language = voice.config.sample_rate, voice.config.espeak_voice
    write_frame(out, {"kind": "ready", "rate": rate, "voice": language})
    while True:
        request = inbox.waiting.get()
        if inbox.wants(request["id"]):
            speak(voice, request, inbox, out)
        else:
            inbox.forget(request["id"])


if __name__ == "__main__":
    main()
