"""A talk with the tutor as it ships, on a scripted model."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bench.tutor_cases import Case, heard_words, marked, read_cases
from bench.tutor_lessons import read_lessons
from bench.tutor_live import LiveTalk
from bench.tutor_models import Model, RememberingRunner
from bench.tutor_runs import RanCase, beside_plain, run_case
from bench.tutor_verdicts import (
    Verdict,
    addressed,
    asked_twice,
    right_move_share,
    verdict,
)
from inference.stages.stage import Stage
from inference.types.dialogue import DialogueRequest, Message
from sessions.turns.interruption import Interruption
from tutor.learner import Learner, LearnerTurn, Level, SoundProblem
from tutor.moves import MoveKind

from .scripted_model import ScriptedRunner, make_model

NICE = "That sounds nice. What else do you want to say?"
CASES = {case.id: case for case in read_cases()}
MARKET = read_lessons()["market"]
LEARNER = Learner("ja", "en", Level.A1)


def turn(text: str, **more: Any) -> LearnerTurn:
    return LearnerTurn(text, words=heard_words(text), language="en", **more)


def model_for(case: Case) -> Model:
    return make_model(NICE, "Perfect!", {case.turn.text: case.truth.corrected})


def live(model: Model, **more: Any) -> LiveTalk:
    return LiveTalk(LEARNER, MARKET.plan(LEARNER), model, opening="Hello!", **more)


def requests(model: Model) -> list[DialogueRequest]:
    assert isinstance(model.runner, RememberingRunner)
    assert isinstance(model.runner._runner, ScriptedRunner)
    return model.runner._runner.requests


async def test_past_turns_stand_between_the_marks_of_a_live_talk() -> None:
    model = make_model(NICE, "")
    talk = live(model)
    await talk.answer(turn("I like <apples>."))
    await talk.answer(turn("I like bananas."))
    asked = [one for one in requests(model) if one.conversation == "talk"]
    texts = [message.text for message in asked[-1].messages]
    assert texts[1] == "Hello!"
    assert texts[2] == "<<< I like apples . >>>"
    assert texts[4].startswith("<<< I like bananas. >>>\nDo:")
    assert asked[-1].max_tokens == 60
    await talk.close()


async def test_what_the_learner_will_follow_is_read_ahead() -> None:
    model = make_model(NICE, "")
    await live(model).answer(turn("I like apples."))
    ahead, *_ = requests(model)
    assert ahead.max_tokens == 0
    assert [message.role for message in ahead.messages] == [
        *("system", "assistant", "user"),
    ]


async def test_a_second_look_comes_after_the_answer() -> None:
    said = "My sister like music."
    model = make_model(NICE, "", {said: "My sister likes music."})
    talk = live(model)
    answer = await talk.answer(turn(said))
    assert answer.late
    assert not answer.taught.analysis.judged
    assert [one.better for one in answer.looked.findings] == ["likes"]
    assert talk.state.late is not None
    after = await talk.answer(turn("We live in a big house."))
    assert after.taught.move.kind is MoveKind.ELICIT
    assert after.taught.move.earlier == said
    assert after.failed == ()


async def test_a_sound_is_known_and_time_passes_as_the_script_says() -> None:
    talk = live(make_model(NICE, ""))
    talk.at(4.0)
    red = SoundProblem("red", "ɹ", "l")
    answer = await talk.answer(turn("I like red apples.", sounds=(red,)))
    assert answer.before.minutes == pytest.approx(4.0, abs=0.1)
    assert answer.taught.move.kind is MoveKind.MODEL_SOUND
    talk.at(10.5)
    last = await talk.answer(turn("I like apples."))
    assert last.taught.move.kind is MoveKind.CLOSE


async def test_gates_are_asked_again_about_what_was_spoken() -> None:
    answer = await live(make_model("I am a language model.", "")).answer(
        turn("I like apples.")
    )
    assert answer.taught.templated
    assert answer.spoken == answer.taught.reply
    assert answer.failed == ()
    assert not answer.last_resort


async def test_what_has_one_answer_is_asked_once() -> None:
    scripted = ScriptedRunner(lambda _: "Yes.", lambda _: "No.", {"x": "OK"})
    runner = RememberingRunner(scripted)

    async def ask(conversation: str, temperature: float) -> str:
        request = DialogueRequest(
            (Message("user", "x"),), conversation, temperature=temperature
        )
        run = runner.run(Stage.RESPOND, request, cancelled=Interruption())
        return "".join([produced.value.text async for produced in run])

    for _ in range(2):
        assert await ask("correction:en", 0.0) == "OK"
        assert await ask("plain", 0.7) == "No."
        assert await ask("talk", 0.4) == "Yes."
    assert [one.conversation for one in scripted.requests] == [
        *("correction:en", "plain", "talk", "talk"),
    ]
    assert runner.asked["talk"]["requests"] == 2
    assert not runner.busy(Stage.RESPOND)


@pytest.mark.parametrize(
    ("name", "kind", "wanted"),
    [
        # Rules find it.
        ("a1-es-past-buyed", MoveKind.ELICIT, Verdict.RIGHT),
        # The model finds it, after the answer.
        ("a1-zh-sva-like", MoveKind.CONTINUE, Verdict.LATER),
        # The embedded model is not believed about tenses.
        ("a2-zh-past-eat", MoveKind.CONTINUE, Verdict.UNKNOWN),
        # What was treated before is not asked about late.
        ("a2-zh-third-try", MoveKind.CONTINUE, Verdict.WRONG),
        ("a1-ja-clean-short", MoveKind.CONTINUE, Verdict.RIGHT),
    ],
)
async def test_moves_are_right_by_what_could_be_known(
    name: str, kind: MoveKind, wanted: Verdict
) -> None:
    case = CASES[name]
    one = await run_case(case, model_for(case))
    assert one.taught.move.kind is kind
    assert verdict(one) is wanted
    assert addressed(one) == (
        wanted in (Verdict.RIGHT, Verdict.LATER) and bool(case.truth.findings)
    )
    assert not asked_twice(one)
    assert right_move_share([one]) == (wanted in (Verdict.RIGHT, Verdict.LATER))


async def test_a_false_accusation_a_turn_later_is_wrong() -> None:
    case = CASES["a1-zh-clean-price"]
    model = make_model(NICE, "", {case.turn.text: "Bananas is two dollars."})
    one = await run_case(case, model)
    assert one.next is not None
    assert verdict(one) is Verdict.WRONG
    assert not addressed(one)


async def test_a_tutor_that_waits_knows_at_once() -> None:
    case = CASES["a1-zh-sva-like"]
    one = await run_case(case, model_for(case))
    assert one.waited.move.kind is MoveKind.ELICIT
    assert one.by_policy is MoveKind.ELICIT
    right = CASES["a1-es-clean-past"]
    same = await run_case(right, make_model(NICE, ""))
    assert same.waited is same.taught


async def test_what_is_asked_later_need_not_be_asked_at_once() -> None:
    case = CASES["a1-zh-sva-like"]
    later = await run_case(case, model_for(case))
    missed = await run_case(case, make_model(NICE, ""))
    assert "doing" not in later.ours.failed
    assert "doing" in missed.ours.failed
    assert later.ours_next is not None
    assert not later.ours_next.told


async def test_the_plain_prompt_answers_the_same_turn() -> None:
    case = CASES["a1-es-past-buyed"]
    one = await beside_plain(await run_case(case, model_for(case)), model_for(case))
    assert isinstance(one, RanCase)
    assert one.plain_reply == "Perfect!"
    assert one.plain.false_praise
    assert not one.ours.false_praise


async def test_an_earlier_treatment_is_named_as_the_tutor_names_it() -> None:
    case = CASES["a2-es-second-try"]
    one = await run_case(case, model_for(case))
    assert one.answer.before.turns[0].treated
    fresh = replace(case, past=replace(case.past, turns=()))
    assert not (await run_case(fresh, model_for(fresh))).answer.before.turns


def test_a_mark_is_where_the_mistake_is() -> None:
    (finding,) = marked("I {am go|am going|verb_form} home.").findings
    assert (finding.said, finding.better) == ("am go", "am going")
