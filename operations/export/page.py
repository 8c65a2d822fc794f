"""The page of an export: what people read, without a server and without a network."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Prefetch
from django.template.loader import render_to_string
from django.utils.text import capfirst

from learners.models import User
from schools.site_settings import site_name
from sessions.models import Turn, TutoringSession, Utterance

from ..personal_data import EXPORTED, Held
from .rows import Row, rows_of, shown_fields
from .titles import TITLES

_UTTERANCE = "tutor_sessions.Utterance"
_READING = "tutor_sessions.ReadAloudAttempt"
# So many rows of a table are shown; all of them are in the data file.
_MOST_ROWS = 1000
_FRAME, _TALK, _TABLE = (
    f"operations/export/{name}.html" for name in ("frame", "talk", "table")
)
# Where the frame is cut; what people wrote is escaped and cannot hold it.
_PART = "<!--part-->"


def page_parts(user: User, audio: Mapping[str, str], *, now: datetime) -> Iterator[str]:
    """Return the page piece by piece, in the language that is active.

    ``audio`` has the names of files by row, see ``rows.rows_of``.
    """
    profile = getattr(user, "profile", None)
    about = {
        "name": profile.display_name if profile else user.email,
        "email": user.email,
        "made_at": now,
        "site_name": site_name(),
        "n_sounds": len(audio),
    }
    begin, between, end = render_to_string(_FRAME, about).split(_PART)
    yield begin
    talks = TutoringSession.objects.filter(learner=user).select_related("lesson")
    said = Prefetch(
        "turns__utterances", Utterance.objects.order_by("speaker", "attempt")
    )
    turns = Prefetch("turns", Turn.objects.order_by("index").defer("analysis", "gates"))
    for talk in talks.prefetch_related(turns, said).order_by("started_at").iterator(50):
        yield render_to_string(_TALK, {"talk": talk, "turns": _turns(talk, audio)})
    yield between
    for held in EXPORTED:
        if held.in_page:
            yield from _table(held, user, audio)
    yield end


def _turns(talk: TutoringSession, audio: Mapping[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "speaker": said.speaker,
            "text": said.text,
            "lang": said.language or talk.l2,
            "audio": quote(audio.get(f"{_UTTERANCE}:{said.pk}", "")),
        }
        for turn in talk.turns.all()
        for said in turn.utterances.all()
    ]


def _table(held: Held, user: User, audio: Mapping[str, str]) -> Iterator[str]:
    rows: list[Row] = []
    n_rows = 0
    for row in rows_of(held, user_id=user.pk, audio=audio):
        n_rows += 1
        if n_rows <= _MOST_ROWS:
            rows.append(row)
    if not rows:
        return
    fields = shown_fields(apps.get_model(held.model))
    heads = [capfirst(str(field.verbose_name)) for field in fields]
    cells = [
        {
            "values": [_shown(row[field.name]) for field in fields],
            "audio": quote(row.get("audio", "")),
        }
        for row in rows
    ]
    yield render_to_string(
        _TABLE,
        {
            "title": TITLES.get(held.model) or held.model,
            "model": held.model,
            "heads": heads,
            "rows": cells,
            "n_rows": n_rows,
            "n_left_out": n_rows - len(rows),
            "has_audio": any(row["audio"] for row in cells),
        },
    )


def _shown(value: Any) -> Any:
    if isinstance(value, dict | list):
        return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)
    return "" if value is None else value
