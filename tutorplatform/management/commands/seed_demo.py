"""Fills the database with people to sign in as and a course to take."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from learners.mastery import Attempts
from learners.selectors import get_learner_id
from learners.services.accounts import save_account
from learners.services.exercise_making import make_exercises
from learners.services.mastery import record_attempts
from learners.services.profiles import save_profile
from lessons.services import save_course, save_lesson
from sessions.repository import DatabaseTurnRepository
from sessions.selectors import list_sessions
from sessions.services import end_session, start_session
from tutorplatform.demo import DEMO_ACCOUNTS, DEMO_COURSE, DEMO_LESSONS
from tutorplatform.demo_assignments import save_assignments
from tutorplatform.demo_connect import save_connections
from tutorplatform.demo_courses import save_own_course
from tutorplatform.demo_insights import save_insights
from tutorplatform.demo_mistakes import mistake_records, worded_by_hand
from tutorplatform.demo_operations import save_operations
from tutorplatform.demo_privacy import save_minor
from tutorplatform.demo_progress import save_history
from tutorplatform.demo_reviews import save_reviews
from tutorplatform.demo_school import save_school
from tutorplatform.demo_talk import LESSON_KEY, PRACTICE, demo_records


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
            classroom = save_school(now=timezone.now())
            save_minor(now=timezone.now())
            talked_on = self._save_catalogue()
            self._save_talk(talked_on)
            save_history(
                learner_id=get_learner_id(email=DEMO_ACCOUNTS[0].email),
                now=timezone.now(),
            )
            save_own_course(classroom=classroom, now=timezone.now())
            save_insights(classroom=classroom, now=timezone.now())
            save_assignments(classroom=classroom, now=timezone.now())
            save_reviews(classroom=classroom, now=timezone.now())
            save_operations(now=timezone.now())
            save_connections(school=classroom.school, now=timezone.now())
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

    def _save_catalogue(self) -> UUID:
        """Save course and lessons; return the lesson of the demo's talk."""
        course = save_course(**DEMO_COURSE)
        lessons = {
            lesson["key"]: save_lesson(course=course, position=position, **lesson)
            for position, lesson in enumerate(DEMO_LESSONS, start=1)
        }
        return lessons[LESSON_KEY].uuid

    def _save_talk(self, lesson_uuid: UUID) -> None:
        """Give the first learner a talk and exercises, unless they have talked already."""
        learner_id = get_learner_id(email=DEMO_ACCOUNTS[0].email)
        if list_sessions(learner_id=learner_id).exists():
            return
        began_at = timezone.now() - timedelta(hours=1)
        session = start_session(
            learner_id=learner_id, lesson_uuid=lesson_uuid, now=began_at
        )
        repository = DatabaseTurnRepository(session_uuid=session.uuid)
        ended_at = began_at
        for record in (*demo_records(began_at), *mistake_records(began_at)):
            repository.save_now(record)
            ended_at = record.ended_at or ended_at
        end_session(session_uuid=session.uuid, reason="LEARNER", now=ended_at)
        record_attempts(
            learner_id=learner_id,
            language="en",
            source="demo",
            attempts={
                phoneme: Attempts(right=n - wrong, wrong=wrong, n=n)
                for phoneme, (n, wrong) in PRACTICE.items()
            },
            spoken_at=began_at,
        )
        make_exercises(
            learner_id=learner_id,
            lesson_id=session.lesson_id,
            session=session.uuid,
            completion=worded_by_hand,
            now=ended_at,
        )

    def _print_accounts(self) -> None:
        self.stdout.write("Demo accounts:")
        for account in DEMO_ACCOUNTS:
            self.stdout.write(
                f"  {account.email:<22} {account.password:<12} "
                f"{account.role.lower():<8} {account.display_name}, "
                f"{account.l1} speaker, {account.level}"
            )
