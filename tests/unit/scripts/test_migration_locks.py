"""An unsafe migration is refused before it reaches a site where people talk."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ModelState, ProjectState

from scripts.migration_locks.judging import faults
from scripts.migration_locks.statements import sql_of

INDEX = models.Index(fields=["name"], name="named")


def before() -> ProjectState:
    """One table that is in use."""
    state = ProjectState()
    fields: list[tuple[str, models.Field[Any, Any]]] = [
        ("id", models.BigAutoField(primary_key=True)),
        ("name", models.CharField(max_length=10)),
        ("old", models.IntegerField(null=True)),
    ]
    state.add_model(ModelState("planted", "Thing", fields))
    return state


def rules(*operations: Operation, atomic: bool = True, source: str = "") -> set[str]:
    planted = type(
        "Migration",
        (migrations.Migration,),
        {"operations": operations, "atomic": atomic},
    )
    migration = planted("0002_planted", "planted")
    return {fault.rule for fault in faults(sql_of(migration, before()), source)}


@pytest.mark.parametrize(
    ("operation", "rule"),
    [
        (migrations.RemoveField("thing", "old"), "ban-drop-column"),
        (migrations.DeleteModel("Thing"), "ban-drop-table"),
        (migrations.RenameField("thing", "old", "new"), "renaming-column"),
        (migrations.AddIndex("thing", INDEX), "require-concurrent-index-creation"),
        (
            migrations.AddField("thing", "new", models.IntegerField(default=1)),
            "default-goes",
        ),
        (
            migrations.AlterField("thing", "old", models.IntegerField()),
            "adding-not-nullable-field",
        ),
        (
            migrations.AlterField("thing", "name", models.IntegerField()),
            "changing-column-type",
        ),
        (
            migrations.AddConstraint(
                "thing",
                models.CheckConstraint(condition=models.Q(old__gt=1), name="more"),
            ),
            "constraint-missing-not-valid",
        ),
    ],
)
def test_what_locks_or_takes_away_is_refused(operation: Operation, rule: str) -> None:
    assert rule in rules(operation)


def test_what_only_adds_is_let_through() -> None:
    assert not rules(
        migrations.AddField("thing", "new", models.IntegerField(null=True)),
        migrations.AddField("thing", "sure", models.IntegerField(db_default=1)),
        migrations.CreateModel(
            "Other", [("id", models.BigAutoField(primary_key=True))]
        ),
        migrations.RunPython(migrations.RunPython.noop, migrations.RunPython.noop),
    )
    assert not rules(AddIndexConcurrently("thing", INDEX), atomic=False)


def test_a_rule_is_set_aside_with_a_reason_only() -> None:
    drop = migrations.RemoveField("thing", "old")
    why = "# migrates-with-care: ban-drop-column:"
    assert not rules(drop, source=f"{why} no version since 2026.10 reads it\n")
    assert rules(drop, source=f"{why}\n") == {"ban-drop-column"}
    assert rules(drop, source="# migrates-with-care: ban-drop-table: because\n")
