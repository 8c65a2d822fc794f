"""Corrections by a server that enforces schemas, does not know them, or refuses them."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator

import pytest

from bench.tutor_errors import EngineCompletion
from inference.engines.dialogue.openai_compatible import OpenAICompatible
from tests.fakes.chat_server import ChatServer
from tutor.analysis import STRONG, Analyser, Form, analyser
from tutor.learner import Learner, LearnerTurn, Level

LEARNER = Learner(l1="ja", l2="es", level=Level.A2)
SAID = LearnerTurn("Ayer compré una casa rojo.")
RIGHT = "Ayer compré una casa roja."
BY_SCHEMA = json.dumps({"corrected": RIGHT})


@pytest.fixture
def server() -> Iterator[ChatServer]:
    with ChatServer() as served:
        threading.Thread(target=served.serve_forever, daemon=True).start()
        yield served
        served.shutdown()


@pytest.fixture
def by_schema(server: ChatServer) -> Iterator[Analyser]:
    engine = OpenAICompatible(
        base_url=f"http://127.0.0.1:{server.server_address[1]}/v1", model="m"
    )
    yield analyser("es", EngineCompletion(engine), trust=STRONG, form=Form.JSON)
    engine.close()


def schemas_sent(server: ChatServer) -> list[bool]:
    return ["response_format" in body for body in server.bodies]


def test_an_enforced_schema_brings_the_correction(
    server: ChatServer, by_schema: Analyser
) -> None:
    server.answer_by_schema = BY_SCHEMA
    found = by_schema.analyse(SAID, LEARNER)
    assert (found.corrected, found.judged) == (RIGHT, True)
    assert schemas_sent(server) == [True]


@pytest.mark.parametrize("answer", [RIGHT, BY_SCHEMA])
def test_where_the_schema_is_refused_the_correction_comes_all_the_same(
    server: ChatServer, by_schema: Analyser, answer: str
) -> None:
    server.refuses_schemas = True
    server.answer = answer
    for _ in range(2):
        found = by_schema.analyse(SAID, LEARNER)
        assert (found.corrected, found.judged) == (RIGHT, True)
    # Refused once, it is not sent again.
    assert schemas_sent(server) == [True, False, False]


def test_a_server_that_answers_in_another_schema_is_asked_for_the_sentence(
    server: ChatServer, by_schema: Analyser
) -> None:
    server.answer_by_schema = json.dumps({"sentence": RIGHT})
    server.answer = RIGHT
    found = by_schema.analyse(SAID, LEARNER)
    assert (found.corrected, found.judged) == (RIGHT, True)
    assert schemas_sent(server) == [True, False]


@pytest.mark.parametrize("refuses_all", [False, True])
def test_without_anything_usable_nothing_is_judged(
    server: ChatServer, by_schema: Analyser, refuses_all: bool
) -> None:
    server.refuses_all = refuses_all
    server.answer = "{}"
    found = by_schema.analyse(SAID, LEARNER)
    assert found.findings == ()
    assert not found.judged
