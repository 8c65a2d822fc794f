"""Settings of the site that administrators change in a page, typed and with defaults.

A value set there goes before the environment; taken back, the environment counts again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from . import audit, site_state
from .models import SiteValue


class Kind(StrEnum):
    """What a value is."""

    TEXT = "text"
    EMAIL = "email"
    CHOICE = "choice"
    WHOLE = "whole"
    MONEY = "money"


class SignUp(StrEnum):
    """Who may make an account."""

    OPEN = "open"
    INVITED = "invited"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting. ``most`` bounds numbers; None in ``default``: no limit, not known."""

    key: str
    group: str
    kind: Kind
    name: str | Promise
    help: str | Promise
    default: Callable[[], Any]
    required: bool = True
    most: int = 1_000_000
    choices: tuple[tuple[str, str | Promise], ...] = ()


SETTINGS: dict[str, Setting] = {
    one.key: one
    for one in (
        Setting(
            "site_name", "site", Kind.TEXT, _("Name of the site"),
            _("On every page and in mails."), lambda: settings.SITE_NAME,
        ),
        Setting(
            "support_email", "site", Kind.EMAIL, _("Address for help"),
            _("Shown at the foot of pages. Empty: none is shown."), lambda: "",
            required=False,
        ),
        Setting(
            "sign_up", "site", Kind.CHOICE, _("Making an account"),
            _("Who may sign up here by themselves."), lambda: SignUp.OPEN.value,
            choices=(
                (SignUp.OPEN.value, _("Everybody")),
                (SignUp.INVITED.value, _("Whoever has a link or code of a class")),
                (SignUp.CLOSED.value, _("Nobody")),
            ),
        ),
        Setting(
            "concurrent_sessions", "limits", Kind.WHOLE,
            _("Talks at the same time, whole site"),
            _("Who comes when it is full waits in a queue. Empty: no limit."),
            lambda: settings.QUOTAS["CONCURRENT_SESSIONS"] or None, required=False,
            most=100_000,
        ),
        Setting(
            "learner_minutes_a_day", "limits", Kind.WHOLE,
            _("Minutes of talk a day for each learner"),
            _("Where neither school, class nor person says otherwise. Empty: no limit."),
            lambda: settings.QUOTAS["LEARNER_MINUTES_A_DAY"] or None, required=False,
            most=1440,
        ),
        Setting(
            "currency", "prices", Kind.TEXT, _("Currency"),
            _("As it is written before amounts."), lambda: "USD",
        ),
        Setting(
            "hosts", "prices", Kind.WHOLE, _("Hosts"),
            _("Servers without a graphics card."), lambda: 1, most=10_000,
        ),
        Setting(
            "host_month", "prices", Kind.MONEY, _("Price of a host for a month"), "",
            lambda: 0.0,
        ),
        Setting(
            "gpus", "prices", Kind.WHOLE, _("Graphics cards"), "", lambda: 0, most=10_000
        ),
        Setting(
            "gpu_hour", "prices", Kind.MONEY, _("Price of a graphics card for an hour"),
            "", lambda: 0.0,
        ),
        Setting(
            "million_tokens", "prices", Kind.MONEY,
            _("Price of a million tokens of the language model"),
            _("0 where the model runs on your own hosts."), lambda: 0.0,
        ),
        Setting(
            "turn_tokens", "prices", Kind.WHOLE, _("Tokens of one turn"),
            _("Prompt and reply together, as the bill of your provider says."),
            lambda: 1800, most=1_000_000,
        ),
    )
}  # fmt: skip


class UnknownSetting(LookupError):
    """There is no setting of this name."""


def get(key: str) -> Any:
    """Return what counts: what was set in the page, else the default."""
    setting = _known(key)
    stored = site_state.current().settings
    return stored[key] if key in stored else setting.default()


def site_name() -> str:
    """Return the name people see."""
    return str(get("site_name"))


@transaction.atomic
def change(*, values: Mapping[str, Any], by: UUID | None, now: datetime) -> list[str]:
    """Keep values that are already validated; return the keys that changed.

    One that equals its default is taken back. Raises UnknownSetting.
    """
    changed = [key for key, value in values.items() if get(key) != value]
    for key in changed:
        rows = SiteValue.objects.filter(kind=SiteValue.Kind.SETTING, key=key)
        if values[key] == _known(key).default():
            rows.delete()
            continue
        SiteValue.objects.update_or_create(
            kind=SiteValue.Kind.SETTING,
            key=key,
            school=None,
            defaults={"value": values[key], "changed_at": now, "changed_by": by},
        )
    for key in changed:
        audit.record(
            action="setting.changed",
            now=now,
            actor=by,
            target="setting",
            detail={"key": key},
        )
    site_state.forget()
    return changed


def _known(key: str) -> Setting:
    try:
        return SETTINGS[key]
    except KeyError:
        raise UnknownSetting(key) from None
