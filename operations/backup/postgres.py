"""PostgreSQL: pg_dump reads it, psql fills it in one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from . import programs
from .failure import BackupError
from .manifest import Contents

# The site has a database of its own, and its tables are where Django puts them.
SCHEMA = "public"
_PATIENCE_S = 10

# Tables first: what belongs to them goes along.
_EMPTY = """
SET lock_timeout = '10s';
DO $$
DECLARE
  thing text;
  things text[];
BEGIN
  SELECT array_agg(format('%s public.%I', CASE c.relkind WHEN 'v' THEN 'VIEW'
      WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, c.relname)
      ORDER BY c.relkind = 'S', c.relname) INTO things
    FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
      AND NOT EXISTS (SELECT 1 FROM pg_depend d
        WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
        AND (d.deptype = 'e' OR c.relkind = 'S' AND d.deptype IN ('a', 'i')));
  FOREACH thing IN ARRAY coalesce(things, '{}') LOOP
    EXECUTE regexp_replace(thing, '^(VIEW|MATERIALIZED VIEW|SEQUENCE|TABLE)', 'DROP \\1 IF EXISTS')
      || ' CASCADE';
  END LOOP;
  SELECT array_agg(p.oid::regprocedure::text) INTO things FROM pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace
      AND NOT EXISTS (SELECT 1 FROM pg_depend d
        WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e');
  FOREACH thing IN ARRAY coalesce(things, '{}') LOOP
    EXECUTE format('DROP ROUTINE IF EXISTS %s CASCADE', thing);
  END LOOP;
END $$;
"""
_COUNTED = """
DO $$
DECLARE n bigint;
BEGIN
  SELECT count(*) INTO n FROM {table};
  IF n <> {rows} THEN RAISE EXCEPTION 'rows of % are % and not %', {name}, n, {rows}; END IF;
END $$;
"""


class Postgres:
    """A database of a server that may be elsewhere."""

    vendor = "postgresql"
    file = "database.dump"

    def __init__(self, settings: dict[str, Any]) -> None:
        """``settings`` is an entry of Django's ``DATABASES``."""
        options: dict[str, Any] = settings.get("OPTIONS") or {}
        given = {
            "PGHOST": settings.get("HOST"),
            "PGPORT": settings.get("PORT"),
            "PGUSER": settings.get("USER"),
            "PGPASSWORD": settings.get("PASSWORD"),
            "PGDATABASE": settings["NAME"],
            "PGSSLMODE": options.get("sslmode"),
            "PGSSLROOTCERT": options.get("sslrootcert"),
        }
        self._environ = {key: str(value) for key, value in given.items() if value}

    def check(self) -> None:
        """Raise BackupError unless the tools are as new as the server."""
        with self._connection() as connection:
            server = connection.info.server_version // 10_000
        for name in ("pg_dump", "pg_restore", "psql"):
            program = programs.find(name)
            number = programs.version(program)[0]
            if number < server:
                raise BackupError(
                    "old_program",
                    f"{program} is version {number} and the server version {server}: "
                    f"install postgresql-client-{server}.",
                )

    def size(self) -> int:
        """Return its bytes on the server's disk."""
        with self._connection() as connection:
            return _number(connection, "SELECT pg_database_size(current_database())")

    def dump(self, path: Path) -> Contents:
        """Write it as it is at one moment, which is also the moment of the counting."""
        with self._connection() as connection:
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            connection.read_only = True
            row = connection.execute("SELECT pg_export_snapshot()").fetchone()
            contents = _contents(connection)
            assert row is not None  # noqa: S101 a function returns a row
            programs.run(
                [
                    programs.find("pg_dump"), "--format=custom", "--no-password",
                    f"--snapshot={row[0]}", f"--file={path}",
                ],
                environ=self._environ,
                code="not_dumped",
            )  # fmt: skip
        return contents

    def is_empty(self) -> bool:
        """Whether it has no tables."""
        with self._connection() as connection:
            return not _tables(connection)

    def restore(self, path: Path, contents: Contents) -> None:
        """Put a dump in place of all tables: in one transaction, or not at all."""
        with self._connection() as connection:
            counted = "".join(_counted(connection, contents))
        folder = path.parent
        script = folder / "restore.sql"
        # First in full, so that an archive that breaks off is never half restored.
        programs.run(
            [
                programs.find("pg_restore"), "--no-owner", "--no-privileges",
                f"--file={script}", path,
            ],
            environ={},
            code="damaged",
        )  # fmt: skip
        (folder / "empty.sql").write_text(_EMPTY)
        (folder / "counted.sql").write_text(counted)
        files = [folder / "empty.sql", script, folder / "counted.sql"]
        programs.run(
            [
                programs.find("psql"), "--no-psqlrc", "--no-password", "--quiet",
                "--single-transaction", "--set=ON_ERROR_STOP=1", "--output=/dev/null",
                *(f"--file={file}" for file in files),
            ],
            environ=self._environ,
            code="not_restored",
        )  # fmt: skip
        with self._connection() as connection:
            connection.execute("ANALYZE")

    @contextmanager
    def _connection(self) -> Iterator[psycopg.Connection[Any]]:
        given = self._environ
        try:
            with psycopg.connect(
                host=given.get("PGHOST"), port=given.get("PGPORT"),
                user=given.get("PGUSER"), password=given.get("PGPASSWORD"),
                dbname=given["PGDATABASE"], sslmode=given.get("PGSSLMODE"),
                sslrootcert=given.get("PGSSLROOTCERT"), connect_timeout=_PATIENCE_S,
            ) as connection:  # fmt: skip
                yield connection
        except psycopg.Error as error:
            words = programs.last_words(str(error).encode())
            raise BackupError("no_database", f"PostgreSQL: {words}") from error


def _number(connection: psycopg.Connection[Any], query: str) -> int:
    row = connection.execute(query).fetchone()
    return int(row[0]) if row else 0


def _tables(connection: psycopg.Connection[Any]) -> list[str]:
    found = connection.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = %s ORDER BY tablename",
        [SCHEMA],
    )
    return [name for (name,) in found]


def _contents(connection: psycopg.Connection[Any]) -> Contents:
    rows = {}
    tables = _tables(connection)
    for name in tables:
        table = sql.Identifier(SCHEMA, name)
        found = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(table))
        rows[name] = int((found.fetchone() or (0,))[0])
    migrations: list[tuple[str, str]] = []
    if "django_migrations" in tables:
        migrations = connection.execute(
            "SELECT app, name FROM public.django_migrations ORDER BY app, name"
        ).fetchall()
    return Contents(rows, migrations)


def _counted(connection: psycopg.Connection[Any], contents: Contents) -> Iterator[str]:
    """Yield statements that fail unless the tables hold what they held."""
    for name, rows in contents.rows.items():
        yield (
            sql.SQL(_COUNTED)
            .format(
                table=sql.Identifier(SCHEMA, name),
                name=sql.Literal(name),
                rows=sql.Literal(rows),
            )
            .as_string(connection)
        )
