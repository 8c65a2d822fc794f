"""The sets of tests. Each runs in a process of its own.

A page driven through Playwright's blocking API and asyncio tests cannot share a process;
real models would slow the quick tests down; and a crash in native code should not take
the other sets with it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
NO_TESTS_COLLECTED = 5


@dataclass(frozen=True)
class Suite:
    """One call of a test runner."""

    name: str
    command: tuple[str, ...]
    environ: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Result:
    """How a set ended."""

    name: str
    outcome: str
    seconds: float

    @property
    def failed(self) -> bool:
        """Whether the set must turn the run red."""
        return self.outcome == "failed"


def pysuite(name: str, *arguments: str) -> Suite:
    """Return a set that pytest runs."""
    return Suite(name, (sys.executable, "-m", "pytest", "-q", *arguments))


FAST = pysuite("fast", "-n", "2", "--durations=30")
# Every talk once more, its stages on workers behind the run's Redis.
QUEUED = Suite(
    "queued",
    (sys.executable, "-m", "pytest", "-q", "-n", "2", "tests/unit/sessions"),
    {"TUTOR_TEST_RUNNER": "queued"},
)
SLOW = pysuite(
    "slow",
    *("-n", "2", "--dist", "loadfile", "--durations=20"),
    *("-m", "slow and not long and not engine and not browser and not gpu"),
)
ENGINE = pysuite("engine", "-m", "engine and not browser and not gpu")
BROWSER = pysuite("browser", "-m", "browser and not long and not gpu")
# Pages beside the main job: run before they are changed, and before a release.
LONG = pysuite("long", "-m", "long and not gpu")


def javascript(node: Path) -> Suite:
    """Return the browser modules' own tests."""
    return Suite(
        "javascript", (str(node), "--test", "--test-reporter=spec", "tests/js/")
    )


def run_sets(sets: Sequence[Suite], environ: Mapping[str, str]) -> list[Result]:
    """Run the sets in order, all of them, whatever fails."""
    results = []
    for suite in sets:
        print(f"\n=== {suite.name} ===", flush=True)
        started = time.monotonic()
        code = subprocess.run(
            suite.command,
            cwd=ROOT,
            env={**os.environ, **environ, **suite.environ},
            check=False,
        ).returncode
        outcome = "passed" if code == 0 else "failed"
        if code == NO_TESTS_COLLECTED and suite is not FAST:
            outcome = "no tests"
        results.append(Result(suite.name, outcome, time.monotonic() - started))
    return results
