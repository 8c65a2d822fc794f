"""Whether teachers are told that a learner may be in danger. Read by ``sessions``."""

from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()


def checked(care: dict[str, Any]) -> dict[str, Any]:
    """Return the settings as they are. Raises ImproperlyConfigured where they cannot work."""
    if care["FLAGS"] not in {"off", "teachers"}:
        raise ImproperlyConfigured("TUTOR_CARE_FLAGS is teachers or off.")
    if care["EMAIL"] and not care["SITE_URL"].startswith(("https://", "http://")):
        raise ImproperlyConfigured(
            "TUTOR_CARE_EMAIL needs TUTOR_SITE_URL, such as https://tutor.example.org."
        )
    return care


CARE = checked(
    {
        # "teachers": what the tutor answers with care is shown to teachers, who are asked to
        # look; "off": nothing of that is stored. docs/privacy.md says why it is on.
        "FLAGS": env("TUTOR_CARE_FLAGS", default="teachers"),
        # Who gets a mail as well, with a link and none of the learner's words; empty: nobody.
        "EMAIL": env.list("TUTOR_CARE_EMAIL", default=[]),
        # Where people reach this site; links in mails that no page asked for begin with it.
        "SITE_URL": env("TUTOR_SITE_URL", default="").rstrip("/"),
    }
)
