"""``manage.py check_content``: looks for faults in courses; figures as JSON on stdout."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from inference.conf import shutdown
from lessons.importing import SHIPPED, course_folders
from sessions.voices import voice_of
from tutorplatform.content_check.checking import check


class Command(BaseCommand):
    """Checks levels, answers, sounds and voices of courses as files; needs no database."""

    help = __doc__ or ""
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare what to check."""
        parser.add_argument("folders", nargs="*", type=Path, metavar="folder")
        parser.add_argument(
            "--no-voices",
            action="store_false",
            dest="voices",
            help="do not ask whether there is a voice for each language",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, tell each fault on stderr, print the figures. Fails if there are faults."""
        places = options["folders"] or [SHIPPED]
        folders = [folder for place in places for folder in course_folders(place)]
        if not folders:
            raise CommandError("There is no course to check.")
        checked = check(
            folders,
            has_voice=self._has_voice if options["voices"] else lambda _language: True,
            say=self.stderr.write,
        )
        for kind, faults in checked.faults.items():
            for fault in faults:
                self.stderr.write(f"{fault} [{kind}]")
        self.stdout.write(json.dumps(checked.report()))
        shutdown()
        if checked.faults:
            raise CommandError("There are faults.")

    def _has_voice(self, language: str) -> bool:
        return voice_of(language) is not None
