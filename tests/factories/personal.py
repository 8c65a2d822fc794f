"""A row of every model about one person, each text of it with a word nobody else uses."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import numpy as np
from django.apps import apps
from django.contrib.auth import SESSION_KEY
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from django.db import models
from django.db.models import Model

from inference.types.audio import AudioClip
from learners.models import User
from operations.export.files import export_path
from operations.personal_data import EXPORTED, KEPT
from sessions.anki.files import export_path as anki_path
from sessions.recordings import absolute_path, write_clip

WORD = "quetzalwort"
NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
CLIP = AudioClip((3000 * np.sin(np.arange(8000) / 9)).astype("<i2").tobytes(), 16_000)

# Texts of the others are not about the person: they stay.
_THEIRS = {held.model for held in EXPORTED} - {
    *KEPT,
    "coursework.Assignment",
    "schools.LearnerGroup",
}

# What the rules of a table ask for, beyond the types of its columns.
SPECIAL: Mapping[str, dict[str, Any]] = {
    "learners.LearnerProfile": {"l1": "es", "l2": "en", "display_name": f"Ana {WORD}"},
    "learners.Guardian": {"email": f"mum@{WORD}.example"},
    "tutor_sessions.TutoringSession": {"status": "ACTIVE", "ended_at": None},
    "tutor_sessions.Utterance": {"speaker": "LEARNER"},
    "tutor_sessions.CareFlag": {"seen_at": NOW},
    "learners.Avatar": {
        "kind": "PORTRAIT",
        "path": "portraits/1.webp",
        "origin": "INVENTED",
    },
    "coursework.Submission": {"state": "SUBMITTED", "submitted_at": NOW},
    "coursework.Comment": {"path": "comments/1.flac"},
    "coursework.Assignment": {
        "due_at": NOW + timedelta(days=1),
        "closes_at": NOW + timedelta(days=2),
        "instructions_path": "instructions/1.flac",
        "group": None,
    },
    "lessons.Exercise": {"type": "free_talk", "data": {"question": "Why?"}},
    "operations.DataExport": {"state": "READY"},
    "tutor_sessions.CardExport": {"state": "READY"},
}


class Person:
    """Makes the rows; ``made`` has them by label of their model."""

    def __init__(self, user: User, other: User) -> None:
        self.user = user
        self.other = other
        self.made: dict[str, Model] = {"learners.User": user}

    def fill(self) -> None:
        """Make a row of every model that an export has, and of what is elsewhere."""
        for held in EXPORTED:
            model = apps.get_model(held.model)
            if model._default_manager.filter(**{held.owner: self.user.pk}).exists():
                found = model._default_manager.filter(**{held.owner: self.user.pk})
                self.made.setdefault(held.model, found[0])
                continue
            self.make(held.model, owner=held.owner.split("__")[0])
        self._elsewhere()
        self._files()

    def make(self, label: str, *, owner: str = "", **given: Any) -> Model:
        """Return the row of a model about the person, made if there is none yet."""
        if label in self.made and not given:
            return self.made[label]
        model: type[Model] = apps.get_model(label)
        values = {**SPECIAL.get(label, {}), **given}
        for field in model._meta.concrete_fields:
            if field.name in values or field.primary_key:
                continue
            found = self._value(label, field, owner=owner)
            if found is not None:
                values[field.name] = found
        row = model._default_manager.create(**values)
        if owner and model._meta.get_field(owner).many_to_many:
            getattr(row, owner).add(self.user)
        self.made[label] = row
        return row

    def _value(self, label: str, field: models.Field[Any, Any], *, owner: str) -> Any:
        if isinstance(field, models.ForeignKey):
            target = field.related_model
            if target is User:
                mine = field.name in {owner, "learner", "user", "person", "created_by"}
                return self.user if mine else self.other
            assessed = label == "tutor_sessions.PronunciationAssessment"
            if (
                field.null
                and field.name != owner
                and not (assessed and field.name == "utterance")
            ):
                return None
            return self.make(target._meta.label)
        if field.null and not isinstance(field, models.JSONField):
            return None
        return _plain(field, WORD if label in _THEIRS else "common")

    def _elsewhere(self) -> None:
        user = self.user
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session.save()
        self.make(
            "admin.LogEntry",
            user=self.other,
            content_type=ContentType.objects.get_for_model(User),
            object_id=str(user.pk),
            object_repr=user.email,
            action_flag=2,
        )
        self.make("schools.Invitation", email=user.email, role="LEARNER", max_uses=None)
        self.make(
            "schools.RosterImport",
            created_by=self.other,
            state="PREVIEW",
            rows=[{"line": 2, "email": user.email, "name": WORD}],
            n_rows=1,
            n_done=0,
            file_name="list.csv",
            outcomes={},
            problems=[],
        )
        about = {"learner": str(user.uuid)}
        endpoint: dict[str, Any] = {
            "created_by": self.other,
            "url": "https://example.org/",
        }
        self.make("connect.WebhookEndpoint", secret="s", events=[], **endpoint)
        self.make("connect.WebhookDelivery", payload={"data": about})
        self.make("connect.ApiToken", created_by=self.other, scopes=[], name="t")
        self.make("connect.ApiReply", body=about)
        self.make("connect.LtiLogin", claims={"email": user.email}, request={})

    def _files(self) -> None:
        for kind, path in (
            ("utterance", f"recordings/{_uuid(self.made, 'TutoringSession')}/1.flac"),
            ("reading", "recordings/read-aloud/1.flac"),
        ):
            self.made.pop("tutor_sessions.Recording", None)
            of: dict[str, Any] = {"utterance": None, "reading": None}
            label = "Utterance" if kind == "utterance" else "ReadAloudAttempt"
            of[kind] = self.made[f"tutor_sessions.{label}"]
            size = write_clip(CLIP, path)
            self.make("tutor_sessions.Recording", path=path, n_bytes=size, **of)
        write_clip(CLIP, "comments/1.flac")
        write_clip(CLIP, "instructions/1.flac")
        cards = anki_path(self.made["tutor_sessions.CardExport"].pk)
        archive = export_path(self.made["operations.DataExport"].uuid)  # type: ignore[attr-defined]
        for file in (cards, archive):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(WORD)
        # A sound whose row was lost in a crash.
        write_clip(CLIP, f"recordings/{_uuid(self.made, 'TutoringSession')}/9.flac")
        peaks = absolute_path(f"peaks/{_uuid(self.made, 'TutoringSession')}.json")
        peaks.parent.mkdir(parents=True)
        peaks.write_text("{}")


def _uuid(made: Mapping[str, Model], name: str) -> UUID:
    found: UUID = made[f"tutor_sessions.{name}"].uuid  # type: ignore[attr-defined]
    return found


def _plain(field: models.Field[Any, Any], word: str) -> Any:
    if isinstance(field, models.JSONField):
        return {"said": word} if field.default is not list else [word]
    if isinstance(field, models.UUIDField):
        return uuid4()
    if isinstance(field, models.EmailField):
        return f"somebody@{word}.example"
    if isinstance(field, models.URLField):
        return f"https://{word}.example/"
    if isinstance(field, models.CharField | models.TextField):
        if field.choices:
            return next(value for value, _label in field.flatchoices if value)
        room = field.max_length or 100
        unique = uuid4().hex[:6] if field.unique and room > len(word) + 6 else ""
        return (word + unique)[:room]
    if field.has_default():
        return field.get_default()
    if isinstance(field, models.DateTimeField):
        return NOW
    if isinstance(field, models.DateField):
        return NOW.date()
    if isinstance(field, models.BooleanField):
        return False
    return 1
