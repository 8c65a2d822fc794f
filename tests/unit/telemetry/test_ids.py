"""Ids go along with orders; words never do."""

from __future__ import annotations

import subprocess
import sys

from structlog.contextvars import get_contextvars

from telemetry import ids
from telemetry.spans import NO_SPAN, tracer

SESSION = "11111111-1111-4111-8111-111111111111"


def test_a_worker_knows_the_talk_and_the_turn_of_an_order() -> None:
    with ids.about(session=SESSION, turn=3, request="of-the-page"):
        headers = ids.carry()
    assert headers == {"baggage": f"session={SESSION},turn=3"}
    with ids.carried(headers):
        assert get_contextvars() == {"session": SESSION, "turn": "3"}
    assert get_contextvars() == {}


def test_what_is_no_plain_id_is_left_out() -> None:
    forged = 'session=my name is Mina,turn=3"},name=Mina,run=1,,=,turn'
    with ids.carried({"baggage": forged}):
        assert get_contextvars() == {}


def test_nobody_keeps_spans_unless_asked_to() -> None:
    assert tracer().begin("turn", root=True) is NO_SPAN
    assert tracer().carry() == {}
    code = (
        "import sys; from telemetry import ids, logs, metrics, spans;"
        "assert not [one for one in sys.modules if one.startswith('opentelemetry')]"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
