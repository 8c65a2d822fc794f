"""``manage.py import_lessons``: brings courses from files into the catalogue."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lessons.course_files.reading import CourseFaults, Fault
from lessons.importing import SHIPPED, Imported, Outcome, course_folders, import_course


class Command(BaseCommand):
    """Imports each course whole or not at all; every fault is told with file and line."""

    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare what to import, and how."""
        parser.add_argument(
            "folders",
            nargs="*",
            type=Path,
            metavar="folder",
            help="a course, or a folder of courses; without: those that come with the site",
        )
        parser.add_argument(
            "--check", action="store_true", help="only look for faults, write nothing"
        )
        parser.add_argument(
            "--replace-edited",
            action="store_true",
            help="also follow versions that were edited on the site",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Import, then say what came of it. Fails if any course has a fault."""
        imported: list[Imported] = []
        faults: list[Fault] = []
        for folder in self._folders(options["folders"] or [SHIPPED]):
            try:
                done = import_course(
                    folder,
                    replace_edited=options["replace_edited"],
                    writes=not options["check"],
                )
            except CourseFaults as error:
                faults += error.faults
                continue
            imported.append(done)
            if options["verbosity"] > 1 or done.outcome != Outcome.SAME:
                self.stdout.write(f"{done.key} {done.version}: {done.outcome}")
        counts = Counter(done.outcome for done in imported)
        told = ", ".join(f"{n} {outcome}" for outcome, n in counts.items())
        if told and options["verbosity"] > 0:
            self.stdout.write(
                f"{'Checked' if options['check'] else 'Courses'}: {told}."
            )
        if faults:
            for fault in faults:
                self.stderr.write(str(fault))
            raise CommandError(f"{len(faults)} faults; their courses were left alone.")

    def _folders(self, places: list[Path]) -> list[Path]:
        found: list[Path] = []
        for place in places:
            folders = course_folders(place)
            if not folders:
                raise CommandError(f"There is no course in {place}.")
            found += folders
        return found
