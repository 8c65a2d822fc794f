"""What squawk says of a migration's SQL, and one thing that it cannot know of Django."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SQUAWK = Path(sys.executable).with_name("squawk")
# Matters of taste, and of the connection: `migrate` runs with a lock_timeout of its own.
_PASSED_OVER = (
    "prefer-text-field", "prefer-bigint-over-int", "prefer-bigint-over-smallint",
    "prefer-identity", "prefer-robust-stmts", "require-statement-timeout",
    "require-lock-timeout", "require-timeout-settings",
)  # fmt: skip
_DEFAULT_GOES = re.compile(r"ALTER TABLE (\S+) ALTER COLUMN (\S+) DROP DEFAULT")
_ALLOWED = re.compile(r"^\s*# migrates-with-care: ([a-z-]+): (\S.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a migration is refused: the rule, and what to know about it."""

    rule: str
    words: str


def faults(statements: str, source: str = "") -> list[Fault]:
    """Return what speaks against running these statements while the site is used.

    A line ``# migrates-with-care: rule: why`` in the migration's ``source`` allows one rule.
    """
    allowed = {rule for rule, _why in _ALLOWED.findall(source)}
    found = [*_of_squawk(statements), *_of_django(statements)]
    return [fault for fault in dict.fromkeys(found) if fault.rule not in allowed]


def _of_squawk(statements: str) -> Iterator[Fault]:
    done = subprocess.run(
        [
            SQUAWK, "--reporter", "json", "--pg-version", "14",
            "--exclude", ",".join(_PASSED_OVER), "--stdin-filepath", "migration.sql",
        ],
        input=statements, capture_output=True, text=True, check=False,
    )  # fmt: skip
    try:
        said = json.loads(done.stdout or "[]")
    except ValueError as error:
        raise SystemExit(f"squawk failed: {done.stdout}{done.stderr}") from error
    for one in said:
        yield Fault(one["rule_name"], " ".join(one["message"].split()))


def _of_django(statements: str) -> Iterator[Fault]:
    """A default that Django drops again after it filled a new column."""
    for table, column in _DEFAULT_GOES.findall(statements):
        yield Fault(
            "default-goes",
            f"{table}.{column} has no default in the database: the old version cannot "
            "insert rows any more. Give the field a db_default, or let it be null.",
        )
