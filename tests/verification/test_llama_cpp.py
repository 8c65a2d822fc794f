"""The real language model's server: streams, keeps prompts, stops, comes back."""

from __future__ import annotations

import os
import signal
import threading
import time

import openai
import psutil
import pytest

from inference.engines.dialogue.llama_cpp import LlamaCpp, PromptUse
from inference.engines.dialogue.openai_compatible import OpenAICompatible
from inference.errors import StageError
from inference.types.dialogue import DialogueRequest, Message

pytestmark = pytest.mark.engine("llama_cpp")

RULES = Message("system", "You are a friendly tutor of English. Be brief. " * 8)
FIRST = Message("user", "Hello, my name is Mina and I like swimming in the sea.")


def ask(
    llama: LlamaCpp, *messages: Message, conversation: str, max_tokens: int = 16
) -> str:
    request = DialogueRequest(messages, conversation, max_tokens, temperature=0.0)
    deltas = llama.respond(request, cancelled=threading.Event())
    return "".join(delta.text for delta in deltas)


def use(llama: LlamaCpp, conversation: str) -> PromptUse:
    for _ in range(100):
        found = llama.prompt_use(conversation)
        if found is not None:
            return found
        time.sleep(0.01)
    raise AssertionError("the server told nothing of its work")


def test_a_reply_is_streamed_and_bounded(llama: LlamaCpp) -> None:
    request = DialogueRequest((RULES, FIRST), "stream", 16, 0.0)
    pieces = list(llama.respond(request, cancelled=threading.Event()))
    assert len(pieces) > 3
    assert use(llama, "stream").written_tokens <= 16
    llama.release("stream")


def test_a_read_prompt_is_not_read_again(llama: LlamaCpp) -> None:
    assert ask(llama, RULES, conversation="cached", max_tokens=0) == ""
    # The slot may have read the same rules for an earlier conversation.
    whole = use(llama, "cached").read_tokens + use(llama, "cached").cached_tokens
    assert whole > 80

    reply = ask(llama, RULES, FIRST, conversation="cached")
    after = use(llama, "cached")
    assert after.cached_tokens > 0.9 * whole
    assert after.read_tokens < 40

    # The learner interrupted: the history keeps half of what was written.
    heard = Message("assistant", reply[: len(reply) // 2])
    ask(llama, RULES, FIRST, heard, Message("user", "Wait."), conversation="cached")
    assert use(llama, "cached").cached_tokens > after.cached_tokens
    assert use(llama, "cached").read_tokens < 40
    llama.release("cached")


def test_conversations_do_not_push_each_other_out(llama: LlamaCpp) -> None:
    for _ in range(2):
        for name in ("one", "two"):
            rules = Message("system", f"This is conversation {name}. " + RULES.text)
            ask(llama, rules, FIRST, conversation=name, max_tokens=4)
    for name in ("one", "two"):
        assert use(llama, name).read_tokens < 10
        llama.release(name)


def test_cancelling_stops_the_server_too(llama: LlamaCpp) -> None:
    cancelled = threading.Event()
    request = DialogueRequest(
        (Message("user", "Count from one to one thousand."),), "stop", 1500, 0.0
    )
    deltas = llama.respond(request, cancelled=cancelled)
    next(deltas)
    cancelled.set()
    start = time.monotonic()
    assert list(deltas) == []
    assert time.monotonic() - start < 0.2
    assert llama.pid is not None
    server = psutil.Process(llama.pid)
    time.sleep(1.5)
    server.cpu_percent(None)
    time.sleep(0.5)
    assert server.cpu_percent(None) < 30
    llama.release("stop")


def test_too_long_a_conversation_is_a_coded_error(llama: LlamaCpp) -> None:
    endless = Message("user", "hello " * 4000)
    with pytest.raises(StageError) as failure:
        ask(llama, endless, conversation="long")
    assert failure.value.code == "llm.failed"
    assert not failure.value.retryable
    assert "hello" not in failure.value.message
    assert ask(llama, RULES, FIRST, conversation="long")
    llama.release("long")


def test_the_server_wants_its_key(llama: LlamaCpp) -> None:
    ask(llama, FIRST, conversation="key", max_tokens=1)
    address, _ = llama._child.address()
    stranger = openai.OpenAI(base_url=address.base_url, api_key="guess", max_retries=0)
    with pytest.raises(openai.AuthenticationError):
        stranger.chat.completions.create(
            model="any", messages=[{"role": "user", "content": "hi"}], max_tokens=1
        )
    stranger.close()
    assert address.api_key not in " ".join(psutil.Process(llama.pid).cmdline())
    llama.release("key")


def test_the_death_of_the_server_is_survived(llama: LlamaCpp) -> None:
    ask(llama, FIRST, conversation="death", max_tokens=2)
    before = llama.pid
    assert before is not None
    os.kill(before, signal.SIGKILL)
    assert ask(llama, FIRST, conversation="death", max_tokens=4)
    assert llama.pid != before
    llama.release("death")


def test_a_server_that_is_not_there_is_a_coded_error() -> None:
    engine = OpenAICompatible(base_url="http://127.0.0.1:9/v1", model="none")
    request = DialogueRequest((FIRST,), "none")
    with pytest.raises(StageError) as failure:
        list(engine.respond(request, cancelled=threading.Event()))
    assert failure.value.code in {"llm.failed", "llm.timeout"}
    engine.close()
