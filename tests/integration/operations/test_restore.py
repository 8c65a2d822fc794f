"""A backup of a whole site comes back in an empty cluster, and everything is compared."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction
from psycopg import sql

from operations.backup import programs
from operations.backup.databases import database_of
from operations.backup.failure import BackupError
from operations.backup.making import make_backup
from operations.backup.repository import Repository, Saved
from operations.backup.restoring import restore_backup
from operations.erasure.erasing import erase_account
from scripts.testrun import services
from tests.factories.everything import make_everything

ROOT = Path(__file__).resolve().parents[3]
NOW = datetime(2026, 3, 4, tzinfo=UTC)
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="make test has a PostgreSQL"
    ),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture(scope="module")
def empty_cluster() -> Iterator[dict[str, Any]]:
    """A second cluster, as an entry of DATABASES, and its address."""
    with services.postgres() as url:
        about = psycopg.conninfo.conninfo_to_dict(url)
        yield {
            "URL": url,
            "ENGINE": "django.db.backends.postgresql",
            "NAME": about["dbname"],
            "USER": about["user"],
            "PASSWORD": about["password"],
            "HOST": about["host"],
            "PORT": about["port"],
        }


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    password = tmp_path / "password"
    password.touch(mode=0o600)
    password.write_text("long")
    return Repository(str(tmp_path / "backups"), password_file=str(password))


def source() -> psycopg.Connection[Any]:
    given = connection.settings_dict
    return psycopg.connect(
        host=given["HOST"], port=given["PORT"], dbname=given["NAME"],
        user=given["USER"], password=given["PASSWORD"],
    )  # fmt: skip


def rows(database: psycopg.Connection[Any]) -> dict[str, list[str]]:
    """Return all rows of all tables, and where each sequence stands."""
    tables = database.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
    ).fetchall()
    found = {
        name: [
            row
            for (row,) in database.execute(
                sql.SQL("SELECT t::text FROM {} t ORDER BY 1").format(
                    sql.Identifier(name)
                )
            )
        ]
        for (name,) in tables
    }
    for kind, query in {
        "sequences": "SELECT sequencename || ':' || coalesce(last_value, 0) FROM pg_sequences",
        # Their words differ in brackets and casts once they went through a dump.
        "constraints": "SELECT concat(conrelid::regclass, conname, contype, convalidated) "
        "FROM pg_constraint WHERE connamespace = 'public'::regnamespace",
        "indexes": "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
        "triggers": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }.items():
        found[f"the {kind}"] = sorted(one for (one,) in database.execute(query))
    return found


def files(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and ".backup" not in path.parts
    }


def back_up(repository: Repository, root: Path) -> Saved:
    return make_backup(
        repository=repository,
        database=database_of(connection.settings_dict),
        root=root,
        site="Tutor",
        now=NOW,
        say=print,
    )


def put_back(
    repository: Repository, cluster: dict[str, Any], root: Path, **how: Any
) -> None:
    given = {"wanted": "latest", "replace": None, "only_verify": False, **how}
    restore_backup(
        repository=repository,
        database=database_of(cluster),
        root=root,
        site="Tutor",
        say=print,
        **given,
    )


def test_everything_comes_back(
    empty_cluster: dict[str, Any],
    repository: Repository,
    private_root: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _world, person = make_everything(private_root)
    with source() as database:
        before = rows(database)
    filled = [name for name, found in before.items() if found]
    assert len(filled) > 80, sorted(before.keys() - set(filled))
    files_before = files(private_root)
    _interrupted(private_root, tmp_path, monkeypatch)
    saved = back_up(repository, private_root)

    # Into an empty cluster and an empty folder.
    root = tmp_path / "elsewhere" / "private"
    put_back(repository, empty_cluster, root)
    with psycopg.connect(empty_cluster["URL"]) as restored:
        assert rows(restored) == before
        # The next row gets the next number.
        query = "INSERT INTO auth_group (name) VALUES ('next') RETURNING id"
        new = restored.execute(query).fetchone()
        greatest = restored.execute("SELECT max(id) FROM auth_group").fetchone()
        assert new == greatest
        with pytest.raises(psycopg.errors.RaiseException):
            restored.execute("UPDATE schools_auditentry SET reason = 'another'")
    made_again = {"clips/1/clip.mp4", "recordings/half.flac.part"}
    assert files(root) == {
        name: content
        for name, content in files_before.items()
        if name not in made_again
    }

    # Somebody goes; an older backup does not bring them back.
    with transaction.atomic():
        erase_account(user=person.user, by=None, tells=False, now=NOW)
    again = back_up(repository, private_root)
    assert again.new_files < saved.files / 2, "only what is new is stored"
    arguments = ["--from", str(repository.folder), "--backup", saved.id]
    with pytest.raises(BackupError, match="Tutor"):
        put_back(repository, empty_cluster, root, wanted=saved.id)
    done = manage(
        empty_cluster, root.parent, tmp_path, *arguments, "--replace", "Tutor"
    )
    assert done.returncode == 0, done.stderr
    assert "1 accounts that had gone since are erased again" in done.stdout
    with psycopg.connect(empty_cluster["URL"]) as restored:
        there = rows(restored)
    assert not [line for line in there["learners_user"] if "quetzal@" in line]
    assert len(there["learners_user"]) == len(before["learners_user"]) - 1
    assert not any("next" in line for line in there["auth_group"]), "all is replaced"
    recorded = {name for name in files(root) if name.startswith("recordings/")}
    assert (
        0
        < len(recorded)
        < len([n for n in files_before if n.startswith("recordings/")])
    )

    _refusals(empty_cluster, repository, root)


def _interrupted(
    private_root: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A backup whose program is killed in the middle is none, and the next one works."""
    real = programs.find("restic")
    slow = folder / "bin" / "restic"
    slow.parent.mkdir()
    slow.write_text(
        f"""#!/bin/sh
[ "$2" = backup ] || exec {real} "$@"
{real} --limit-upload 8 "$@" & sleep 1.5; kill -9 $!; exit 137
"""
    )
    slow.chmod(0o755)
    password = str(folder / "password")
    with monkeypatch.context() as patch:
        patch.setenv("PATH", f"{slow.parent}:{os.environ['PATH']}")
        broken = Repository(str(folder / "backups"), password_file=password)
        with pytest.raises(BackupError) as refused:
            back_up(broken, private_root)
    assert refused.value.code == "not_saved"
    assert broken.snapshots() == []
    assert not list((private_root / ".backup").glob("staging/*"))


def manage(
    cluster: dict[str, Any], data: Path, folder: Path, *arguments: str
) -> subprocess.CompletedProcess[str]:
    """Run ``manage.py restore`` on another database."""
    return subprocess.run(
        [sys.executable, "manage.py", "restore", *arguments],
        cwd=ROOT,
        env={
            **os.environ,
            "DATABASE_URL": cluster["URL"],
            "TUTOR_DATA_DIR": str(data),
            "TUTOR_BACKUP_PASSWORD_FILE": str(folder / "password"),
            "DJANGO_SETTINGS_MODULE": "tutorplatform.settings.local",
        },
        capture_output=True,
        text=True,
        check=False,
    )


def _refusals(cluster: dict[str, Any], repository: Repository, root: Path) -> None:
    """Nothing changes where a backup is not whole, not fitting or not wanted."""
    with psycopg.connect(cluster["URL"]) as database:
        before = rows(database), files(root)

    def refused(code: str, how: Callable[[], None]) -> None:
        with pytest.raises(BackupError) as caught:
            how()
        assert caught.value.code == code, caught.value.message
        with psycopg.connect(cluster["URL"]) as database:
            assert (rows(database), files(root)) == before

    refused("wrong_name", lambda: put_back(repository, cluster, root, replace="School"))
    missing = {"wanted": "0000", "replace": "Tutor"}
    refused("no_backup", lambda: put_back(repository, cluster, root, **missing))
    # The archive in the repository is damaged: whatever pack it is in.
    assert repository.folder is not None
    for pack in (repository.folder / "data").rglob("*"):
        if pack.is_file() and pack.stat().st_size:
            pack.chmod(0o600)
            content = bytearray(pack.read_bytes())
            content[len(content) // 3] ^= 0xFF
            pack.write_bytes(content)
    refused("damaged", lambda: put_back(repository, cluster, root, replace="Tutor"))
