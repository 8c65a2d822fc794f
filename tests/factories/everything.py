"""A site with a row of nearly every model, and the files that go with them."""

# mypy: disable-error-code="attr-defined,no-untyped-call"
# (factory_boy is typed in part)

from __future__ import annotations

from pathlib import Path

from django.contrib.auth.models import Group

from learners.models import User

from .learners import LearnerFactory
from .personal import Person
from .world import World, make_world


def make_everything(root: Path) -> tuple[World, Person]:
    """Return two schools and one more person; ``root`` is where private files lie."""
    world = make_world()
    person = Person(
        LearnerFactory.create(email="quetzal@example.org", profile=None),
        LearnerFactory.create(role=User.Role.TEACHER),
    )
    person.fill()
    Group.objects.create(name="first")
    for name, content in {
        "clips/1/clip.mp4": b"can be made again",
        "recordings/half.flac.part": b"is being written",
        "portraits/named 'ümlaut' .webp": bytes(range(256)),
        "portraits/empty.webp": b"",
    }.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return world, person
