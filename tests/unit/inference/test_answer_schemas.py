"""Answers of a schema, from servers that know schemas and from those that don't."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from inference.engines.dialogue.openai_compatible import OpenAICompatible
from inference.errors import StageError
from inference.types.dialogue import DialogueRequest, Message
from tests.fakes.chat_server import ChatServer

SCHEMA = {"type": "object", "properties": {"corrected": {"type": "string"}}}


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
