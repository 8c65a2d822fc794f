"""What the page of tutors' voices says of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from learners.voice_selectors import voices_of
from learners.voice_statement import statement
from schools.permissions import is_site_admin, manageable_schools
from schools.site_settings import site_name

from ..tutor_choice import tutors_to_choose
from ..voice_forms import LANGUAGES
from .choosing import can_clone

if TYPE_CHECKING:
    from learners.models import TutorVoice, User

# The key of the whole site among schools.
SITE = "site"


@dataclass(frozen=True, slots=True)
class VoiceRow:
    """One voice of the page; ``tone`` is ``good``, ``warn`` or ``""``."""

    voice: TutorVoice
    badge: str
    tone: str
    is_over: bool

    @property
    def is_unchecked(self) -> bool:
        """Whether somebody should listen to it, since nothing here could."""
        return not (self.voice.words_checked and self.voice.person_checked)


@dataclass(frozen=True, slots=True)
class ReadAloud:
    """A statement in its language, for the page that takes the recording."""

    language: str
    name: str
    words: str


def voice_rows(*, user: User, today: date) -> tuple[VoiceRow, ...]:
    """Return the voices that somebody looks after, latest first."""
    return tuple(_row(voice, today) for voice in voices_of(user))


def clones_any() -> bool:
    """Whether voices of people can be heard on this site at all."""
    return any(can_clone(language) for language, _name in LANGUAGES)


def places_for(user: User) -> list[tuple[str, str]]:
    """Return the schools they may add a voice for, by key; administrators: the site."""
    schools = manageable_schools(user).filter(is_active=True)
    places = [(str(school.uuid), school.name) for school in schools]
    if is_site_admin(user):
        places.insert(0, (SITE, _("The whole site")))
    return places


def tutors_for_voices() -> list[tuple[str, str]]:
    """Return the tutors that a voice can be for alone."""
    return [(avatar.key, avatar.name) for avatar in tutors_to_choose()]


def statements() -> tuple[ReadAloud, ...]:
    """Return what is read aloud, with gaps where the name and the place are said."""
    gaps = {"name": _("[name]"), "place": _("[school or site]")}
    return tuple(
        ReadAloud(language, str(name), statement(language, **gaps))
        for language, name in LANGUAGES
    )


def place_in_words(school_name: str) -> str:
    """Return what a statement calls who gets the voice."""
    return school_name or site_name()


def _row(voice: TutorVoice, today: date) -> VoiceRow:
    if voice.revoked_at is not None:
        return VoiceRow(voice, _("Revoked"), "", is_over=True)
    if voice.until < today:
        return VoiceRow(voice, _("Consent is over"), "warn", is_over=True)
    if voice.in_use:
        return VoiceRow(voice, _("In use"), "good", is_over=False)
    return VoiceRow(voice, _("Not in use"), "", is_over=False)
