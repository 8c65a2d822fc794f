"""Names of the LTI standard that the site uses."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

CLAIM: Final = "https://purl.imsglobal.org/spec/lti/claim/"
DEEP_LINKING: Final = (
    "https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings"
)
AGS: Final = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"
NRPS: Final = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice"
AGS_SCORE: Final = "https://purl.imsglobal.org/spec/lti-ags/scope/score"
AGS_LINE_ITEM: Final = "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem"
NRPS_SCOPE: Final = (
    "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly"
)

_MEMBERSHIP: Final = "http://purl.imsglobal.org/vocab/lis/v2/membership"
_TEACHING: Final = frozenset({"Instructor", "Administrator", "ContentDeveloper"})


def teaches(roles: Iterable[str]) -> bool:
    """Whether roles in a course include teaching it.

    Only roles in the course count: who administers the platform teaches no course by that.
    A teaching assistant is a sub-role of Instructor.
    """
    return any(_course_role(role) in _TEACHING for role in roles)


def learns(roles: Iterable[str]) -> bool:
    """Whether roles in a course include learning in it."""
    return any(_course_role(role) == "Learner" for role in roles)


def _course_role(role: str) -> str:
    """Return the main role in a course, empty: it is a role in something else.

    Short names ("Learner") are allowed for roles in the course; sub-roles look like
    ".../membership/Instructor#TeachingAssistant".
    """
    if not role.startswith("http"):
        return role
    if role.startswith(f"{_MEMBERSHIP}#"):
        return role.rpartition("#")[2]
    if role.startswith(f"{_MEMBERSHIP}/"):
        return role.removeprefix(f"{_MEMBERSHIP}/").partition("#")[0]
    return ""
