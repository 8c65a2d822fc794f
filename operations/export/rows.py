"""Rows about a person as plain values, whatever table they are in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.apps import apps
from django.db.models import Field, ForeignKey, Model, Q

from schools.models import AuditEntry

from ..personal_data import SECRETS, Held

Row = dict[str, Any]
# Files are in the archive under other names, see ``sounds``.
_PATHS = frozenset({"path", "instructions_path"})
_CHUNK = 500


def rows_of(held: Held, *, user_id: int, audio: Mapping[str, str]) -> Iterator[Row]:
    """Return the rows of one model about somebody, the oldest first.

    Other rows and people are named by uuid, or by number where they have none. ``audio``
    has the name of a file in the archive by ``model:id``.
    """
    model: type[Model] = apps.get_model(held.model)
    lookups = {field.name: _lookup(field) for field in shown_fields(model)}
    rows = model._default_manager.filter(**{held.owner: user_id}).order_by("pk")
    wanted = list(dict.fromkeys(["pk", *lookups.values()]))
    for values in rows.values(*wanted).iterator(chunk_size=_CHUNK):
        row = {name: values[lookup] for name, lookup in lookups.items()}
        if name := audio.get(f"{held.model}:{values['pk']}"):
            row["audio"] = name
        yield row


def audit_rows(*, user_uuid: Any) -> Iterator[Row]:
    """Return what the audit log says of somebody: what they did, and what was done."""
    entries = AuditEntry.objects.filter(Q(subject=user_uuid) | Q(actor=user_uuid))
    names = [field.name for field in shown_fields(AuditEntry) if field.name != "id"]
    yield from entries.order_by("at", "pk").values(*names).iterator(chunk_size=_CHUNK)


def shown_fields(model: type[Model]) -> list[Field[Any, Any]]:
    """Return the fields that may leave the database."""
    return [
        field
        for field in model._meta.concrete_fields
        if field.name not in SECRETS | _PATHS
    ]


def _lookup(field: Field[Any, Any]) -> str:
    if not isinstance(field, ForeignKey):
        return field.name
    target = field.related_model
    has_uuid = any(f.name == "uuid" for f in target._meta.concrete_fields)
    return f"{field.name}__uuid" if has_uuid else field.attname
