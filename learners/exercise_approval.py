"""Which exercises a learner may see before a person has looked at them."""

from __future__ import annotations

from django.conf import settings

# By the setting: whom nobody has to look over. What a teacher wrote is looked at already.
_TRUSTED = {
    "none": ("rule", "model", "teacher"),
    "model": ("rule", "teacher"),
    "all": ("teacher",),
}


def origins_shown_without_approval() -> tuple[str, ...]:
    """Return who may word an exercise that is shown at once (``TUTOR_EXERCISES_APPROVAL``).

    It counts for what is there already, too: a stricter setting takes back at once what no
    teacher approved.
    """
    return _TRUSTED[settings.EXERCISES["APPROVAL"]]
