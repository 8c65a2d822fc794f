"""Parts of the site that administrators switch off, for everybody or for a school.

A switch is on unless somebody said otherwise. What is off for the site is off for everyone.
What a school switched off is off for its people; somebody in several schools has it as long
as one of them has. Callers ask ``is_on`` where nobody is signed in, else ``is_on_for``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from . import audit, site_state
from .models import School, SiteValue
from .selectors import school_ids_of_learner

LIVE_TALKS = "live_talks"
VIDEO_FACE = "video_face"
MODEL_EXERCISES = "model_exercises"
RESEARCH_CONSENT = "research_consent"
API = "api"
WEBHOOKS = "webhooks"
LTI = "lti"
XAPI = "xapi"


@dataclass(frozen=True, slots=True)
class Switch:
    """What can be switched. ``for_schools``: a school may switch it off for itself."""

    key: str
    name: str | Promise
    help: str | Promise
    for_schools: bool = True


SWITCHES: dict[str, Switch] = {
    one.key: one
    for one in (
        Switch(
            LIVE_TALKS,
            _("Talks with the tutor"),
            _("Off: nobody can begin or go on with a talk; everything else stays."),
        ),
        Switch(
            VIDEO_FACE,
            _("The tutor's face as video"),
            _("Off: talks show the face that the browser draws, and need less power."),
        ),
        Switch(
            MODEL_EXERCISES,
            _("Exercises worded by the language model"),
            _("Off: exercises are made by rules alone."),
        ),
        Switch(
            RESEARCH_CONSENT,
            _("Asking for consent to research"),
            _("Off: learners are not asked, and nothing is used for research."),
        ),
        Switch(
            API,
            _("Programming interface"),
            _("Off: requests with a token are refused."),
            for_schools=False,
        ),
        Switch(
            WEBHOOKS,
            _("Webhooks"),
            _("Off: other systems are not told of what happens."),
        ),
        Switch(
            LTI,
            _("Learning platforms (LTI)"),
            _("Off: nobody can come in from another learning platform."),
            for_schools=False,
        ),
        Switch(
            XAPI,
            _("Learning records (xAPI)"),
            _("Off: other systems cannot fetch what learners did."),
        ),
    )
}


class UnknownSwitch(LookupError):
    """There is no switch of this name, or a school cannot switch it."""


def is_on(key: str, *, school_ids: Iterable[int] = ()) -> bool:
    """Whether a part is on for the site and, where schools are named, for one of them."""
    _known(key)
    switches = site_state.current().switches
    if not switches.get((key, None), True):
        return False
    schools = list(school_ids)
    return not schools or any(switches.get((key, one), True) for one in schools)


def is_on_for(key: str, *, user_id: int) -> bool:
    """Whether a part is on for somebody; asks for their schools only where it matters."""
    _known(key)
    switches = site_state.current().switches
    if not switches.get((key, None), True):
        return False
    if not any(not on and which == key for (which, _school), on in switches.items()):
        return True
    return is_on(key, school_ids=school_ids_of_learner(learner_id=user_id))


def schools_without(key: str) -> list[int]:
    """Return the schools that switched a part off for themselves."""
    _known(key)
    return [
        school
        for (which, school), on in site_state.current().switches.items()
        if which == key and school is not None and not on
    ]


@transaction.atomic
def set_switch(
    *, key: str, on: bool, school: School | None, by: UUID | None, now: datetime
) -> None:
    """Switch a part on or off, for the site or for a school. Raises UnknownSwitch."""
    switch = _known(key)
    if school is not None and not switch.for_schools:
        raise UnknownSwitch(key)
    SiteValue.objects.update_or_create(
        kind=SiteValue.Kind.SWITCH,
        key=key,
        school=school,
        defaults={"value": on, "changed_at": now, "changed_by": by},
    )
    audit.record(
        action="switch.changed",
        now=now,
        actor=by,
        school=school.uuid if school else None,
        target="switch",
        detail={"key": key, "on": on},
    )
    site_state.forget()


def _known(key: str) -> Switch:
    try:
        return SWITCHES[key]
    except KeyError:
        raise UnknownSwitch(key) from None
