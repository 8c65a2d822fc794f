"""``manage.py rescore_sessions``: judges stored recordings with the scorer of today."""

from __future__ import annotations

from datetime import datetime
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from inference.conf import get_engine
from inference.stages.executor import execute_stage
from inference.stages.stage import Stage
from inference.types.assessment import AssessRequest, PronunciationAssessment
from learners.selectors import get_learner_id
from sessions.rescoring import Choice, rescore


class Command(BaseCommand):
    """Adds or replaces assessments and updates mastery; safe to run again."""

    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare how the recordings are narrowed down."""
        parser.add_argument("--learner", default="", help="e-mail address")
        parser.add_argument("--since", default="", help="date or time, as 2026-05-04")
        parser.add_argument(
            "--model-other-than",
            default="",
            metavar="MODEL",
            help="leave out what this model judged already, as frames-1",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Judge, then say how many came to which end."""
        choice = Choice(
            learner_id=_learner(options["learner"]),
            since=_since(options["since"]),
            model_other_than=options["model_other_than"],
        )
        counts = rescore(choice, assess=_assess, now=timezone.now())
        for end, n in counts.most_common():
            self.stdout.write(f"{n:6} {end}")
        self.stdout.write(f"{counts.total():6} recordings")


def _assess(request: AssessRequest) -> PronunciationAssessment:
    """Run the scorer here and now. Raises StageError ``assess.failed``."""
    (assessment,) = execute_stage(
        Stage.ASSESS, request, get_engine=get_engine, cancelled=Event()
    )
    return assessment  # type: ignore[no-any-return]


def _learner(email: str) -> int | None:
    if not email:
        return None
    try:
        return get_learner_id(email=email)
    except LookupError as error:
        raise CommandError(f"Nobody has the address {email}.") from error


def _since(text: str) -> datetime | None:
    if not text:
        return None
    try:
        found = parse_datetime(text)
        if found is None and (day := parse_date(text)) is not None:
            found = datetime(day.year, day.month, day.day)  # noqa: DTZ001 made aware below
    except ValueError:
        found = None
    if found is None:
        raise CommandError(f"{text} is no date or time.")
    return found if timezone.is_aware(found) else timezone.make_aware(found)
