"""A model that a request names, on servers that have it and on those that don't."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from inference.engines.dialogue.openai_compatible import OpenAICompatible
from inference.errors import StageError
from inference.types.dialogue import DialogueRequest, Message
from tests.fakes.chat_server import ChatServer


@pytest.fixture
def server() -> Iterator[ChatServer]:
    with ChatServer() as served:
        served.models = {"usual", "large"}
        threading.Thread(target=served.serve_forever, daemon=True).start()
        yield served
        served.shutdown()


@pytest.fixture
def engine(server: ChatServer) -> Iterator[OpenAICompatible]:
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
    server: ChatServer, engine: OpenAICompatible, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        assert ask(engine, "gone", schema={"type": "object"}) == "usual"
    assert "'gone'" in caplog.text
    assert ask(engine, "gone") == "usual"
    # It is not asked again for what it does not have.
    assert [body["model"] for body in server.bodies] == ["gone", "usual", "usual"]


def test_a_server_that_is_not_one_fails_and_the_name_is_not_blamed(
    server: ChatServer, engine: OpenAICompatible
) -> None:
    server.models = set()
    with pytest.raises(StageError, match="404"):
        ask(engine, "large")
    server.models = {"large"}
    assert ask(engine, "large") == "large"
