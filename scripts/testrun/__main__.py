"""Entry of `make test` and `make test-fast`."""

from __future__ import annotations

import argparse
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from . import programs, services, sets

TEST_MODELS = (
    "whisper-base", "piper-en_US-joe-medium", "kokoro-82m-int8",
    "smollm2-135m-instruct-q4_1",
)  # fmt: skip


def main() -> int:
    """Run what was asked for. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="scripts.testrun")
    parser.add_argument("what", choices=("all", "fast", "long"))
    what = parser.parse_args().what
    started = time.monotonic()
    # So that the services are stopped on SIGTERM too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        results = (
            _with_services(what) if what != "fast" else sets.run_sets([sets.FAST], {})
        )
    except programs.RunError as error:
        print(f"\n{error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    return _summary(results, time.monotonic() - started)


def _with_services(what: str) -> list[sets.Result]:
    programs.require(
        [
            programs.POSTGRES,
            programs.REDIS,
            programs.CHROMIUM,
            programs.NODE,
            programs.ESPEAK,
            programs.RESTIC,
        ]
    )
    _fetch_weights(TEST_MODELS)
    chosen = [sets.LONG]
    if what == "all":
        chosen = [
            sets.FAST, sets.QUEUED, sets.SLOW, sets.ENGINE, sets.BROWSER,
        ]  # fmt: skip
        chosen.append(sets.javascript(_found(programs.NODE)))
    with _services() as environ:
        return sets.run_sets(chosen, environ)


@contextmanager
def _services() -> Iterator[dict[str, str]]:
    with ExitStack() as stack:
        print("* Starting PostgreSQL and Redis", flush=True)
        yield {
            "DATABASE_URL": stack.enter_context(services.postgres()),
            "TUTOR_REDIS_URL": stack.enter_context(services.redis()),
            "CHROMIUM": str(_found(programs.CHROMIUM)),
            "TUTOR_LLM_MODEL": TEST_MODELS[-1],
            # The cluster goes away as a whole: no set needs to drop its database.
            "PYTEST_ADDOPTS": "--reuse-db",
        }


def _found(program: programs.Program) -> Path:
    path = program.find()
    if path is None:
        raise programs.RunError(f"{program.package} is missing.")
    return path


def _fetch_weights(models: Sequence[str]) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "fetch_models", *models],
        cwd=sets.ROOT,
        check=False,
    )
    if done.returncode:
        raise programs.RunError("The tests need the weights named above.")


def _summary(results: Sequence[sets.Result], seconds: float) -> int:
    print("\n=== summary ===")
    for result in results:
        print(f"{result.name:<12}{result.outcome:<10}{result.seconds:7.1f} s")
    print(f"{'all':<22}{seconds:7.1f} s")
    return 1 if any(result.failed for result in results) else 0


if __name__ == "__main__":
    sys.exit(main())
