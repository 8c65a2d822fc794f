"""The SQL of a migration for PostgreSQL, written without a server."""

from __future__ import annotations

from typing import Any

from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper
from django.db.backends.postgresql.operations import DatabaseOperations
from django.db.backends.postgresql.schema import DatabaseSchemaEditor
from django.db.migrations import Migration
from django.db.migrations.state import ProjectState
from psycopg import sql

# The oldest server that docs/operations.md allows.
_OLDEST = 140_000
_ALIAS = "migration_locks"


class _Operations(DatabaseOperations):
    def compose_sql(self, query: str, params: Any) -> str:
        """Write values into a query; Django would ask a server how."""
        return query % tuple(sql.Literal(one).as_string(None) for one in params or ())


class _Editor(DatabaseSchemaEditor):
    def _constraint_names(self, *args: Any, **kwargs: Any) -> list[str]:
        """Return a name for what Django would look up in the database."""
        return ["looked_up"]


class _Wrapper(DatabaseWrapper):
    SchemaEditorClass = _Editor
    ops_class = _Operations
    pg_version = _OLDEST


def sql_of(migration: Migration, state: ProjectState) -> str:
    """Return what a migration executes, in a transaction where it asks for one.

    ``state`` is how models were before. Steps in Python leave a comment.
    """
    settings = {**connections["default"].settings_dict, "NAME": "none", "OPTIONS": {}}
    connection = _Wrapper(settings, _ALIAS)
    connections[_ALIAS] = connection
    try:
        with connection.schema_editor(collect_sql=True, atomic=False) as editor:
            migration.apply(state, editor, collect_sql=True)
    finally:
        del connections[_ALIAS]
    lines = editor.collected_sql
    if migration.atomic:
        lines = ["BEGIN;", *lines, "COMMIT;"]
    return "\n".join(lines) + "\n"
