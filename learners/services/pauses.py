"""How long a learner's pauses while speaking are, kept from talk to talk."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from tutor.languages.function_words import primary

from ..models import LearnerProfile


def kept_pauses(*, learner_id: int, l2: str) -> dict[str, Any]:
    """Return what is kept of the pauses in a language; nothing where nothing is."""
    kept = LearnerProfile.objects.filter(user_id=learner_id).values_list("pauses")
    by_language = kept[0][0] if kept else {}
    found = by_language.get(primary(l2), {})
    return found if isinstance(found, dict) else {}


@transaction.atomic
def keep_pauses(*, learner_id: int, l2: str, pauses: dict[str, Any]) -> None:
    """Keep the pauses of a language in place of what was kept of it."""
    profile = LearnerProfile.objects.select_for_update().filter(user_id=learner_id)
    for found in profile:
        found.pauses = {**found.pauses, primary(l2): pauses}
        found.save(update_fields=["pauses"])
