"""Answers of a schema, from servers that know schemas and from those that don't."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from inference.engines.dialogue.openai_compatible import OpenAICompatible
from inference.errors import StageError
from inference.types.dialogue import DialogueRequest, Message

SCHEMA = {"type": "object", "properties": {"corrected": {"type": "string"}}}


class ChatServer(ThreadingHTTPServer):
    """Answers every chat with one word; may refuse schemas, or everything."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), ChatHandler)
        self.refuses_schemas = False
        self.refuses_all = False
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
        chunk = {
            "id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m",
            "choices": [{"index": 0, "delta": {"content": "fine"}, "finish_reason": None}],
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


@pytest.fixture
def server() -> Iterator[ChatServer]:
    with ChatServer() as served:
        threading.Thread(target=served.serve_forever, daemon=True).start()
        yield served
        served.shutdown()


@pytest.fixture
def engine(server: ChatServer) -> Iterator[OpenAICompatible]:
    made = OpenAICompatible(
        base_url=f"http://127.0.0.1:{server.server_address[1]}/v1", model="m"
    )
    yield made
    made.close()


def ask(engine: OpenAICompatible, schema: dict[str, Any] | None) -> str:
    request = DialogueRequest((Message("user", "Hello"),), "one", schema=schema)
    deltas = engine.respond(request, cancelled=threading.Event())
    return "".join(delta.text for delta in deltas)


def test_a_schema_is_sent_for_the_server_to_enforce(
    server: ChatServer, engine: OpenAICompatible
) -> None:
    assert ask(engine, SCHEMA) == "fine"
    (body,) = server.bodies
    assert body["response_format"]["type"] == "json_schema"
    assert body["response_format"]["json_schema"]["schema"] == SCHEMA


def test_without_a_schema_nothing_is_said_of_the_form(
    server: ChatServer, engine: OpenAICompatible
) -> None:
    ask(engine, None)
    assert "response_format" not in server.bodies[0]


def test_a_server_that_refuses_schemas_is_asked_once_without(
    server: ChatServer, engine: OpenAICompatible
) -> None:
    server.refuses_schemas = True
    assert ask(engine, SCHEMA) == "fine"
    assert ["response_format" in body for body in server.bodies] == [True, False]
    assert ask(engine, SCHEMA) == "fine"
    # It is not asked again for what it can't do.
    assert "response_format" not in server.bodies[2]


def test_another_refusal_is_not_taken_for_one_of_schemas(
    server: ChatServer, engine: OpenAICompatible
) -> None:
    server.refuses_all = True
    with pytest.raises(StageError):
        ask(engine, SCHEMA)
    server.refuses_all = False
    ask(engine, SCHEMA)
    assert "response_format" in server.bodies[-1]
