"""The database refuses to change the audit log, whoever asks."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from schools.audit import record
from schools.models import AuditEntry, AuditEntryIsFinal

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)


@pytest.mark.django_db
def test_rows_cannot_be_changed_or_deleted_past_the_model() -> None:
    record(action="talk.opened", now=NOW)
    entry = AuditEntry.objects.get()
    for change in (entry.save, entry.delete):
        with pytest.raises(AuditEntryIsFinal):
            change()
    for query in (
        lambda: AuditEntry.objects.update(action="nothing.happened"),
        lambda: AuditEntry.objects.all().delete(),
        lambda: _raw("DELETE FROM schools_auditentry"),
        lambda: _raw("UPDATE schools_auditentry SET reason = ''"),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            query()
    assert AuditEntry.objects.get().action == "talk.opened"


@pytest.mark.django_db(transaction=True)
def test_emptying_the_database_empties_the_log_and_protects_it_again() -> None:
    record(action="talk.opened", now=NOW)
    call_command("flush", interactive=False, verbosity=0)
    assert not AuditEntry.objects.exists()
    record(action="talk.opened", now=NOW)
    with pytest.raises(DatabaseError, match="append-only"):
        AuditEntry.objects.all().delete()


def _raw(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
