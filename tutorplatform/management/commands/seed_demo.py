"""Fills the database with people to sign in as and a course to take."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from learners.services.accounts import save_account
from learners.services.profiles import save_profile
from lessons.services import save_course, save_lesson
from tutorplatform.demo import DEMO_ACCOUNTS, DEMO_COURSE, DEMO_LESSONS


class Command(BaseCommand):
    """Create the demo, or put it back as it was; nothing else is touched."""

    help = "Create demo accounts and a course. Their passwords are public."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument(
            "--force",
            action="store_true",
            help="also where DEBUG is off: anybody could sign in with these passwords",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Seed, then print who can sign in."""
        if not (settings.DEBUG or options["force"]):
            raise CommandError(
                "The demo's passwords are public, so it is only made where DEBUG is on. "
                "Use --force if you really want it here."
            )
        with transaction.atomic():
            self._save_people()
            self._save_catalogue()
        self._print_accounts()

    def _save_people(self) -> None:
        for account in DEMO_ACCOUNTS:
            user = save_account(
                email=account.email, password=account.password, role=account.role
            )
            save_profile(
                user=user,
                display_name=account.display_name,
                l1=account.l1,
                level=account.level,
                goal=account.goal,
            )

    def _save_catalogue(self) -> None:
        course = save_course(**DEMO_COURSE)
        for position, lesson in enumerate(DEMO_LESSONS, start=1):
            save_lesson(course=course, position=position, **lesson)

    def _print_accounts(self) -> None:
        self.stdout.write("Demo accounts:")
        for account in DEMO_ACCOUNTS:
            self.stdout.write(
                f"  {account.email:<22} {account.password:<12} "
                f"{account.role.lower():<8} {account.display_name}, "
                f"{account.l1} speaker, {account.level}"
            )
