"""Rubrics: the library that comes with the site, and those of schools."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from schools.audit import record
from schools.models import School

from ..models import Rubric
from ..problem import WorkProblem
from ..rubric_criteria import CriteriaFault, checked_criteria

LIBRARY = Path(__file__).parent.parent / "rubric_library"
_FILE_FIELDS = {"key", "title", "description", "criteria"}


class OfTheLibrary(WorkProblem):
    """Rubrics of the library are everybody's."""

    message = _("This one comes with the site. Make a copy and change that.")


def load_library(*, now: datetime, folder: Path = LIBRARY) -> int:
    """Bring the files of the library in; return how many rubrics are new or changed.

    A rubric that is marked with already keeps its criteria: marks refer to them. Raises
    CriteriaFault, with the file's name.
    """
    n_changed = 0
    with transaction.atomic():
        for file in sorted(folder.glob("*.yaml")):
            n_changed += _load(_read(file), now)
    return n_changed


def save_rubric(
    *,
    school: School,
    rubric: Rubric | None,
    title: str,
    description: str,
    criteria: list[dict[str, Any]],
    author_id: int,
    actor: UUID,
    now: datetime,
) -> tuple[Rubric, bool]:
    """Keep a rubric of a school; one that is in use stays, and what was changed is a new one.

    Returns it, and whether it is a copy for that reason. Raises CriteriaFault or
    OfTheLibrary.
    """
    values = {
        "title": title,
        "description": description,
        "criteria": checked_criteria(criteria),
    }
    with transaction.atomic():
        is_copy = False
        if rubric is not None:
            rubric = Rubric.objects.select_for_update(of=("self",)).get(pk=rubric.pk)
            if rubric.school_id is None:
                raise OfTheLibrary
            if not rubric.assignments.exists():
                for name, value in values.items():
                    setattr(rubric, name, value)
                rubric.save(update_fields=list(values))
                _record("rubric.edited", rubric, school, actor, now)
                return rubric, False
            is_copy = True
        kept = Rubric.objects.create(
            school=school, created_by_id=author_id, created_at=now, **values
        )
        _record("rubric.made", kept, school, actor, now)
    return kept, is_copy


def copy_rubric(
    *,
    rubric: Rubric,
    school: School,
    title: str,
    author_id: int,
    actor: UUID,
    now: datetime,
) -> Rubric:
    """Make a school's own rubric like another one."""
    kept, _is_copy = save_rubric(
        school=school,
        rubric=None,
        title=title[:120],
        description=rubric.description,
        criteria=rubric.criteria,
        author_id=author_id,
        actor=actor,
        now=now,
    )
    return kept


@transaction.atomic
def archive_rubric(
    *, rubric: Rubric, is_archived: bool, actor: UUID, now: datetime
) -> None:
    """Take a school's rubric out of the choice, or back in; what it marked keeps it.

    Raises OfTheLibrary.
    """
    if rubric.school is None:
        raise OfTheLibrary
    rubric.archived_at = now if is_archived else None
    rubric.save(update_fields=["archived_at"])
    action = "rubric.archived" if is_archived else "rubric.restored"
    _record(action, rubric, rubric.school, actor, now)


def _record(
    action: str, rubric: Rubric, school: School, actor: UUID, now: datetime
) -> None:
    record(
        action=action,
        now=now,
        actor=actor,
        school=school.uuid,
        target="rubric",
        target_uuid=rubric.uuid,
    )


def _read(file: Path) -> dict[str, Any]:
    try:
        found = yaml.safe_load(file.read_text(encoding="utf-8"))
        if not isinstance(found, dict) or set(found) != _FILE_FIELDS:
            raise CriteriaFault(f"a rubric has {', '.join(sorted(_FILE_FIELDS))}")
        return found | {"criteria": checked_criteria(found["criteria"])}
    except (CriteriaFault, yaml.YAMLError) as fault:
        raise CriteriaFault(f"{file.name}: {fault}") from fault


def _load(read: dict[str, Any], now: datetime) -> int:
    rubric, is_new = Rubric.objects.get_or_create(
        key=read["key"], school=None, defaults={**read, "created_at": now}
    )
    if is_new:
        return 1
    is_used = rubric.assignments.filter(submissions__points__isnull=False).exists()
    changed = [
        name
        for name in ("title", "description", "criteria")
        if getattr(rubric, name) != read[name] and not (is_used and name == "criteria")
    ]
    for name in changed:
        setattr(rubric, name, read[name])
    if changed:
        rubric.save(update_fields=changed)
    return int(bool(changed))
