"""What a backup is made of, and what is refused before anything happens: no program needed."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from learners.models import User
from operations.backup import files, manifest
from operations.backup.failure import BackupError
from operations.backup.place import require_room, workplace
from operations.backup.repository import Repository, address
from operations.backup.sqlite import Sqlite
from operations.erasure import ledger
from operations.erasure.again import erase_again
from schools.audit import record
from tests.factories.learners import LearnerFactory

NOW = datetime(2026, 3, 4, tzinfo=UTC)


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


@pytest.fixture
def site(tmp_path: Path) -> Sqlite:
    path = tmp_path / "site.sqlite3"
    with closing(sqlite3.connect(path)) as database:
        database.executescript(
            """PRAGMA journal_mode=WAL;
            CREATE TABLE django_migrations (app, name);
            INSERT INTO django_migrations VALUES ('learners', '0001_first');
            CREATE TABLE learner (id INTEGER PRIMARY KEY AUTOINCREMENT, name);
            INSERT INTO learner (name) VALUES ('Ana'), ('Ben');"""
        )
    return Sqlite(path)


def names(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as database:
        return [name for (name,) in database.execute("SELECT name FROM learner")]


def test_sqlite_comes_back_while_it_is_open(site: Sqlite, tmp_path: Path) -> None:
    path, dump = tmp_path / "site.sqlite3", tmp_path / "dump"
    with closing(sqlite3.connect(path)) as used:
        used.execute("INSERT INTO learner (name) VALUES ('Cem')")
        used.commit()
        contents = site.dump(dump)
        used.execute("DELETE FROM learner")
        used.commit()
        site.restore(dump, contents)
        assert names(path) == ["Ana", "Ben", "Cem"]
        used.execute("INSERT INTO learner (name) VALUES ('Dora')")
        assert used.execute("SELECT max(id) FROM learner").fetchone() == (4,)
    assert contents == manifest.Contents(
        {"django_migrations": 1, "learner": 3}, [("learners", "0001_first")]
    )
    assert dump.stat().st_mode & 0o077 == 0


def test_a_database_that_is_not_the_saved_one_changes_nothing(
    site: Sqlite, tmp_path: Path
) -> None:
    contents = site.dump(tmp_path / "dump")
    with closing(sqlite3.connect(tmp_path / "dump")) as dump:
        dump.execute("DELETE FROM learner WHERE id = 1")
        dump.commit()
    with pytest.raises(BackupError) as refused:
        site.restore(tmp_path / "dump", contents)
    assert refused.value.code == "damaged"
    assert names(tmp_path / "site.sqlite3") == ["Ana", "Ben"]


def test_held_files_outlive_a_deletion(tmp_path: Path) -> None:
    root, held = tmp_path / "private", tmp_path / "private/.backup/staging/private"
    voice = write(root / "recordings/1.flac", "voice")
    write(root / "recordings/2.flac.part", "half")
    write(root / "clips/1.mp4", "again")
    assert files.hold(root, held) == 1
    voice.unlink()
    write(root / "recordings/3.flac", "later")
    assert files.hold(root, held) == 1
    assert list(manifest.walk(held)) == ["recordings/1.flac", "recordings/3.flac"]


def test_a_manifest_knows_every_byte(tmp_path: Path) -> None:
    write(tmp_path / "database.dump", "rows")
    write(tmp_path / "private/a", "a")
    known = manifest.entries(tmp_path, {})
    whole = manifest.Manifest(
        1, NOW, "Tutor", "sqlite", "database.dump", manifest.Contents({}, []), known
    )
    manifest.write(whole, tmp_path)
    assert manifest.parse((tmp_path / manifest.NAME).read_bytes()) == whole
    manifest.verify(whole, tmp_path)
    for change in (
        lambda: write(tmp_path / "private/a", "b"),
        lambda: (tmp_path / "private/a").unlink(),
        lambda: write(tmp_path / "private/b", "more"),
    ):
        change()
        with pytest.raises(BackupError) as refused:
            manifest.verify(whole, tmp_path)
        assert refused.value.code == "damaged"
    with pytest.raises(BackupError) as refused:
        manifest.parse(
            (tmp_path / manifest.NAME)
            .read_bytes()
            .replace(b'"format": 1', b'"format": 2')
        )
    assert refused.value.code == "too_new"


def test_one_at_a_time_and_nothing_is_left(tmp_path: Path) -> None:
    with workplace(tmp_path) as staging:
        write(staging / "half", "of a voice")
        with pytest.raises(BackupError) as refused, workplace(tmp_path):
            pass
        assert refused.value.code == "running"
    assert not staging.exists()
    # A process that was killed.
    write(staging / "half", "of a voice")
    with workplace(tmp_path) as staging:
        assert list(staging.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "mode", "code"),
    [
        (None, 0, "no_password"),
        ("", 0o600, "no_password"),
        ("x", 0o644, "no_permission"),
    ],
)
def test_no_backup_without_a_password_of_its_own(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: str | None,
    mode: int,
    code: str,
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    path = tmp_path / "password"
    if words is not None:
        path.write_text(words)
        path.chmod(mode)
    with pytest.raises(BackupError) as refused:
        Repository(str(tmp_path), password_file=str(path))
    assert refused.value.code == code


def test_a_missing_program_and_a_full_disk_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(BackupError) as refused:
        Repository(str(tmp_path), password_file="")
    assert refused.value.code == "no_program"
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    password = write(tmp_path / "password", "x")
    password.chmod(0o600)
    repository = Repository(str(tmp_path / "to"), password_file=str(password))
    free = shutil.disk_usage(tmp_path).free
    with pytest.raises(BackupError) as refused:
        require_room(work=tmp_path, work_bytes=free, repository=repository, bytes_=0)
    assert refused.value.code == "no_room"


def test_places_are_named_as_restic_names_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert address("s3://bucket/school") == "s3:s3.amazonaws.com/bucket/school"
    monkeypatch.setenv("AWS_ENDPOINT_URL", "https://s3.example.org/")
    assert address("s3://bucket/school") == "s3:https://s3.example.org/bucket/school"
    assert address("/srv/backups") == "/srv/backups"


@pytest.mark.django_db
def test_who_was_erased_goes_again(tmp_path: Path) -> None:
    gone, stays = LearnerFactory.create(), LearnerFactory.create()
    # One that only the audit log knows, and that is not here.
    record(action="account.erased", now=NOW, actor=None, subject=uuid4())
    assert ledger.catch_up(root=tmp_path) == 1
    assert ledger.catch_up(root=tmp_path) == 0
    ledger.add([ledger.digest_of(gone.uuid)], root=tmp_path)
    with (tmp_path / ledger.NAME).open("a") as file:
        file.write("broken o")
    again = erase_again(root=tmp_path, now=NOW)
    assert (again.erased, again.refused) == (1, 0)
    assert list(User.objects.values_list("pk", flat=True)) == [stays.pk]
    assert str(gone.uuid) not in (tmp_path / ledger.NAME).read_text()
