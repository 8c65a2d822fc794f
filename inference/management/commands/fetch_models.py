"""Fetches and verifies the models that the configured engines need."""

from __future__ import annotations

import argparse
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from inference.conf import model_store
from inference.errors import EngineUnavailable
from inference.registry import ENGINES
from inference.stages.stage import LIVE_KINDS, EngineKind
from inference.store import ModelStore, Progress, progress_for

EXIT_CODE = 3


class Command(BaseCommand):
    """``manage.py fetch_models [names] [--language es] [--all] [--verify]``."""

    help = "Fetch the models that the configured engines need, and verify them."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("names", nargs="*", help="models of inference/models.toml")
        parser.add_argument("--all", action="store_true", help="every model")
        parser.add_argument(
            "--language",
            action="append",
            default=[],
            help="also the best voice of this language that can be had",
        )
        parser.add_argument(
            "--verify", action="store_true", help="hash all files again first"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run. Exits with 3 when a model cannot be had."""
        store = model_store()
        names, spared = options["names"] or _needed(live=True), []
        if not options["names"]:
            # Talks go on without these: that one cannot be had is said, and no failure.
            spared = _needed(live=False)
            names = [*names, *spared]
        if options["all"]:
            names = list(store.manifest.models)
        progress = progress_for()
        for language in options["language"]:
            self._fetch_voice(store, language, progress)
        try:
            if options["verify"]:
                for name, paths in store.verify(names).items():
                    for path in paths:
                        progress.say(f"  {name}: {path} is damaged")
            incomplete = store.missing(names)
        except EngineUnavailable as error:
            raise CommandError(_words(error), returncode=EXIT_CODE) from error
        problems = []
        for name in names:
            try:
                store.ensure([name], progress)
            except EngineUnavailable as error:
                if name in spared and not options["all"]:
                    progress.say(f"  {_words(error)}")
                else:
                    problems.append(_words(error))
        if problems:
            # All of them at once: who carries files here by hand goes only once.
            raise CommandError("\n\n".join(problems), returncode=EXIT_CODE)
        if incomplete or options["verify"] or options["verbosity"] > 1:
            total = sum(store.manifest.entry(name).bytes for name in names)
            self.stdout.write(
                f"{len(names)} models verified, {total / 1e6:.0f} MB, "
                f"in {store.models_dir}"
            )

    def _fetch_voice(
        self, store: ModelStore, language: str, progress: Progress
    ) -> None:
        """Fetch the first of a language's voices that a source has.

        That none can be had is no failure: voices without weights speak, or words show.
        """
        kind = EngineKind.SYNTHESIZER.value
        conf = settings.INFERENCE["ENGINES"][kind]
        if language not in conf["OPTIONS"].get("voices", {}):
            raise CommandError(f"No voice is set for {language}")
        voices = ENGINES.models_of_part(kind, conf, language)
        for name in voices:
            try:
                store.ensure([name], progress)
            except EngineUnavailable as error:
                progress.say(f"  {name}: cannot be had [{error.code}]")
            else:
                self.stdout.write(f"The voice of {language}: {name}")
                return
        self.stdout.write(f"The voice of {language}: one that needs no weights")


def _needed(*, live: bool) -> list[str]:
    """Return the models of the configured engines that talks need, or of the others."""
    engines = settings.INFERENCE["ENGINES"]
    return ENGINES.models_needed(
        {kind: engines[kind] for kind in engines if (kind in LIVE_KINDS) is live}
    )


def _words(error: EngineUnavailable) -> str:
    return f"{error.message}\n[{error.code}]"
