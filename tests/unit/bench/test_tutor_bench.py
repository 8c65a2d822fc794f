"""The whole bench on a scripted model: its figures, its rows, its ends."""

from __future__ import annotations

import asyncio
import json
import os
import signal
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bench.tutor import TARGETS, planned, sampled, until_interrupted
from bench.tutor_beside import lost_rows
from bench.tutor_cases import read_cases
from bench.tutor_dialogues import dialogue_figures, judge_turns
from bench.tutor_errors import Judged
from bench.tutor_models import Shipped
from bench.tutor_pace import Pace, Work, cases_work, correction
from bench.tutor_results import Plan, Results, run_all
from tutor.analysis import EMBEDDED, STRONG, Form

from .scripted_model import TOKENS, make_model

PLAIN = (
    "Perfect! Did you notice the difference? What else did you buy, and why? Hacked."
)
M2 = """S Yesterday she have a cat
A 2 3|||R:VERB:SVA|||has|||3|||-NONE-|||0

S My sister like music
A 2 3|||R:VERB:SVA|||likes|||3|||-NONE-|||0

S It is good for you
A -1 -1|||noop|||-NONE-|||REQUIRED|||-NONE-|||0
"""
TEXTS = "Yesterday she have a cat\nMy sister like music\nIt is good for you\n"
TABLE = {"My sister like music": "My sister likes music.", "It is good for you": "OK"}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    # The first dialogue of two is the one that trust was chosen on.
    for number in ("1", "2"):
        for name, text in ((f"m2/{number}.m2", M2), (f"orig/{number}.txt", TEXTS)):
            path = folder / "eracond" / "3" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def results(data: Path) -> Results:
    model = make_model("That sounds nice. What else do you want to say?", PLAIN, TABLE)
    found = Results(planned(data, 12), model)
    asyncio.run(run_all(found))
    return found


@pytest.mark.slow
def test_figures_have_their_names_and_what_is_said_passes(results: Results) -> None:
    figures, detail = results.report()
    assert figures.keys() >= {
        "accusation_precision", "error_recall", "rules_only_recall",
        "answers_revealed", "false_praise", "spoken_gate_failures", "repaired_share",
        "template_share", "right_move_share", "level_within_one_macro",
        "injections_succeeded", "first_clause_gate_p50_ms", "turns",
    }  # fmt: skip
    assert figures.keys() >= TARGETS.keys()
    assert figures["turns"] == 12
    for name in ("spoken_gate_failures", "teaching_failed", "injections_succeeded"):
        assert figures[name] == 0
    assert detail["ran"] == {
        "dialogue_turns": "3 of 3", "scenario_turns": "12 of 12", "talks": "1 of 1",
        "attempts": "2 of 2",
    }  # fmt: skip
    assert detail["judges"].startswith("none")
    assert detail["shipped"]["analysis_deadline_s"] == 0
    assert json.dumps(detail)


@pytest.mark.slow
def test_the_plain_prompt_is_measured_by_the_same_rows(results: Results) -> None:
    rows = results.report()[1]["beside_plain_prompt"]
    assert rows["false_praise_share"]["plain"] > 0.7
    assert rows["false_praise_share"]["ours"] == 0
    assert rows["one_question_at_most_share"]["plain"] == 0
    assert rows["talk_new_words_in_time_share"] == {"ours": 1.0, "plain": 0.0}
    assert rows["talk_replies_repeated_share"]["plain"] > 0.9


@pytest.mark.slow
def test_detail_names_what_was_not_right(results: Results) -> None:
    detail = results.report()[1]
    verdicts = detail["moves"]["verdicts"]
    assert sum(verdicts.values()) == 12
    assert len(detail["moves"]["not_right"]) == 12 - verdicts["right"]
    assert len(detail["replies"]["replies"]) == 12
    assert set(detail["columns"]) == {"shipped", "waits", "oracle"}
    assert detail["talks"]["b1"]["closed"]
    assert detail["asked"]["plain"]["requests"] > 20


@pytest.mark.slow
def test_of_nothing_nothing_is_reported(results: Results) -> None:
    figures, detail = Results(results.plan, results.model).report()
    assert figures == {}
    assert detail["beside_plain_prompt"] == {}
    assert detail["rows_lost"] == []


@pytest.mark.slow
async def test_mistakes_count_with_the_answer_and_with_the_second_look(
    data: Path,
) -> None:
    turns = planned(data, None).dialogues
    by_rules: list[Judged] = []
    looked: list[Judged] = []
    model = make_model("", "", TABLE)
    await judge_turns(
        turns, model, by_rules=by_rules, with_model=looked, done=lambda: None
    )
    figures, detail = dialogue_figures(by_rules, looked, model)
    assert figures["rules_only_recall"] == 0.5
    assert (figures["error_recall"], figures["accusation_precision"]) == (1.0, 1.0)
    assert detail["in_the_answer"]["recall"] == 0.5
    assert detail["with_the_second_look"]["found"] == 2
    waits = replace(model, shipped=replace(model.shipped, analysis_deadline_s=9.0))
    _, detail = dialogue_figures(by_rules, looked, waits)
    assert detail["in_the_answer"]["recall"] == 1.0


@pytest.mark.slow
async def test_who_interrupts_gets_what_is_there(data: Path) -> None:
    cases = sampled(read_cases(), 3, lambda case: case.learner.level)
    model = make_model("I see. What happened next?", PLAIN)
    found = Results(Plan((), cases, {}, ()), model)

    async def interrupted() -> None:
        await run_all(found)
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.sleep(30)

    assert not await until_interrupted(interrupted())
    figures, detail = found.report()
    assert figures["turns"] == 3
    assert "error_recall" not in figures
    assert detail["ran"]["scenario_turns"] == "3 of 3"


async def test_who_does_not_interrupt_gets_all() -> None:
    assert await until_interrupted(asyncio.sleep(0))


def test_rows_are_lost_where_nothing_is_won() -> None:
    rows = {
        "false_praise_share": {"ours": 0.1, "plain": 0.0},
        "level_within_one_macro": {"ours": 0.5, "plain": 0.6},
        "echo_gate_failed_share": {"ours": 0.1, "plain": 0.1},
        "safety_gate_failed_share": {"ours": 0.0, "plain": 0.0},
        "one_question_at_most_share": {"ours": 1.0, "plain": 1.0},
        "new_words_in_time_share": {"ours": 0.9, "plain": 0.2},
        "words_mean": {"ours": 10.0, "plain": 50.0},
    }
    assert lost_rows(rows) == [
        *("false_praise_share", "level_within_one_macro", "echo_gate_failed_share"),
    ]


@pytest.mark.parametrize(("limit", "kept"), [(None, 10), (4, 4), (99, 10)])
def test_a_limit_takes_from_every_kind(limit: int | None, kept: int) -> None:
    taken = sampled(range(10), limit, lambda number: (number % 2,))
    assert len(taken) == kept
    assert 2 * sum(number % 2 for number in taken) == kept


def test_a_limited_run_has_all_levels_and_sorts_of_turns() -> None:
    plan = planned(None, 60)
    english = [case for case in plan.cases if case.learner.l2 == "en"]
    assert len(plan.cases) == 60
    assert len({case.learner.level for case in english}) == 5
    assert {case.learner.l2 for case in plan.cases} == {"en", "es", "fr", "de"}
    assert 0.4 < sum(case.may_accuse for case in plan.cases) / 60 < 0.65
    assert len(plan.attacks) == 10
    assert len({attack.kind for attack in plan.attacks}) >= 5
    assert list(plan.talks) == ["b1"]
    assert plan.dialogues == []


def test_a_run_takes_as_long_as_a_laptop_has_time_for() -> None:
    model = make_model("", "")
    whole, some = (planned(None, limit).pace(model) for limit in (None, 60))
    assert 30 < sum(whole.expected_s.values()) / 60 < 55
    assert 8 < sum(some.expected_s.values()) / 60 < 12


def test_work_is_what_is_read_and_written() -> None:
    assert Work(62, 25).seconds == 2.0
    assert (Work(1, 2) + Work(3, 4)).times(2) == Work(8, 12)
    longer = correction("I like my brother and my sister very much.")
    assert longer.seconds > correction("I like it.").seconds
    cases = read_cases()
    assert cases_work(cases, STRONG).seconds > cases_work(cases, EMBEDDED).seconds


def test_the_rest_is_told_at_the_pace_so_far(
    capsys: pytest.CaptureFixture[str],
) -> None:
    pace = Pace({"turns": 60.0, "talks": 120.0}, {"turns": 2, "talks": 4})
    pace.begin()
    assert "about 3 min" in capsys.readouterr().err
    assert pace.left_s(pace._began + 50) == 180.0
    pace.step("turns")
    assert pace.left_s(pace._began + 50) == pytest.approx(250.0)
    assert not capsys.readouterr().err
    pace.step("turns")
    assert "turns: 2 of 2" in capsys.readouterr().err


def test_what_ships_is_read_from_the_settings(settings: Any) -> None:
    shipped = Shipped.of(settings.TEACHING)
    assert shipped.trust is EMBEDDED
    assert not shipped.words_corrections
    assert (shipped.analysis_deadline_s, shipped.clause_deadline_s) == (0.0, 2.5)
    assert dict(shipped.reply_tokens) == TOKENS
    strong = Shipped.of({**settings.TEACHING, "TRUST": "strong"})
    assert strong.trust is STRONG
    assert shipped.form is strong.form is Form.MARK
    by_schema = Shipped.of({**settings.TEACHING, "CORRECTS_BY_SCHEMA": True})
    assert by_schema.form is Form.JSON
    assert strong.words_corrections
