"""How much a made-up school is, as its database has it."""

from __future__ import annotations

from django.db import connection

from learners.models import User
from sessions.models import PronunciationAssessment, Utterance

_PHONEMES = """
    SELECT coalesce(sum(jsonb_array_length(word -> 'phonemes')), 0)
    FROM tutor_sessions_pronunciationassessment AS assessment,
         jsonb_array_elements(assessment.words) AS word
"""


def analyse() -> None:
    """Let the database count its rows, as it does by itself after a while."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def sizes() -> dict[str, int]:
    """Return how many learners, turns and scored sounds there are, and the megabytes."""
    with connection.cursor() as cursor:
        cursor.execute(_PHONEMES)
        phonemes = int(cursor.fetchone()[0])
        cursor.execute("SELECT pg_database_size(current_database())")
        n_bytes = int(cursor.fetchone()[0])
    return {
        "learners": User.objects.filter(role=User.Role.LEARNER).count(),
        "turns": Utterance.objects.filter(speaker="LEARNER").count(),
        "assessments": PronunciationAssessment.objects.count(),
        "phonemes": phonemes,
        "database_mb": n_bytes // 1_000_000,
    }
