"""Loads each configured engine and tries it once."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from inference.conf import engine_name, get_engine, shutdown
from inference.errors import StageError
from inference.stages.stage import EngineKind


class Command(BaseCommand):
    """``manage.py warm_engines``: a table of what works and what does not."""

    help = "Load each configured engine, try it once and say what works."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run. Fails when an engine cannot be used."""
        failed = 0
        self.stdout.write(f"{'kind':<13}{'engine':<17}{'seconds':>8}  result")
        try:
            for kind in EngineKind:
                started = time.monotonic()
                try:
                    get_engine(kind).warm()
                    result = "ok"
                except StageError as error:
                    failed += 1
                    result = f"failed [{error.code}] {error.message}"
                seconds = time.monotonic() - started
                self.stdout.write(
                    f"{kind.value:<13}{engine_name(kind):<17}{seconds:>8.2f}  {result}"
                )
        finally:
            shutdown()
        if failed:
            raise CommandError(f"{failed} of {len(EngineKind)} engines cannot be used")
