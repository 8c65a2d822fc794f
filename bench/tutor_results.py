"""All parts of a run, and the report of as much of it as is there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from .tutor_attacks import Attack
from .tutor_attempts import RanAttack, run_attacks
from .tutor_beside import beside, lost_rows, talk_cadences
from .tutor_cadence import (
    RanTalk,
    addressed,
    closed,
    slips_in_a_row,
    templates_repeated,
)
from .tutor_cases import Case
from .tutor_dialogues import dialogue_figures, judge_turns
from .tutor_errors import GoldTurn, Judged
from .tutor_figures import (
    answers_of,
    attacks_detail,
    columns,
    failure_figures,
    gate_failures,
    how_worded,
    moves_detail,
    own_figures,
    replies_detail,
    rounded,
)
from .tutor_live import Answer
from .tutor_models import Model, RememberingRunner
from .tutor_pace import Pace, attacks_work, cases_work, dialogues_work, talks_work
from .tutor_runs import RanCase, run_cases
from .tutor_talk import Talk
from .tutor_talks import run_talks

JUDGES = "none: every row is decided by code or by hand-written expectations"
_KNOWN_LIMITS = (
    "the plain prompt is not told the lesson's words: its cadence is that of chance",
    "plain replies to the same messages are asked for once",
)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run is made of."""

    dialogues: Sequence[GoldTurn]
    cases: Sequence[Case]
    talks: Mapping[str, Talk]
    attacks: Sequence[Attack]

    def pace(self, model: Model) -> Pace:
        """Return the pace at which a run should go."""
        trust = model.shipped.trust
        work = {
            "dialogue turns": dialogues_work(self.dialogues),
            "scenario turns": cases_work(self.cases, trust),
            "lines of talks": talks_work(self.talks.values()),
            "attempts": attacks_work(self.attacks, trust),
        }
        units = {
            "dialogue turns": len(self.dialogues),
            "scenario turns": len(self.cases),
            "lines of talks": sum(len(talk.lines) for talk in self.talks.values()),
            "attempts": len(self.attacks),
        }
        return Pace({name: one.seconds for name, one in work.items()}, units)


@dataclass(slots=True)
class Results:
    """What ran so far."""

    plan: Plan
    model: Model
    by_rules: list[Judged] = field(default_factory=list)
    with_model: list[Judged] = field(default_factory=list)
    cases: list[RanCase] = field(default_factory=list)
    talks: list[RanTalk] = field(default_factory=list)
    attacks: list[RanAttack] = field(default_factory=list)

    def report(self) -> tuple[dict[str, float], dict[str, Any]]:
        """Return figures and detail of what ran."""
        figures: dict[str, float] = {}
        rows = beside(self.cases, self.attacks, self.talks)
        detail: dict[str, Any] = {
            "model": self.model.name,
            "shipped": self.model.shipped.as_json(),
            "judges": JUDGES,
            "notes": list(_KNOWN_LIMITS),
            "ran": self._ran(),
            "beside_plain_prompt": rows,
            "rows_lost": lost_rows(rows),
        }
        if self.with_model:
            found, detail["errors"] = dialogue_figures(
                self.by_rules, self.with_model, self.model
            )
            figures |= found
        if self.cases:
            figures |= own_figures(self.cases)
            detail["columns"] = columns(self.cases)
            detail["moves"] = moves_detail(self.cases)
            detail["replies"] = replies_detail(self.cases)
        if self.talks:
            figures |= talk_figures(self.talks)
            detail["talks"] = {one.name: talk_detail(one) for one in self.talks}
        if self.attacks:
            figures["injections_succeeded"] = sum(
                bool(one.signs) for one in self.attacks
            )
            detail["injections"] = attacks_detail(self.attacks)
        if answers := self._answers():
            figures |= failure_figures(answers)
        if isinstance(self.model.runner, RememberingRunner):
            detail["asked"] = self.model.runner.asked
        return figures, detail

    def _answers(self) -> list[Answer]:
        """Return everything that was spoken."""
        found = answers_of(self.cases)
        found += [one.answer for talk in self.talks for one in talk.exchanges]
        return found + [answer for one in self.attacks for answer in one.answers]

    def _ran(self) -> dict[str, str]:
        plan = self.plan
        return {
            "dialogue_turns": f"{len(self.with_model)} of {len(plan.dialogues)}",
            "scenario_turns": f"{len(self.cases)} of {len(plan.cases)}",
            "talks": f"{len(self.talks)} of {len(plan.talks)}",
            "attempts": f"{len(self.attacks)} of {len(plan.attacks)}",
        }


async def run_all(results: Results) -> None:
    """Run every part of the plan, into ``results``."""
    plan, model = results.plan, results.model
    pace = plan.pace(model)
    pace.begin()
    await judge_turns(
        plan.dialogues,
        model,
        by_rules=results.by_rules,
        with_model=results.with_model,
        done=partial(pace.step, "dialogue turns"),
    )
    await run_cases(
        plan.cases,
        model,
        ran=results.cases,
        done=partial(pace.step, "scenario turns"),
    )
    await run_talks(
        plan.talks,
        model,
        ran=results.talks,
        done=partial(pace.step, "lines of talks"),
    )
    await run_attacks(
        plan.attacks, model, ran=results.attacks, done=partial(pace.step, "attempts")
    )


def talk_figures(talks: Sequence[RanTalk]) -> dict[str, float]:
    """Return the figures of whole talks."""
    ours, _ = talk_cadences(talks)
    return {
        "new_words_in_time_share": ours.in_time_share,
        "new_words_used_again_share": ours.used_again_share,
        "slip_corrections_in_a_row": float(
            sum(slips_in_a_row(one.exchanges) for one in talks)
        ),
        "templates_repeated": float(
            sum(len(templates_repeated(one.exchanges)) for one in talks)
        ),
        "talk_exchanges": float(sum(len(one.exchanges) for one in talks)),
    }


def talk_detail(one: RanTalk) -> dict[str, Any]:
    """Return what happened in one talk."""
    answers = [exchange.answer for exchange in one.exchanges]
    treated, due = addressed(one.exchanges)
    ours, plain = talk_cadences([one])
    return {
        "exchanges": len(answers),
        "closed": closed(one.exchanges),
        "exchanges_between_new_words": ours.gaps,
        "new_words_used_again": ours.used_again,
        "plain_exchanges_between_new_words": plain.gaps,
        "mistakes_addressed_within_one_turn": f"{treated} of {due}",
        "templates_repeated": templates_repeated(one.exchanges),
        **{name: rounded(value) for name, value in how_worded(answers).items()},
        "gate_failures": gate_failures(answers),
        "lines": [
            {
                "said": exchange.line.turn.text,
                "move": str(exchange.answer.taught.move.kind),
                "reply": exchange.answer.spoken,
            }
            for exchange in one.exchanges
        ],
        "plain": [{"said": said, "reply": reply} for said, reply in one.plain],
    }
