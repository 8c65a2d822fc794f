"""``manage.py seed_school``: a school of made-up people, for trials and measurements."""

from __future__ import annotations

from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from tutorplatform.madeup.seeding import NotMadeUp, remove_school, seed_school

TURNS_EACH = 100


class Command(BaseCommand):
    """Make a school, or delete it with everything in it."""

    help = (
        "Make a school of made-up people with talks, work and marks. Repeating it adds "
        "who is missing; --remove deletes all of it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("--learners", type=int, default=100)
        parser.add_argument(
            "--turns",
            type=int,
            help=f"in which learners speak, all together (default {TURNS_EACH} each)",
        )
        parser.add_argument(
            "--school", default="made-up", help="its name; made-up- is put before it"
        )
        parser.add_argument(
            "--password", default="", help="with which its teachers can sign in"
        )
        parser.add_argument("--remove", action="store_true", help="delete it instead")
        parser.add_argument(
            "--force", action="store_true", help="also where DEBUG is off"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Make or remove, telling how far it is."""
        try:
            if options["remove"]:
                n = remove_school(name=options["school"], progress=self._tell)
                self.stdout.write(f"Removed {n} people and all they did.")
                return
            self._make(options)
        except NotMadeUp as error:
            raise CommandError(
                f"The school {error} has people who were not made up."
            ) from error

    def _make(self, options: dict[str, Any]) -> None:
        learners = options["learners"]
        if learners < 1:
            raise CommandError("At least one learner, please.")
        if not (settings.DEBUG or options["force"]):
            raise CommandError(
                "DEBUG is off here: made-up people would stand among real ones. Use "
                "--force if you really want them."
            )
        began = monotonic()
        made = seed_school(
            name=options["school"],
            learners=learners,
            turns=options["turns"] or TURNS_EACH * learners,
            now=timezone.now(),
            password=options["password"],
            progress=self._tell,
        )
        self.stdout.write(
            f"School {made.school}: {made.learners} learners, {made.new} of them new, "
            f"with {made.turns} turns and {made.phonemes} scored sounds, "
            f"in {monotonic() - began:.0f} s."
        )
        if options["password"]:
            self.stdout.write(
                f"Sign in as manager00000@{made.school}.made-up.invalid or "
                f"teacher00001@{made.school}.made-up.invalid."
            )

    def _tell(self, done: int, of: int) -> None:
        self.stderr.write(f"  {done} of {of}")
