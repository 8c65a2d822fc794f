"""How often the rules about goals are right, on scripted talks labelled by hand.

``python -m bench.goals`` prints the figures of the talks that the rules were written with
(``tune``) and of those that were only looked at afterwards (``held``); ``--show`` each goal
that is judged otherwise than it is labelled.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tutor.goals import GoalState, GoalTurn, judge_goals

TALKS = Path(__file__).parent / "goal_talks.yaml"
LABELS = {
    "reached": GoalState.REACHED,
    "not": GoalState.NOT_REACHED,
    "unclear": GoalState.UNCLEAR,
}


@dataclass(frozen=True, slots=True)
class JudgedGoal:
    """A goal with what a reader says of it and what the rules say."""

    talk: str
    part: str
    goal: str
    label: GoalState
    found: GoalState


def judged_goals(path: Path = TALKS) -> Iterator[JudgedGoal]:
    """Judge every goal of the file."""
    for talk in yaml.safe_load(path.read_text("utf-8")):
        goals = [goal for goal, _ in talk["goals"]]
        found = judge_goals(goals, turns_of(talk["talk"]), language=talk["l2"])
        for (goal, label), one in zip(talk["goals"], found, strict=True):
            yield JudgedGoal(talk["name"], talk["part"], goal, LABELS[label], one.state)


def turns_of(lines: list[str]) -> tuple[GoalTurn, ...]:
    """Return the learner's turns of a talk in lines that begin with ``T:`` or ``L:``."""
    turns: list[GoalTurn] = []
    before = ""
    for line in lines:
        speaker, _, text = line.partition(":")
        if speaker == "T":
            before = text.strip()
        else:
            turns.append(GoalTurn(len(turns) + 1, text.strip(), before))
    return tuple(turns)


def figures(judged: list[JudgedGoal]) -> dict[str, Any]:
    """Return precision and share found of both verdicts, and how much is left open."""
    found: dict[str, Any] = {
        "goals": len(judged),
        "left_open": sum(one.found is GoalState.UNCLEAR for one in judged),
    }
    for state in (GoalState.REACHED, GoalState.NOT_REACHED):
        said = [one for one in judged if one.found is state]
        right = sum(one.label is state for one in said)
        of = sum(one.label is state for one in judged)
        found[state.value] = {"said": len(said), "right": right, "labelled": of}
    return found


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="bench.goals", description=__doc__)
    parser.add_argument("--show", choices=("tune", "held"))
    show = parser.parse_args().show
    judged = list(judged_goals())
    for part in ("tune", "held"):
        shown = figures([one for one in judged if one.part == part])
        sys.stdout.write(f"{part} {shown}\n")
    for one in judged:
        if one.part == show and one.label is not one.found:
            sys.stdout.write(
                f"{one.talk}: {one.goal} is {one.label}, judged {one.found}\n"
            )


if __name__ == "__main__":
    main()
