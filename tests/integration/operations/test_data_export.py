"""An export holds every row about its person, readable, and is for who asked only."""

from __future__ import annotations

import io
import json
import re
import shutil
import wave
import zipfile
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from learners.models import LearnerProfile, User
from operations.export.files import export_path
from operations.export.making import make_export
from operations.export.orders import (
    data_export_of,
    order_data_export,
    purge_data_exports,
    take_up_data_exports,
)
from operations.models import DataExport
from operations.personal_data import EXPORTED
from schools.models import AuditEntry
from tests.factories.learners import LearnerFactory
from tests.factories.personal import CLIP, NOW, WORD, Person

pytestmark = pytest.mark.django_db


def made(user: User, asked_by: object = None, **options: object) -> DataExport:
    """Return an export of somebody that is ready."""
    keys: list[int] = []
    by = asked_by or user.uuid
    order_data_export(
        learner=user,
        asked_by=by,  # type: ignore[arg-type]
        now=NOW,
        put=keys.append,
        **options,  # type: ignore[arg-type]
    )
    export = data_export_of(learner=user, asked_by=by)  # type: ignore[arg-type]
    assert export is not None
    make_export(export.pk)
    export.refresh_from_db()
    return export


@pytest.fixture
def person() -> Person:
    user: User = LearnerFactory.create(email=f"ana@{WORD}.example", profile=None)
    filled = Person(user, LearnerFactory.create(role=User.Role.TEACHER))
    filled.fill()
    DataExport.objects.all().delete()
    return filled


def test_everything_about_a_person_is_in_it(person: Person) -> None:
    LearnerProfile.objects.update(display_name="<script>alert(1)</script>")
    export = made(person.user)
    assert export.state == DataExport.State.READY, export.error_code
    with zipfile.ZipFile(export_path(export.uuid)) as archive:
        names = set(archive.namelist())
        data = json.loads(archive.read("data.json"))
        page = archive.read("index.html").decode()
        sounds = sorted(name for name in names if name.startswith("audio/"))
        with wave.open(io.BytesIO(archive.read(sounds[0]))) as sound:
            assert sound.getframerate() == CLIP.sample_rate_hz
            assert sound.readframes(sound.getnframes()) == CLIP.pcm
    assert (data["format"], data["version"]) == ("tutor-export", 1)
    assert data["may_be_used_for_research"] is False
    empty = [label for label, rows in data["sections"].items() if not rows]
    assert not empty
    assert set(data["sections"]) == {held.model for held in EXPORTED}
    assert "export.ordered" in {entry["action"] for entry in data["audit"]}
    assert len(sounds) == 4
    named = {
        row["audio"]
        for rows in data["sections"].values()
        for row in rows
        if "audio" in row
    }
    assert named == set(sounds)
    assert set(re.findall(r'src="([^"]+)"', page)) == set(sounds)
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert person.user.password not in json.dumps(data)
    assert person.other.email not in json.dumps(data) + page


def test_it_is_kept_for_a_day_and_leaves_with_its_row(
    person: Person, django_capture_on_commit_callbacks: object
) -> None:
    export = made(person.user)
    path = export_path(export.uuid)
    assert path.stat().st_mode & 0o077 == 0
    assert purge_data_exports(now=NOW + timedelta(hours=23)) == 0
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        assert purge_data_exports(now=NOW + timedelta(hours=25)) == 1
    assert not path.exists()


def test_each_who_asks_has_an_own_one_with_the_reason(person: Person) -> None:
    staff = uuid4()
    mine, theirs = made(person.user), made(person.user, staff, reason="Asked by mail")
    assert mine.uuid != theirs.uuid
    entry = AuditEntry.objects.filter(actor=staff).get()
    assert (entry.action, entry.subject, entry.reason) == (
        "export.ordered",
        person.user.uuid,
        "Asked by mail",
    )
    assert data_export_of(learner=person.user, asked_by=uuid4()) is None


def test_one_that_waits_is_not_ordered_twice_and_is_taken_up_after_a_restart(
    person: Person,
) -> None:
    put: list[int] = []
    for _ in range(2):
        order_data_export(
            learner=person.user, asked_by=person.user.uuid, now=NOW, put=put.append
        )
    assert AuditEntry.objects.filter(action="export.ordered").count() == 1
    taken: list[int] = []
    assert take_up_data_exports(now=NOW, put=taken.append) == 1
    assert taken == [DataExport.objects.get().pk]


def test_a_file_that_is_gone_leaves_only_its_sound_out(
    person: Person, private_root: Path
) -> None:
    (private_root / "comments" / "1.flac").unlink()
    export = made(person.user)
    assert export.state == DataExport.State.READY
    with zipfile.ZipFile(export_path(export.uuid)) as archive:
        assert len([n for n in archive.namelist() if n.endswith(".wav")]) == 3


def test_a_disk_that_is_full_is_a_failure_with_a_word(
    person: Person, private_root: Path
) -> None:
    shutil.rmtree(private_root / "exports")
    (private_root / "exports").write_text("no folder")
    export = made(person.user)
    assert export.state == DataExport.State.FAILED
    assert export.error_code == "export.failed"
