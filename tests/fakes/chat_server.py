"""A server that speaks OpenAI's chat protocol, on this machine."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class ChatServer(ThreadingHTTPServer):
    """Answers every chat alike; may refuse schemas, or everything.

    ``answer_by_schema`` is its answer where a schema is asked for, if that is another one.
    With ``models`` it has only these and answers with the name of the one that was asked.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), ChatHandler)
        self.refuses_schemas = False
        self.refuses_all = False
        self.answer = "fine"
        self.answer_by_schema = ""
        self.models: set[str] | None = None
        self.bodies: list[dict[str, Any]] = []


class ChatHandler(BaseHTTPRequestHandler):
    """Speaks as much of the chat protocol as a stream of one piece needs."""

    server: ChatServer

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.bodies.append(body)
        refused = self.server.refuses_schemas and "response_format" in body
        if refused or self.server.refuses_all:
            self._send(400, "application/json", '{"error": {"message": "no"}}')
            return
        answer, models = self.server.answer, self.server.models
        if models is not None:
            answer = body["model"]
            if answer not in models:
                self._send(
                    404, "application/json", '{"error": {"message": "no model"}}'
                )
                return
        if "response_format" in body:
            answer = self.server.answer_by_schema or answer
        chunk = {
            "id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m",
            "choices": [{"index": 0, "delta": {"content": answer}, "finish_reason": None}],
        }  # fmt: skip
        text = f"data: {json.dumps(chunk)}\n\ndata: [DONE]\n\n"
        self._send(200, "text/event-stream", text)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass

    def _send(self, status: int, kind: str, text: str) -> None:
        data = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)
