"""What the page of portraits says of each, and of what they are for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learners.avatar_selectors import list_portraits
from learners.permissions import can_change_portrait

from ..clips.orders import can_render, clip_capabilities
from ..models import PortraitPreparation
from .orders import is_silent, preparation_of
from .readiness import portrait_renderer

if TYPE_CHECKING:
    from learners.models import Avatar, User

_State = PortraitPreparation.State

# Words for who brought the picture, by the code of a failure.
_FAILURES = {
    "video.no_face": gettext_lazy(
        "No whole face that can speak was found in it. Choose a picture of one face, seen "
        "from the front, with nothing before mouth and chin."
    ),
    "engine.library_missing": gettext_lazy(
        "A program that it needs is missing on this site. Please tell who runs it."
    ),
    "engine.weights_missing": gettext_lazy(
        "A model that it needs is missing on this site. Please tell who runs it."
    ),
}
_OTHER_FAILURE = gettext_lazy(
    "Something went wrong on this site. Please try again, or tell who runs it."
)


@dataclass(frozen=True, slots=True)
class ShownState:
    """How far a portrait is: ``name`` for scripts, ``badge`` and ``words`` for people.

    ``tone`` is ``good``, ``warn`` or ``""``. ``may_order``: it can be had prepared now.
    ``is_again``: that was tried before.
    """

    name: str
    badge: str
    words: str
    tone: str = ""
    is_under_way: bool = False
    may_order: bool = False
    is_again: bool = False


@dataclass(frozen=True, slots=True)
class PortraitRow:
    """One portrait of the page; ``state`` is None where nothing is prepared."""

    avatar: Avatar
    is_mine: bool
    state: ShownState | None


@dataclass(frozen=True, slots=True)
class PortraitPage:
    """All portraits, latest first, and a sentence about what they are for."""

    purpose: str
    rows: tuple[PortraitRow, ...]

    @property
    def is_under_way(self) -> bool:
        """Whether the page will have something else to say soon."""
        return any(
            row.state is not None and row.state.is_under_way for row in self.rows
        )


def portrait_page(*, user: User, now: datetime) -> PortraitPage:
    """Return what somebody who manages portraits sees."""
    speak = portrait_renderer() is not None
    return PortraitPage(
        _purpose(in_talks=speak, in_videos=can_render("PORTRAIT", clip_capabilities())),
        tuple(
            PortraitRow(
                avatar,
                can_change_portrait(user, avatar),
                _state(preparation_of(avatar), now) if speak else None,
            )
            for avatar in list_portraits()
        ),
    )


def _state(preparation: PortraitPreparation | None, now: datetime) -> ShownState:
    if preparation is None:
        return ShownState(
            "NONE",
            _("Not prepared"),
            _("It cannot speak in talks yet."),
            may_order=True,
        )
    if is_silent(preparation, now):
        return _silent(preparation)
    state = _State(preparation.state)
    match state:
        case _State.READY:
            return ShownState(
                state, _("Ready"), _("Learners can choose it for talks."), "good"
            )
        case _State.FAILED:
            why = _FAILURES.get(preparation.error_code, _OTHER_FAILURE)
            words = f"{_('It could not be prepared for talks.')} {why}"
            return ShownState(
                state, _("Failed"), words, "warn", may_order=True, is_again=True
            )
        case _State.QUEUED:
            badge, words = _("Waiting"), _("It will be prepared for talks.")
        case _State.RUNNING:
            badge = _("Being prepared")
            words = _("Learners can choose it for talks once that is done.")
    return ShownState(state, badge, words, is_under_way=True)


def _silent(preparation: PortraitPreparation) -> ShownState:
    """Return what to say where nobody has been heard of for long: it may still come."""
    if preparation.state == _State.QUEUED:
        badge = _("Waiting")
        words = _("It has been waiting for long to be prepared for talks.")
    else:
        badge = _("Interrupted")
        words = _("Preparing it for talks was interrupted.")
    return ShownState(
        f"SILENT_{preparation.state}",
        badge,
        words,
        "warn",
        is_under_way=True,
        may_order=True,
        is_again=True,
    )


def _purpose(*, in_talks: bool, in_videos: bool) -> str:
    if in_talks and in_videos:
        return _(
            "Pictures that speak in talks and in videos of lessons, once they are prepared."
        )
    if in_talks:
        return _("Pictures that speak in talks, once they are prepared.")
    if in_videos:
        return _(
            "Pictures that speak in videos of lessons; in talks this site shows its "
            "built-in tutors."
        )
    return _(
        "Pictures that are kept but shown nowhere: talks and videos of this site show its "
        "built-in tutors."
    )
