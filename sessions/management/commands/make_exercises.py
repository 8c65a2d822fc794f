"""``manage.py make_exercises``: exercises after the latest talks. Run it when all is quiet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from threading import Event, Timer
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from inference.conf import get_engine
from inference.errors import StageError
from inference.stages.executor import execute_stage
from inference.stages.stage import Stage
from inference.types.dialogue import DialogueRequest, Message
from learners.selectors import get_learner_id
from learners.services.exercise_making import make_exercises
from sessions.models import TutoringSession
from sessions.selectors import list_latest_talks
from tutor.completion import Completion, CompletionError


class Command(BaseCommand):
    """Makes what is not there yet; with a model, new sentences too. Safe to run again."""

    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare for whom exercises are made, and how."""
        parser.add_argument(
            "--learner", default="", help="e-mail address; all learners if left out"
        )
        parser.add_argument(
            "--days", type=int, default=1, help="learners who talked in so many days"
        )
        parser.add_argument(
            "--model",
            action="store_true",
            help="ask the language model for new sentences, which teachers then approve",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Make exercises for each learner, then say how many."""
        now = timezone.now()
        totals = [0, 0]
        n_learners = 0
        for talk in _talks(options["learner"], options["days"]):
            batch = make_exercises(
                learner_id=talk.learner_id,
                lesson_id=talk.lesson_id,
                session=talk.uuid,
                completion=_by_model(talk.l2) if options["model"] else None,
                now=now,
            )
            n_learners += 1
            totals = [totals[0] + batch.made, totals[1] + batch.n_dropped]
        self.stdout.write(
            f"Learners: {n_learners}. Exercises made: {totals[0]}, left out: {totals[1]}."
        )


def _talks(email: str, days: int) -> Iterable[TutoringSession]:
    learner_id = None
    if email:
        try:
            learner_id = get_learner_id(email=email)
        except LookupError as error:
            raise CommandError(f"Nobody has the address {email}.") from error
    since = timezone.now() - timedelta(days=days)
    return list_latest_talks(since=since, learner_id=learner_id)


def _by_model(language: str) -> Completion:
    """Return short completions by the configured dialogue model, here and now."""

    def completion(
        messages: Sequence[tuple[str, str]],
        *,
        max_tokens: int,
        schema: Mapping[str, Any] | None = None,
        purpose: str = "",
    ) -> str:
        request = DialogueRequest(
            messages=tuple(Message(role, text) for role, text in messages),  # type: ignore[arg-type]
            conversation=f"{purpose or 'completion'}:{language}",
            max_tokens=max_tokens,
            temperature=0.0,
            schema=schema,
        )
        late = Event()
        timer = Timer(settings.EXERCISES["MODEL_DEADLINE_S"], late.set)
        timer.start()
        try:
            deltas = execute_stage(
                Stage.RESPOND, request, get_engine=get_engine, cancelled=late
            )
            text = "".join(delta.text for delta in deltas)
        except StageError as error:
            raise CompletionError(error.code) from error
        finally:
            timer.cancel()
        if late.is_set():
            raise CompletionError("llm.timeout")
        return text

    return completion
