"""Has the database itself refuse to change or delete entries of the audit log."""

from __future__ import annotations

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "schools_auditentry"
_WORDS = "the audit log is append-only"

_SQLITE = tuple(
    f"CREATE TRIGGER IF NOT EXISTS {TABLE}_no_{verb.lower()} BEFORE {verb} ON {TABLE} "
    f"BEGIN SELECT RAISE(ABORT, '{_WORDS}'); END"
    for verb in ("UPDATE", "DELETE")
)
_POSTGRES_FUNCTION = (
    f"CREATE OR REPLACE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{_WORDS}'; END $$"
)
_POSTGRES_TRIGGER = (
    f"CREATE OR REPLACE TRIGGER {TABLE}_no_change BEFORE UPDATE OR DELETE ON {TABLE} "
    f"FOR EACH ROW EXECUTE FUNCTION {TABLE}_refuse()"
)
_UNDO = {
    "sqlite": tuple(
        f"DROP TRIGGER IF EXISTS {TABLE}_no_{verb}" for verb in ("update", "delete")
    ),
    "postgresql": (
        f"DROP TRIGGER IF EXISTS {TABLE}_no_change ON {TABLE}",
        f"DROP FUNCTION IF EXISTS {TABLE}_refuse()",
    ),
}
_DO = {"sqlite": _SQLITE, "postgresql": (_POSTGRES_FUNCTION, _POSTGRES_TRIGGER)}


def protect(connection: BaseDatabaseWrapper) -> None:
    """Have changes refused. Safe to repeat: SQLite forgets it when a table is altered."""
    _execute(connection, _DO)


def unprotect(connection: BaseDatabaseWrapper) -> None:
    """Let the table be emptied, altered or dropped."""
    _execute(connection, _UNDO)


def protect_after_migrating(*, using: str, **kwargs: Any) -> None:
    """Receive ``post_migrate``."""
    from django.db import connections  # noqa: PLC0415 imported while apps are loaded

    connection = connections[using]
    if TABLE in connection.introspection.table_names():
        protect(connection)


def _execute(
    connection: BaseDatabaseWrapper, statements: dict[str, tuple[str, ...]]
) -> None:
    with connection.cursor() as cursor:
        for statement in statements[connection.vendor]:
            cursor.execute(statement)
