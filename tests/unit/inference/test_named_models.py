"""A model that a request names, on servers that have it and on those that don't."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from inference.engines.dialogue.openai_compatible import OpenAICompatible
from inference.errors import StageError
from inference.types.dialogue import DialogueRequest, Message


class ModelServer(ThreadingHTTPServer):
    """Has some models; whom it does not know it refuses as servers do."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), ModelHandler)
        self.models = {"usual", "large"}
        self.asked: list[str] = []


class ModelHandler(BaseHTTPRequestHandler):
    """Says the model's name."""

    server: ModelServer

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        model = body["model"]
        self.server.asked.append(model)
        if model not in self.server.models:
            self._send(404, "application/json", '{"error": {"message": "no model"}}')
            return
        chunk = {
            "id": "1", "object": "chat.completion.chunk", "created": 1, "model": model,
            "choices": [{"index": 0, "delta": {"content": model}, "finish_reason": None}],
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
def server() -> Iterator[ModelServer]:
    with ModelServer() as served:
        threading.Thread(target=served.serve_forever, daemon=True).start()
        yield served
        served.shutdown()


@pytest.fixture
def engine(server: ModelServer) -> Iterator[OpenAICompatible]:
    made = OpenAICompatible(
        base_url=f"http://127.0.0.1:{server.server_address[1]}/v1", model="usual"
    )
    yield made
    made.close()


def ask(engine: OpenAICompatible, model: str, **more: Any) -> str:
    request = DialogueRequest((Message("user", "Hello"),), "one", model=model, **more)
    deltas = engine.respond(request, cancelled=threading.Event())
    return "".join(delta.text for delta in deltas)


def test_the_named_model_answers_and_else_the_engines(engine: OpenAICompatible) -> None:
    assert [ask(engine, name) for name in ("large", "", "large")] == [
        *("large", "usual", "large"),
    ]


def test_in_place_of_an_unknown_model_the_engines_answers(
    server: ModelServer, engine: OpenAICompatible, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        assert ask(engine, "gone", schema={"type": "object"}) == "usual"
    assert "'gone'" in caplog.text
    assert ask(engine, "gone") == "usual"
    # It is not asked again for what it does not have.
    assert server.asked == ["gone", "usual", "usual"]


def test_a_server_that_is_not_one_fails_and_the_name_is_not_blamed(
    server: ModelServer, engine: OpenAICompatible
) -> None:
    server.models.clear()
    with pytest.raises(StageError, match="404"):
        ask(engine, "large")
    server.models.add("large")
    assert ask(engine, "large") == "large"
