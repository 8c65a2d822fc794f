"""What goes wrong when somebody arrives from a platform: a code, and words for people."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_AGAIN = _("Go back to your course and open the link again.")
_ASK = _("Tell whoever looks after your learning platform, with the code below.")

# code -> (status, what happened, what to do)
PROBLEMS: Final[dict[str, tuple[int, str | Promise, str | Promise]]] = {
    "lti.login_incomplete": (
        400, _("Your learning platform did not say who it is."), _ASK,
    ),
    "lti.off": (403, _("Coming from a learning platform is switched off here."), _ASK),
    "lti.platform_unknown": (
        403, _("This learning platform is not registered here."), _ASK,
    ),
    "lti.platform_refused": (
        403, _("Your learning platform would not say who you are."), _AGAIN,
    ),
    "lti.state_unknown": (
        400, _("This link was opened in a way that cannot be followed."), _AGAIN,
    ),
    "lti.too_late": (400, _("That took too long, so the link is no longer good."), _AGAIN),
    "lti.replayed": (400, _("This link was used already."), _AGAIN),
    "lti.cookie_missing": (
        400,
        _("Your browser kept a cookie back that shows it was you who asked."),
        _("Browsers do so inside of other pages. Open it in a window of its own."),
    ),
    "lti.token_malformed": (
        400, _("What your learning platform sent cannot be read."), _ASK,
    ),
    "lti.signature_wrong": (
        403, _("What your learning platform sent is not signed as it should be."), _ASK,
    ),
    "lti.keys_unreachable": (
        502, _("The keys of your learning platform cannot be read just now."), _AGAIN,
    ),
    "lti.issuer_wrong": (
        403, _("That came from another platform than the one that was asked."), _ASK,
    ),
    "lti.audience_wrong": (403, _("That was meant for another tool."), _ASK),
    "lti.expired": (400, _("The link is too old by now."), _AGAIN),
    "lti.clock_wrong": (
        400, _("The clock of your learning platform is wrong."), _ASK,
    ),
    "lti.nonce_wrong": (400, _("This link does not fit what was asked."), _AGAIN),
    "lti.claims_missing": (
        400, _("Your learning platform left out something that is needed."), _ASK,
    ),
    "lti.deployment_unknown": (
        403, _("This tool was added at a place in your platform that is not known here."),
        _ASK,
    ),
    "lti.message_unknown": (
        400, _("Your learning platform asked for something that is not offered."), _ASK,
    ),
    "lti.ticket_used": (400, _("This step was taken already."), _AGAIN),
    "lti.account_off": (
        403, _("Your account is switched off."), _("Ask who runs this site."),
    ),
    "lti.admin_refused": (
        403, _("Administrators of this site cannot arrive from a platform."),
        _("Sign in here directly. Else whoever runs the platform could be you."),
    ),
    "lti.left_school": (
        403, _("You left the school that this platform belongs to."),
        _("Ask the school to take you in again."),
    ),
    "lti.school_off": (
        403, _("The school is switched off."), _("Ask who runs this site."),
    ),
    "lti.course_not_connected": (
        404, _("Your course is not connected with a class here yet."),
        _("Tell your teacher: opening the link once connects it."),
    ),
    "lti.work_missing": (
        404, _("The work behind this link is not there any more."),
        _("Tell your teacher which link it was."),
    ),
    "lti.class_archived": (
        404, _("The class of this course was put away."), _("Ask your teacher."),
    ),
    "lti.teachers_only": (
        403, _("Only teachers of the course can choose work for it."), _AGAIN,
    ),
}  # fmt: skip


class LtiProblem(Exception):
    """Somebody cannot go on; ``code`` is one of PROBLEMS."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    @property
    def status(self) -> int:
        """The status of the answer."""
        return PROBLEMS[self.code][0]

    @property
    def message(self) -> str:
        """What happened."""
        return str(PROBLEMS[self.code][1])

    @property
    def advice(self) -> str:
        """What to do about it."""
        return str(PROBLEMS[self.code][2])
