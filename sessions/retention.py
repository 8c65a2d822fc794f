"""Schools limit how long recordings of their learners are kept."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import F, Q

from schools.rules import learner_ids_of_school, list_retention_limits

from .models import Recording


def shorten_recordings() -> int:
    """Give recordings the end that schools want by now; return how many end sooner.

    New ones have it from the start (``get_learner_context``). This is for those made before
    a school lowered its limit, or before the learner came to it. None ends later than it
    would have: a learner's own choice stays.
    """
    shortened = 0
    for school, days in list_retention_limits():
        learners = learner_ids_of_school(school_id=school)
        of_school = Recording.objects.filter(
            Q(utterance__turn__session__learner__in=learners)
            | Q(reading__learner__in=learners),
            delete_after__gt=F("created_at") + timedelta(days=days),
        )
        shortened += Recording.objects.filter(pk__in=of_school.values("pk")).update(
            delete_after=F("created_at") + timedelta(days=days)
        )
    return shortened
