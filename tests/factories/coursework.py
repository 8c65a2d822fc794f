"""Set work for tests."""

# mypy: disable-error-code="attr-defined,no-untyped-call"
# (factory_boy is typed in part)

from datetime import UTC, datetime

import factory

from coursework.models import Assignment

from .schools import ClassroomFactory

OPENED = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
DUE = datetime(2026, 3, 9, 17, 0, tzinfo=UTC)


class AssignmentFactory(factory.django.DjangoModelFactory[Assignment]):
    """A talk that is open since a Monday and due a week later."""

    class Meta:
        model = Assignment

    classroom = factory.SubFactory(ClassroomFactory)
    title = factory.Sequence(lambda n: f"Work {n}")
    kind = Assignment.Kind.TALK
    scenario = "What you did at the weekend."
    opens_at = OPENED
    due_at = DUE
    published_at = OPENED
    created_at = OPENED
    edited_at = OPENED
