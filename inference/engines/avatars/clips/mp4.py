"""Clips as MP4 files that every browser plays: H.264 and AAC, the index in front."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from inference.errors import StageError
from inference.types.audio import AudioClip
from inference.types.clip import Clip
from inference.types.face import Pixels
from inference.types.speech import SpeechChunk

_VIDEO = {"crf": "20", "preset": "medium"}
_INDEX_IN_FRONT = {"movflags": "+faststart"}
_AUDIO_SAMPLES = 1024
_AUDIO_BITS = 96_000


def joined(speech: Sequence[SpeechChunk]) -> AudioClip:
    """Return the sound of all stretches. Raises ValueError if their rates differ."""
    rates = {chunk.clip.sample_rate_hz for chunk in speech}
    if len(rates) != 1:
        raise ValueError(f"{len(rates)} sample rates in one clip")
    return AudioClip(b"".join(chunk.clip.pcm for chunk in speech), rates.pop())


class ClipWriter:
    """Encodes pictures as they come; a context manager, its files go with it.

    The pictures are uint8 RGB ``(height, width, 3)``, all alike, with even sides;
    ``count`` says how many there are so far.
    """

    def __init__(self, *, fps: int) -> None:
        self._fps = fps
        self._folder = tempfile.TemporaryDirectory()
        self._path = Path(self._folder.name, "pictures.mp4")
        self._file: Any = None
        self._stream: Any = None
        self.count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._close()
        self._folder.cleanup()

    def add(self, pixels: Pixels) -> None:
        """Take the next picture."""
        import av

        if self._file is None:
            self._file = av.open(str(self._path), "w", format="mp4")
            self._stream = self._file.add_stream(
                "libx264", rate=self._fps, options=_VIDEO
            )
            self._stream.height, self._stream.width = pixels.shape[:2]
            self._stream.pix_fmt = "yuv420p"
        frame = av.VideoFrame.from_ndarray(pixels, format="rgb24")
        frame.pts, frame.time_base = self.count, Fraction(1, self._fps)
        self._file.mux(self._stream.encode(frame))
        self.count += 1

    def clip(self, speech: AudioClip) -> Clip:
        """Return all pictures with their sound. Raises StageError ``clip.failed``."""
        if self._file is None:
            raise StageError("clip.failed", "A clip without a picture")
        self._file.mux(self._stream.encode(None))
        self._close()
        return playable(self._path, speech=speech)

    def _close(self) -> None:
        file, self._file = self._file, None
        if file is not None:
            file.close()


def clip_of_frames(frames: Iterable[Pixels], *, fps: int, speech: AudioClip) -> Clip:
    """Encode pictures and their sound, see ``ClipWriter``.

    Raises StageError ``clip.failed`` where there is no picture.
    """
    with ClipWriter(fps=fps) as writer:
        for pixels in frames:
            writer.add(pixels)
        return writer.clip(speech)


def playable(path: Path, *, speech: AudioClip) -> Clip:
    """Return another program's video with this speech as its sound.

    H.264 is taken as it is, anything else encoded anew. Raises StageError ``clip.failed``
    where the file holds no video.
    """
    import av

    try:
        with av.open(str(path)) as source:
            if not source.streams.video:
                raise StageError("clip.failed", "The file holds no video")
            stream = source.streams.video[0]
            fps = float(stream.average_rate or 25)
            if stream.codec_context.name != "h264":
                pictures = _pictures(source)
                return clip_of_frames(pictures, fps=round(fps), speech=speech)
            return _with_sound(source, stream, fps, speech)
    except av.FFmpegError as error:
        raise StageError(
            "clip.failed", f"The file cannot be read: {type(error).__name__}"
        ) from error


def _with_sound(source: Any, stream: Any, fps: float, speech: AudioClip) -> Clip:
    import av

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "clip.mp4")
        count = 0
        with av.open(str(path), "w", format="mp4", options=_INDEX_IN_FRONT) as file:
            video = file.add_stream_from_template(stream)
            audio = _audio_stream(file, speech)
            for packet in source.demux(stream):
                if packet.dts is not None:
                    packet.stream = video
                    file.mux(packet)
                    count += 1
            for packets in _encoded(audio, speech):
                file.mux(packets)
        if not count:
            raise StageError("clip.failed", "A clip without a picture")
        width, height = stream.codec_context.width, stream.codec_context.height
        return Clip(path.read_bytes(), width, height, fps, 1000.0 * count / fps)


def _pictures(source: Any) -> Iterator[Pixels]:
    for frame in source.decode(video=0):
        pixels: Pixels = frame.to_ndarray(format="rgb24")
        # H.264 in 4:2:0 wants even sides.
        height, width = pixels.shape[0] // 2 * 2, pixels.shape[1] // 2 * 2
        yield np.ascontiguousarray(pixels[:height, :width])


def _audio_stream(file: Any, speech: AudioClip) -> Any:
    audio = file.add_stream("aac", rate=speech.sample_rate_hz)
    audio.layout = "mono"
    audio.bit_rate = _AUDIO_BITS
    return audio


def _encoded(audio: Any, speech: AudioClip) -> Iterator[Any]:
    """Yield the packets of the sound, in order."""
    import av

    rate = speech.sample_rate_hz
    samples: npt.NDArray[np.float32] = speech.as_float32()[None]
    for start in range(0, samples.shape[1], _AUDIO_SAMPLES):
        part = np.ascontiguousarray(samples[:, start : start + _AUDIO_SAMPLES])
        frame = av.AudioFrame.from_ndarray(part, format="fltp", layout="mono")
        frame.sample_rate = rate
        frame.pts, frame.time_base = start, Fraction(1, rate)
        yield audio.encode(frame)
    yield audio.encode(None)
