"""A server with OpenAI's chat protocol that answers by the clock: ``bench.scripted_llm PORT``.

A part of a stack that can be killed, and takes as long as a model does: ``--first`` seconds, then
``--each`` a word. What it says can stand in a file that others write (``--told``).
"""

from __future__ import annotations

import argparse
import json
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

REPLY = "That sounds good. What do you like to eat with it?"
FIRST_TOKEN_S, TOKEN_S = 0.3, 0.05


class Server(ThreadingHTTPServer):
    """What it says, and how fast."""

    daemon_threads = True
    first_s, each_s = FIRST_TOKEN_S, TOKEN_S
    told: Path | None = None

    def reply(self) -> str:
        """Return what is said now."""
        return self.told.read_text("utf-8") if self.told is not None else REPLY


class Handler(BaseHTTPRequestHandler):
    """Streams the reply."""

    protocol_version = "HTTP/1.1"
    server: Server

    def do_POST(self) -> None:
        """Answer a chat."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        # In chunks, as such servers do: who is killed in the middle has not ended the answer.
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        time.sleep(self.server.first_s)
        words = self.server.reply().split(" ")[: body.get("max_tokens") or None]
        try:
            for i, word in enumerate(words):
                if i:
                    time.sleep(self.server.each_s)
                self._piece(word if i == 0 else f" {word}")
            self._send(b"data: [DONE]\n\n")
            self._send(b"")
        except OSError:
            # Nobody wants it any more.
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""

    def _piece(self, text: str) -> None:
        chunk = {
            "id": "1", "object": "chat.completion.chunk", "created": 1, "model": "scripted",
            "choices": [{"index": 0, "delta": {"content": text}, "finish_reason": None}],
        }  # fmt: skip
        self._send(f"data: {json.dumps(chunk)}\n\n".encode())

    def _send(self, data: bytes) -> None:
        self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
        self.wfile.flush()


def main() -> None:
    """Serve until killed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("port", type=int)
    parser.add_argument("--first", type=float, default=FIRST_TOKEN_S)
    parser.add_argument("--each", type=float, default=TOKEN_S)
    parser.add_argument("--told", type=Path)
    options = parser.parse_args()
    server = Server(("127.0.0.1", options.port), Handler)
    server.first_s, server.each_s = options.first, options.each
    server.told = options.told
    server.serve_forever()


if __name__ == "__main__":
    main()
