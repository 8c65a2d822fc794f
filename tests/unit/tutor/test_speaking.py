"""From a move to words: what is heard passes, and can always be brought to an end."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

import pytest

from sessions.turns.clauses import ClauseCutter
from tutor.brief import LessonPlan
from tutor.completion import CompletionError
from tutor.findings import Analysis
from tutor.gates.gatekeeper import Gatekeeper
from tutor.gating import ReplyContext
from tutor.learner import Learner, LearnerTurn, Level, SoundProblem
from tutor.moves import Move, MoveKind, PlannedItem
from tutor.speaking import Attempt, Speaker, Wording

ANNA = Learner(l1="ja", l2="en", level=Level.A2, name="Anna")
CAFE = LessonPlan(title="At the café", goals=("I can order a drink.",))
TURN = LearnerTurn("I drink tea with my friends every Sunday.", spoken=False)
GOOD = "That sounds nice."
CONTINUE = Move(MoveKind.CONTINUE)


class Model:
    """Says the given replies one after the other, then the last one for ever."""

    def __init__(self, *replies: str) -> None:
        self._replies = list(replies)
        self.asked: list[str] = []

    async def __call__(self, messages: Sequence[tuple[str, str]]) -> AsyncIterator[str]:
        self.asked.append(messages[-1][1])
        reply = self._replies.pop(0) if len(self._replies) > 1 else self._replies[0]
        for word in reply.split(" "):
            if word == "FAIL":
                raise CompletionError("llm.failed")
            yield word + " "


class Talk:
    """A speaker with one turn after the other."""

    def __init__(self, learner: Learner = ANNA, plan: LessonPlan = CAFE) -> None:
        self.plan = plan
        self.speaker = Speaker(learner, plan, cutter=ClauseCutter)
        self.heard: list[str] = []

    async def say(
        self, model: Model, move: Move = CONTINUE, turn: LearnerTurn = TURN
    ) -> Attempt:
        """Word a move to its end, as a turn of teaching does."""
        context = self.context(move, turn)
        attempt = Attempt()
        wording = Wording(turn, (), model)
        async for clause in self.speaker.worded(wording, context, attempt):
            self.heard.append(clause)
        if not attempt.said:
            attempt.templated = True
            attempt.said = [self.speaker.template(turn, context, attempt)]
        elif rest := self.speaker.ending(context, attempt):
            attempt.said.append(rest)
        self.speaker.remember(attempt)
        held = attempt.instead or context
        failure = Gatekeeper("en").first_failure(attempt.reply, held, whole=True)
        assert failure is None, (attempt.reply, failure)
        return attempt

    def context(self, move: Move, turn: LearnerTurn = TURN) -> ReplyContext:
        analysis = Analysis(turn.text, turn.text, findings=move.findings)
        return self.speaker.context(turn, move, analysis, "")


async def said(*replies: str, move: Move = CONTINUE) -> tuple[Attempt, Model]:
    model = Model(*replies)
    return await Talk().say(model, move), model


async def test_a_good_reply_is_whole() -> None:
    attempt, model = await said(f"{GOOD} Where do you meet them?")
    assert attempt.is_whole
    assert not attempt.truncated
    assert len(model.asked) == 1


async def test_what_is_missing_is_asked_for_once() -> None:
    attempt, model = await said(
        "That sounds really nice. As an AI I cannot drink.",
        "Where do you meet them?",
    )
    assert attempt.reply == "That sounds really nice. Where do you meet them?"
    assert (attempt.truncated, attempt.is_whole, attempt.tries) == (True, True, 2)
    assert "You said already: “That sounds really nice.”" in model.asked[1]
    assert "one sentence" in model.asked[1]


async def test_what_the_model_says_twice_is_heard_once() -> None:
    attempt, _ = await said(
        "That sounds really nice. As an AI I cannot drink.",
        "That sounds really nice. Where do you meet them?",
    )
    assert attempt.reply == "That sounds really nice. Where do you meet them?"


async def test_a_reply_that_has_asked_needs_no_second_try() -> None:
    attempt, model = await said(
        "Where do you usually meet them? As an AI I cannot drink."
    )
    assert attempt.reply == "Where do you usually meet them?"
    assert attempt.truncated
    assert len(model.asked) == 1


async def test_a_reply_that_stays_cut_gives_the_word_back() -> None:
    attempt, model = await said("That sounds really nice. As an AI I cannot drink.")
    assert attempt.reply.startswith("That sounds really nice. ")
    assert attempt.reply.endswith("?")
    assert (attempt.truncated, attempt.templated, attempt.is_whole) == (
        True,
        False,
        False,
    )
    assert len(model.asked) == 2
    assert [one.gate for one in attempt.refused] == ["identity", "identity"]


async def test_a_model_that_fails_on_the_way_leaves_a_whole_reply() -> None:
    attempt, model = await said("That sounds really nice. FAIL")
    assert attempt.reply.startswith("That sounds really nice. ")
    assert attempt.failed == "llm.failed"
    assert attempt.truncated
    assert len(model.asked) == 1


async def test_a_sentence_without_its_end_is_not_heard() -> None:
    attempt, _ = await said("That sounds really nice. Where do you", "Who is there?")
    assert attempt.reply == "That sounds really nice. Who is there?"


@pytest.mark.parametrize(
    "reply",
    [
        "You drink tea with your friends every Sunday.",
        "You drink tea with your friends every Sunday. What kind of tea?",
        "I see. You drink tea with your friends.",
        "“You drink tea with your friends every Sunday.” Nice.",
        "I see.",
        "Okay!",
    ],
)
async def test_a_parrot_is_replaced(reply: str) -> None:
    attempt, model = await said(reply)
    assert attempt.templated
    assert len(model.asked) == 2
    assert {one.gate for one in attempt.refused} == {"echo"}


async def test_too_long_a_reply_ends_in_time_where_it_is_held() -> None:
    move = Move(MoveKind.INTRODUCE, item=PlannedItem("the bill"))
    attempt, model = await said(
        "Here is “the bill” for you. Can you use it now? It is so nice and useful when"
        " you eat with friends in a small place.",
        move=move,
    )
    assert attempt.reply == "Here is “the bill” for you. Can you use it now?"
    assert (attempt.truncated, attempt.is_whole) == (True, True)
    assert len(model.asked) == 1


@pytest.mark.parametrize(
    "move",
    [
        Move(MoveKind.INTRODUCE, item=PlannedItem("fuck this shit")),
        Move(MoveKind.REUSE, item=PlannedItem("word " * 60)),
        Move(MoveKind.MODEL_SOUND, sound=SoundProblem("fuck", "f")),
        Move(MoveKind.PRAISE, praise_for="what is your password"),
    ],
)
async def test_a_move_whose_words_are_unfit_becomes_going_on(move: Move) -> None:
    plan = LessonPlan(items=(move.item,) if move.item else ())
    attempt = await Talk(plan=plan).say(Model("!!!"), move)
    assert attempt.templated
    assert attempt.instead is not None
    assert attempt.instead.move.kind is MoveKind.CONTINUE
    assert "talk goes on" in attempt.instead.move.reason


async def test_a_move_that_can_be_said_stays_itself() -> None:
    move = Move(MoveKind.INTRODUCE, item=PlannedItem("the bill"))
    attempt, _ = await said("!!!", move=move)
    assert attempt.instead is None
    assert "the bill" in attempt.reply


async def test_a_long_talk_without_a_model_does_not_repeat_itself() -> None:
    talk, replies = Talk(), []
    for number in range(20):
        turn = LearnerTurn(f"I have {number} cups and a friend.")
        replies.append((await talk.say(Model("!!!"), turn=turn)).reply)
    assert len(set(replies)) == len(replies)


async def test_who_speaks_far_above_the_level_is_spoken_to_a_level_higher() -> None:
    talk = Talk()
    hard = LearnerTurn(
        "Although the prices have increased considerably, I still prefer to purchase"
        " vegetables from local farmers."
    )
    assert talk.context(CONTINUE, hard).learner.level is Level.A2
    again = LearnerTurn(hard.text)
    model = Model("I see what you mean. Why do you prefer local farmers to big shops?")
    await talk.say(model, turn=again)
    assert talk.context(CONTINUE, again).learner.level is Level.B1
    assert "an intermediate learner" in model.asked[0]
