"""What every dialogue model keeps to."""

from __future__ import annotations

from threading import Event

from inference.protocols import DialogueModel
from inference.types.dialogue import DialogueRequest, Message, ReplyDelta

from .checks import Check, expect
from .material import Material, cancelled

_MESSAGES = (Message("system", "You are a tutor."), Message("user", "Hello!"))
_CONVERSATION = "verification"


def _streams(engine: DialogueModel, material: Material) -> None:
    request = DialogueRequest(_MESSAGES, _CONVERSATION, 12, 0.0)
    pieces = list(engine.respond(request, cancelled=Event()))
    expect(len(pieces) > 1, "the reply did not come in pieces")
    expect(all(isinstance(p, ReplyDelta) and p.text for p in pieces), "an empty piece")
    engine.release(_CONVERSATION)
    engine.release("never seen")


def _reads_ahead(engine: DialogueModel, material: Material) -> None:
    prefill = DialogueRequest(_MESSAGES, _CONVERSATION, 0)
    expect(
        list(engine.respond(prefill, cancelled=Event())) == [], "reading ahead speaks"
    )
    engine.release(_CONVERSATION)


def _stops_midway(engine: DialogueModel, material: Material) -> None:
    wanted = Event()
    request = DialogueRequest(_MESSAGES, _CONVERSATION, 200)
    reply = engine.respond(request, cancelled=wanted)
    next(iter(reply))
    wanted.set()
    expect(list(reply) == [], "the reply went on")
    engine.release(_CONVERSATION)


def _never_starts(engine: DialogueModel, material: Material) -> None:
    request = DialogueRequest(_MESSAGES, _CONVERSATION, 12)
    expect(list(engine.respond(request, cancelled=cancelled())) == [], "it spoke")
    engine.release(_CONVERSATION)


CHECKS = (
    Check("streams a reply in pieces", _streams),
    Check("says nothing while reading ahead", _reads_ahead),
    Check("ends without an error when cancelled", _stops_midway),
    Check("does not start once cancelled", _never_starts),
)
