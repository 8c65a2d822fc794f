"""Mistakes of real learners: what the answer knows of them, and what the second look adds.

The corpus and what counts as a mistake in it are those of ``tutor_errors``. Rules answer at
once; the model's correction comes when the shipped settings let it come, with the answer or
after it. Both are counted on the same turns.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from sessions.live.teaching import StageCompletion
from sessions.turns.clauses import ClauseCutter
from tutor.analysis import analyser
from tutor.brief import LessonPlan
from tutor.learner import LearnerTurn
from tutor.teaching import Teacher

from .tutor_errors import LEARNER, GoldTurn, Half, Judged, figures_of, gold_turns
from .tutor_models import Model

# Nothing was fitted to these.
HALF: Half = "held"
# As for a second look in a talk.
_CORRECTION_S = 8.0
_SHOWN = frozenset(
    {
        "turns",
        "erroneous",
        "found",
        "accused_clean",
        "precision",
        "recall",
        "edit_precision",
        "edit_recall",
        "types_right",
        "categories_right",
        "judged_share",
        "clean_share_of_erroneous",
        "ms_p50",
        "ms_p95",
    }
)


def dialogue_turns(data: Path) -> list[GoldTurn]:
    """Return the learners' turns that are judged. Raises FileNotFoundError."""
    return list(gold_turns(data, HALF))


async def judge_turns(
    turns: Sequence[GoldTurn],
    model: Model,
    *,
    by_rules: list[Judged],
    with_model: list[Judged],
    done: Callable[[], None],
) -> None:
    """Judge turns by rules alone and with the model, adding to both lists."""
    completion = StageCompletion(
        model.runner, asyncio.get_running_loop(),
        deadline_s=_CORRECTION_S, language=LEARNER.l2,
    )  # fmt: skip
    teacher = Teacher(
        LEARNER,
        LessonPlan(),
        completion=completion,
        cutter=ClauseCutter,
        trust=model.shipped.trust,
        form=model.shipped.form,
    )
    rules = analyser(LEARNER.l2, None)
    for gold in turns:
        turn = LearnerTurn(gold.text)
        began = time.perf_counter()
        offline = rules.analyse(turn, LEARNER)
        between = time.perf_counter()
        looked = await teacher.look_again(turn)
        ended = time.perf_counter()
        by_rules.append(Judged(gold, offline, 1000 * (between - began)))
        with_model.append(Judged(gold, looked, 1000 * (ended - between)))
        done()


def dialogue_figures(
    by_rules: Sequence[Judged], with_model: Sequence[Judged], model: Model
) -> tuple[dict[str, float], dict[str, Any]]:
    """Return figures and detail of turns that were judged; neither list is empty."""
    rules, looked = figures_of(by_rules), figures_of(with_model)
    deadline_ms = 1000 * model.shipped.analysis_deadline_s
    in_time = [
        model_one if model_one.ms <= deadline_ms else rules_one
        for rules_one, model_one in zip(by_rules, with_model, strict=True)
    ]
    figures = {
        "accusation_precision": looked["precision"],
        "error_recall": looked["recall"],
        "rules_only_recall": rules["recall"],
        "rules_only_precision": rules["precision"],
        "error_types_right": looked["types_right"],
    }
    detail = {
        "in_the_answer": _shown(figures_of(in_time)),
        "with_the_second_look": {**_shown(looked), "by_type": looked["by_type"]},
        "rules_only": _shown(rules),
    }
    return figures, detail


def _shown(figures: dict[str, Any]) -> dict[str, Any]:
    return {
        name: round(value, 4) if isinstance(value, float) else value
        for name, value in figures.items()
        if name in _SHOWN
    }
