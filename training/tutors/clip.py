"""``make tutor-clip``: twenty seconds of each tutor speaking, for docs/faces."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import threading
from pathlib import Path

import django

from inference.types.clip import AvatarKind, Clip, ClipAvatar, ClipRequest
from inference.types.speech import SpeechChunk, SynthesisRequest

OUTPUT = Path(__file__).parents[2] / "docs" / "faces"
# Every mouth shape, a question, pauses.
TEXT = (
    "Hello, and welcome to your first lesson!",
    "My name doesn't matter so much, because today is all about you.",
    "Perhaps you would like to tell me about your favourite place.",
    "For example, this morning I bought five fresh peaches at the market.",
    "The weather was beautiful, so I took the long way home, by the river.",
    "Now it's your turn. What have you done today, and who were you with?",
)


def main() -> int:
    """Write one MP4 for each tutor that is asked for. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="training.tutors.clip")
    parser.add_argument("--only", nargs="+", default=["ada"])
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tutorplatform.settings.local")
    django.setup()
    speech = _speech()
    for name in options.only:
        clip = _filmed(name, speech)
        path = OUTPUT / f"{name}-speaking.mp4"
        path.write_bytes(clip.mp4)
        sys.stdout.write(
            f"{path.name} {clip.duration_ms / 1000:.1f} s, {len(clip.mp4):,} bytes\n"
        )
    return 0


def _speech() -> tuple[SpeechChunk, ...]:
    from inference import conf  # noqa: PLC0415 settings come first
    from inference.stages.stage import EngineKind  # noqa: PLC0415

    voice = conf.get_engine(EngineKind.SYNTHESIZER)
    never = threading.Event()
    try:
        return tuple(
            chunk
            for sentence in TEXT
            for chunk in voice.synthesize(SynthesisRequest(sentence), cancelled=never)
        )
    finally:
        conf.shutdown()


def _filmed(name: str, speech: tuple[SpeechChunk, ...]) -> Clip:
    from inference.engines.avatars.clips.frame_clips import FrameClips  # noqa: PLC0415
    from inference.engines.avatars.head.cpu_head import CpuHead  # noqa: PLC0415

    request = ClipRequest(ClipAvatar(name, AvatarKind.HEAD), speech)
    with tempfile.TemporaryDirectory() as folder:
        source = CpuHead(cache_dir=Path(folder))
        clips = FrameClips(source, name="docs", kind=AvatarKind.HEAD, version="1")
        for made in clips.render(request, cancelled=threading.Event()):
            if isinstance(made, Clip):
                clips.close()
                return made
    raise RuntimeError("no clip was made")


if __name__ == "__main__":
    sys.exit(main())
