"""What a learner reads where speech was not judged, or not all of it."""

from __future__ import annotations

from django.utils.translation import gettext

from inference.types.assessment import PronunciationAssessment

from .turns.messages import assessment_message


def assessment_words(assessment: PronunciationAssessment) -> str:
    """Return the words in the reader's language, ``""`` where there is nothing to say."""
    words = assessment_message(assessment)
    return gettext(words) if words else ""
