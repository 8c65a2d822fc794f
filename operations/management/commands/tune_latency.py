"""Measures this host and says, or writes, the settings that make answers come in time."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from inference.errors import StageError
from inference.stages.stage import EngineKind
from operations.tuning import env_file, wording
from operations.tuning.choosing import Tuning, choose
from operations.tuning.engines import name_of, problem
from operations.tuning.figures import HostFigures, Situation
from operations.tuning.measuring import measure
from sessions.turns.budget import Budget

_RUNS = 5


class Command(BaseCommand):
    """``manage.py tune_latency [--write [FILE]] [--print] [--json]``, on a quiet host."""

    help = (
        "Measure the engines of this host, one after the other, and say which settings "
        "hold the target TUTOR_FIRST_AUDIO_TARGET_MS. Nobody should talk meanwhile."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument(
            "--face", action="store_true", help="try the drawn head, also if it is off"
        )
        parser.add_argument("--runs", type=int, default=_RUNS, help="of each engine")
        parser.add_argument(
            "--write",
            nargs="?",
            type=Path,
            const=Path(settings.DATA_DIR) / env_file.NAME,
            metavar="FILE",
            help=f"write the settings to this file, else to {env_file.NAME} in the data "
            "folder, which `make run` reads",
        )
        parser.add_argument(
            "--print", action="store_true", help="the settings alone on standard output"
        )
        parser.add_argument(
            "--json", action="store_true", help="everything, as JSON on standard output"
        )
        parser.add_argument(
            "--busy",
            action="store_true",
            help="write even if something else was running",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure, choose, tell. Fails with the code of an engine that cannot be used."""
        if options["runs"] < 1:
            raise CommandError("--runs: 1 or more")
        situation = _situation()
        try:
            figures = measure(
                runs=options["runs"],
                with_face=options["face"],
                say=lambda what: self.stderr.write(f"{what} ..."),
            )
        except StageError as error:
            raise CommandError(problem(error)) from error
        tuning = choose(figures, situation)
        if options["json"]:
            self.stdout.write(_as_json(figures, tuning))
        elif options["print"]:
            self.stdout.write("\n".join(wording.env_lines(tuning)))
        else:
            self._report(figures, tuning, situation)
        if options["write"] is not None:
            self._write(options["write"], figures, tuning, busy=options["busy"])

    def _report(
        self, figures: HostFigures, tuning: Tuning, situation: Situation
    ) -> None:
        for heading, lines in (
            ("Measured", wording.found(figures)),
            ("Settings", wording.env_lines(tuning)),
            ("Expected", wording.expectation(tuning, Budget(situation.target_ms))),
            ("What would help most", wording.advice(figures, tuning, situation)),
        ):
            self.stdout.write(self.style.MIGRATE_HEADING(heading))
            for line in lines:
                self.stdout.write(f"  {line}")

    def _write(
        self, path: Path, figures: HostFigures, tuning: Tuning, *, busy: bool
    ) -> None:
        if wording.is_busy(figures) and not busy:
            raise CommandError(
                f"[tuning.busy] The load was {figures.load:.1f} before anything was measured: "
                "nothing is written. Try again when the host is quiet, or with --busy."
            )
        notes = [
            f"manage.py tune_latency, {datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
            *wording.found(figures),
        ]
        try:
            env_file.write(path, wording.env_lines(tuning), notes)
        except OSError as error:
            raise CommandError(
                f"[tuning.not_written] {path}: {error.strerror}"
            ) from error
        self.stderr.write(f"Written: {path}")


def _situation() -> Situation:
    live = settings.LIVE
    fixed = {
        EngineKind.TRANSCRIBER.value: "faster_whisper",
        EngineKind.DIALOGUE.value: "llama_cpp",
    }
    return Situation(
        target_ms=live["FIRST_AUDIO_TARGET_MS"],
        end_silence_ms=live["END_SILENCE_MS"],
        words_decide=live["TURN_TAKING"] == "model",
        face=name_of(EngineKind.FACE_RENDERER),
        fixed=frozenset(
            kind for kind, tuned in fixed.items() if name_of(EngineKind(kind)) != tuned
        ),
    )


def _as_json(figures: HostFigures, tuning: Tuning) -> str:
    return json.dumps(
        {
            "settings": tuning.settings,
            "expected": asdict(tuning.expected),
            "figures": asdict(figures),
        },
        indent=2,
    )
