"""The CPU head in a process of its own: draws and encodes, so that the server need not.

Messages (``inference.framing``): ``prepare`` (avatar) is answered by one ``avatar``, whose
payload is the loop of waiting; ``loop`` (avatar, state) by one ``loop``; ``stream`` (a
RenderRequest, its sound as payload) by ``fragment``.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from inference.engines.avatars.head.cpu_head import CpuHead
from inference.engines.avatars.head.messages import read_request
from inference.engines.avatars.video.encoder import LocalEncoder
from inference.engines.avatars.video.encoder_process import fragment_message
from inference.engines.avatars.video.streamed_face import StreamedFace
from inference.serving import Answers, Inbox, serve


class HeadServer:
    """Answers the calls of the tutor's end."""

    def __init__(self, face: StreamedFace) -> None:
        self._face = face

    def prepare(self, inbox: Inbox) -> Answers:
        """Answer with the avatar, ready to speak."""
        made = self._face.prepare(inbox.opener[0]["avatar"], cancelled=inbox.cancelled)
        fields = {
            "avatar": made.avatar,
            "sha256": made.sha256,
            "width": made.width,
            "height": made.height,
            "fps": made.fps,
            "states": list(made.states),
        }
        yield {"kind": "avatar", **fields}, made.idle

    def loop(self, inbox: Inbox) -> Answers:
        """Answer with the loop of a state."""
        avatar, state = (inbox.opener[0][name] for name in ("avatar", "state"))
        clip = self._face.loop(avatar, state, cancelled=inbox.cancelled)
        yield {"kind": "loop"}, clip

    def stream(self, inbox: Inbox) -> Answers:
        """Answer with a clause's video."""
        request = read_request(*inbox.opener)
        yield from map(
            fragment_message, self._face.stream(request, cancelled=inbox.cancelled)
        )


def main() -> None:
    """Load the first head, say so, then draw what is asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache-dir", type=Path, required=True)
    source = CpuHead(cache_dir=parser.parse_args().cache_dir)
    face = StreamedFace(source, LocalEncoder())
    face.warm()
    server = HeadServer(face)
    answers = {
        "prepare": server.prepare,
        "loop": server.loop,
        "stream": server.stream,
    }
    serve(answers, ready={})


if __name__ == "__main__":
    main()
