"""A whole turn of a live session on scripted engines."""

from __future__ import annotations

import asyncio

import pytest

from inference.stages.stage import Stage
from tests.fakes.engines import (
    ScriptedAnimator,
    ScriptedDialogue,
    ScriptedSynthesizer,
    ScriptedTranscriber,
)
from tests.fakes.live import LiveHarness
from tests.fakes.turn_repository import MemoryTurnRepository


async def test_a_spoken_turn_brings_its_events_in_order() -> None:
    async with LiveHarness() as harness:
        await harness.speak()
        await harness.until("turn.ended", turn=1)
        types = [t for t in harness.types(1) if t not in {"reply.delta", "audio"}]
        order = [
            "speech.started",
            "speech.ended",
            "transcript.final",
            "reply.started",
            "reply.visemes",
            "reply.clause",
            "reply.audio_ended",
            "turn.timing",
            "turn.ended",
        ]
        places = [types.index(name) for name in order]
        assert places == sorted(places)
        assert harness.types(1).index("reply.visemes") < harness.types(1).index("audio")


async def test_the_tutor_speaks_first_and_the_model_sees_what_was_said() -> None:
    async with LiveHarness(opening="Welcome to the cafe.") as harness:
        await harness.speak()
        await harness.until("turn.ended", turn=1)
        messages = harness.dialogue.requests[0].messages
        assert [m.role for m in messages] == ["system", "assistant", "user"]
        assert messages[1].text == "Welcome to the cafe."
        assert messages[2].text == "I would like a cup of tea please"


async def test_audio_is_gapless_and_belongs_to_its_clauses() -> None:
    async with LiveHarness() as harness:
        await harness.speak()
        await harness.until("turn.ended", turn=1)
        audio = [e for e in harness.events if e["type"] == "audio" and e["turn"] == 1]
        ends = [e["offset"] + e["samples"] for e in audio]
        assert [e["offset"] for e in audio] == [0, *ends[:-1]]
        clauses = [
            e for e in harness.events if e["type"] == "reply.clause" and e["turn"] == 1
        ]
        starts = [c["start_ms"] for c in clauses]
        assert starts == [0.0, *[c["end_ms"] for c in clauses[:-1]]]


async def test_the_words_of_a_clause_have_their_places_in_the_reply() -> None:
    synthesizer = ScriptedSynthesizer(char_ms=10)
    async with LiveHarness(synthesizer=synthesizer) as harness:
        await harness.speak()
        await harness.until("turn.ended", turn=1)
        clauses = [
            e for e in harness.events if e["type"] == "reply.clause" and e["turn"] == 1
        ]
        assert len(clauses) == 2
        for clause in clauses:
            words = clause["words"]
            assert " ".join(word["text"] for word in words) == clause["text"]
            assert words[0]["start_ms"] == pytest.approx(clause["start_ms"], abs=1)
            assert words[-1]["end_ms"] == pytest.approx(clause["end_ms"], abs=1)


async def test_words_before_a_pause_do_not_wait_for_a_look_at_a_part_of_them() -> None:
    transcriber = ScriptedTranscriber(partial_delay_s=20.0)
    async with LiveHarness(
        transcriber=transcriber, partial_every_ms=0, places=1
    ) as harness:
        harness.frames(800, loud=True)
        await asyncio.sleep(0.05)
        assert Stage.TRANSCRIBE in harness.runner.asked
        harness.frames(140, loud=False)
        await asyncio.sleep(0.2)
        # Recognised, and its answer begun, before the turn is over.
        assert Stage.RESPOND in harness.runner.asked
        harness.frames(260, loud=False)
        await harness.until("turn.ended", turn=1, outcome="completed")


async def test_partials_come_while_the_learner_speaks() -> None:
    async with LiveHarness(partial_every_ms=0) as harness:
        for _ in range(20):
            harness.frames(100, loud=True)
            await asyncio.sleep(0.02)
        harness.frames(400, loud=False)
        await harness.until("turn.ended", turn=1)
        partials = [e for e in harness.events if e["type"] == "transcript.partial"]
        assert len(partials) >= 2
        assert partials[-1]["text"].startswith(partials[-1]["stable"])
        assert harness.types().index("transcript.partial") < harness.types().index(
            "transcript.final"
        )


async def test_barge_in_stops_the_reply_and_keeps_only_what_was_heard() -> None:
    dialogue = ScriptedDialogue(
        replies=("First part is here. Second part is much longer than that.", "Fine.")
    )
    harness = LiveHarness(
        dialogue=dialogue, synthesizer=ScriptedSynthesizer(char_ms=40), plays=False
    )
    async with harness:
        await harness.speak()
        clause = await harness.until("reply.clause", turn=1, clause=0)
        harness.send(
            type="playback.progress", turn=1, attempt=0, played_ms=clause["end_ms"]
        )
        await harness.until("reply.clause", turn=1, clause=1)
        harness.frames(1200, loud=True)
        interrupted = await harness.until("reply.interrupted", turn=1)
        assert interrupted["reason"] == "barge_in"
        harness.frames(400, loud=False)
        ended = await harness.until("turn.ended", turn=1)
        assert ended["outcome"] == "interrupted"
        await harness.until("turn.ended", turn=2)
        heard = dialogue.requests[1].messages
        assert "Second part is much longer" not in " ".join(m.text for m in heard)
    assert harness.repository.records[1].reply_heard is not None


async def test_going_on_before_the_answer_keeps_the_first_words() -> None:
    transcriber = ScriptedTranscriber(("I went", "to the market"), delay_s=0.3)
    async with LiveHarness(transcriber=transcriber) as harness:
        await harness.speak()
        await harness.until("speech.ended", turn=1)
        await harness.speak()
        ended = await harness.until("turn.ended", turn=2)
        assert ended["outcome"] == "completed"
        assert (await harness.until("turn.ended", turn=1))["outcome"] == "cancelled"
        assert harness.dialogue.requests[-1].messages[-1].text == (
            "I went\nto the market"
        )
    assert harness.repository.records[1].learner is not None


async def test_typing_works_at_any_moment_and_a_resend_is_harmless() -> None:
    async with LiveHarness() as harness:
        for _ in range(2):
            harness.send(type="text.submit", text="  Hello <b>you</b> ", client_id="a")
        await harness.until("turn.ended", turn=1)
        final = await harness.until("transcript.final", turn=1)
        assert (final["text"], final["source"]) == ("Hello <b>you</b>", "text")
        await asyncio.sleep(0.05)
        assert "transcript.final" not in harness.types(2)


async def test_a_correction_is_answered_again_in_the_same_turn() -> None:
    dialogue = ScriptedDialogue(replies=("You buy it?", "You bought it!"))
    async with LiveHarness(dialogue=dialogue) as harness:
        await harness.speak()
        await harness.until("turn.ended", turn=1)
        harness.send(type="transcript.correct", turn=1, text="I bought it")
        await harness.until("reply.completed", turn=1, attempt=1)
        messages = dialogue.requests[1].messages
        assert [m.text for m in messages if m.role == "user"] == ["I bought it"]
        await asyncio.sleep(0.1)
    kept = harness.repository.records[1]
    assert kept.learner is not None
    assert kept.learner.heard_as == "I would like a cup of tea please"


async def test_repeating_slower_stretches_the_voice_and_adds_no_history() -> None:
    async with LiveHarness() as harness:
        await harness.speak()
        first = await harness.until("reply.audio_ended", turn=1, attempt=0)
        await harness.until("turn.ended", turn=1)
        harness.send(type="reply.repeat", slower=True)
        again = await harness.until("reply.audio_ended", turn=1, attempt=1)
        assert again["duration_ms"] == pytest.approx(
            first["duration_ms"] / 0.75, rel=0.02
        )
        harness.send(type="text.submit", text="Thanks", client_id="b")
        await harness.until("turn.ended", turn=2)
        roles = [m.role for m in harness.dialogue.requests[-1].messages]
        assert roles == ["system", "assistant", "user", "assistant", "user"]


async def test_an_utterance_that_says_nothing_ends_politely() -> None:
    async with LiveHarness(transcriber=ScriptedTranscriber(("",))) as harness:
        await harness.speak()
        error = await harness.until("error", code="utterance.not_understood")
        assert error["message"]
        ended = await harness.until("turn.ended", turn=1)
        assert ended["outcome"] == "not_understood"
        assert not harness.dialogue.requests


async def test_recognition_that_fails_ends_the_turn_with_words() -> None:
    transcriber = ScriptedTranscriber(failures=1)
    async with LiveHarness(transcriber=transcriber) as harness:
        await harness.speak()
        await harness.until("error", code="asr.failed", turn=1)
        assert (await harness.until("turn.ended", turn=1))["outcome"] == "failed"
        await harness.speak()
        assert (await harness.until("turn.ended", turn=2))["outcome"] == "completed"


async def test_a_voice_that_fails_leaves_text_and_recovers() -> None:
    synthesizer = ScriptedSynthesizer(char_ms=4.0)
    async with LiveHarness(synthesizer=synthesizer) as harness:
        synthesizer._failures = 1
        await harness.speak()
        degraded = await harness.until("stage.degraded", stage="synthesize")
        assert degraded["code"] == "tts.failed"
        assert (await harness.until("turn.ended", turn=1))["outcome"] == "completed"
        assert "audio" not in harness.types(1)
        assert "reply.completed" in harness.types(1)
        await harness.speak()
        await harness.until("stage.recovered", stage="synthesize")


async def test_a_face_that_fails_leaves_the_voice() -> None:
    async with LiveHarness(animator=ScriptedAnimator(failures=99)) as harness:
        await harness.speak()
        await harness.until("turn.ended", turn=1)
        await harness.until("stage.degraded", stage="animate")
        assert "audio" in harness.types(1)


@pytest.mark.parametrize("code", ["llm.failed", "llm.empty"])
async def test_a_model_that_fails_once_is_asked_again(code: str) -> None:
    async with LiveHarness(dialogue=ScriptedDialogue(errors=(code,))) as harness:
        await harness.speak()
        assert (await harness.until("turn.ended", turn=1))["outcome"] == "completed"
        await harness.until("stage.degraded", stage="respond")
        await harness.until("stage.recovered", stage="respond")


async def test_a_model_that_is_down_says_so_and_is_tried_later() -> None:
    dialogue = ScriptedDialogue(errors=("llm.failed", "llm.failed"))
    async with LiveHarness(dialogue=dialogue) as harness:
        await harness.speak()
        await harness.until("error", code="llm.failed")
        first = await harness.until("reply.completed", turn=1, attempt=0)
        assert first["text"].startswith("I'm sorry")
        again = await harness.until("reply.completed", turn=1, attempt=1)
        assert again["text"].startswith("That sounds good")
        assert "I'm sorry" not in str(dialogue.requests[-1].messages)


@pytest.mark.parametrize(
    ("reply", "code"),
    [("", "llm.empty"), ("### ### ### ### ### ### ###", "llm.unusable")],
)
async def test_a_model_that_writes_nothing_or_noise_ends_the_turn(
    reply: str, code: str
) -> None:
    harness = LiveHarness(
        dialogue=ScriptedDialogue(replies=(reply,)), max_llm_retries=0
    )
    async with harness:
        await harness.speak()
        await harness.until("error", code=code)
        assert (await harness.until("turn.ended", turn=1))["outcome"] == "failed"


async def test_a_model_that_never_ends_is_cut() -> None:
    dialogue = ScriptedDialogue(replies=("word and more " * 5000,))
    synthesizer = ScriptedSynthesizer(char_ms=0.1)
    async with LiveHarness(dialogue=dialogue, synthesizer=synthesizer) as harness:
        await harness.speak()
        completed = await harness.until("reply.completed", turn=1)
        assert len(completed["text"]) < 1000


async def test_a_model_that_hangs_times_out() -> None:
    harness = LiveHarness(
        dialogue=ScriptedDialogue(first_token_s=60), deadline_s=0.2, max_llm_retries=0
    )
    async with harness:
        await harness.speak()
        await harness.until("error", code="llm.timeout")
        await harness.until("turn.ended", turn=1)


async def test_storage_that_fails_is_told_and_tried_again() -> None:
    repository = MemoryTurnRepository(failures=5)
    async with LiveHarness(repository=repository) as harness:
        await harness.until("error", code="session.storage_failed")
        await asyncio.sleep(0.2)
        assert 0 in repository.records


async def test_storage_that_fails_for_a_moment_is_not_told() -> None:
    repository = MemoryTurnRepository(failures=2)
    async with LiveHarness(repository=repository) as harness:
        await harness.until("turn.ended", turn=0)
        await asyncio.sleep(0.2)
        assert 0 in repository.records
        assert "error" not in harness.types()


async def test_five_minutes_without_a_pause_lose_nothing() -> None:
    harness = LiveHarness(max_utterance_ms=2000)
    async with harness:
        for _ in range(6):
            harness.frames(1000, loud=True)
            await asyncio.sleep(0.05)
        await harness.until("error", code="utterance.too_long")
        harness.frames(400, loud=False)
        await harness.until("turn.ended", turn=3)
    kept = [r for r in harness.repository.records.values() if r.index > 0]
    assert sum(r.learner_clip.duration_ms for r in kept if r.learner_clip) > 5500


async def test_push_to_talk_hears_only_between_press_and_release() -> None:
    async with LiveHarness() as harness:
        harness.send(type="input.mode", mode="push_to_talk")
        harness.frames(600, loud=True)
        assert "speech.started" not in harness.types()
        harness.send(type="speech.press")
        harness.frames(600, loud=True)
        harness.frames(600, loud=False)
        harness.send(type="speech.release")
        ended = await harness.until("speech.ended", turn=1)
        assert ended["reason"] == "release"
        await harness.until("turn.ended", turn=1)


async def test_a_lone_short_word_is_a_turn() -> None:
    async with LiveHarness() as harness:
        await harness.speak(200)
        assert (await harness.until("turn.ended", turn=1))["outcome"] == "completed"


async def test_clipping_is_told() -> None:
    async with LiveHarness() as harness:
        harness.frames(600, loud=True, level=3.0)
        harness.frames(400, loud=False)
        await harness.until("error", code="audio.clipping")


async def test_ending_keeps_the_words_under_way() -> None:
    harness = LiveHarness(transcriber=ScriptedTranscriber(delay_s=0.2))
    async with harness:
        harness.frames(600, loud=True)
        await harness.live.end("learner")
        await harness.until("session.ended", reason="learner")
    assert harness.repository.ended == "LEARNER"
    learner = harness.repository.records[1].learner
    assert learner is not None
    assert learner.text
