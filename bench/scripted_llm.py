"""A server with OpenAI's chat protocol that answers by the clock: ``bench.scripted_llm PORT``.

A part of a stack that can be killed, and takes as long as a model does: FIRST_TOKEN_S, then
TOKEN_S a word.
"""

from __future__ import annotations

import json
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

REPLY = "That sounds good. What do you like to eat with it?"
FIRST_TOKEN_S, TOKEN_S = 0.3, 0.05


class Handler(BaseHTTPRequestHandler):
    """Streams the reply."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        """Answer a chat."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        # In chunks, as such servers do: who is killed in the middle has not ended the answer.
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        time.sleep(FIRST_TOKEN_S)
        words = REPLY.split(" ")[: body.get("max_tokens") or None]
        try:
            for i, word in enumerate(words):
                if i:
                    time.sleep(TOKEN_S)
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


if __name__ == "__main__":
    ThreadingHTTPServer.daemon_threads = True
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
