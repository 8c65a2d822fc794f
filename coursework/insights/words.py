"""What a class needs, in plain sentences with one thing to do each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learners.selectors import mistake_label
from lessons.sounds.library import sound_of
from schools.models import Classroom
from tutor.languages.function_words import primary

from . import mistakes, sounds
from .links import mail_link, report_link
from .practice import work_for_mistakes, work_for_sound
from .ranking import Need, NeedKind


@dataclass(frozen=True, slots=True)
class Advice:
    """A sentence about a learner, and what to do about it.

    ``kind`` chooses the sign beside it. ``why`` leads to examples, ``""`` without any.
    """

    need: Need
    sentence: str
    action: str
    url: str
    kind: str
    why: str = ""


def advice(need: Need, classroom: Classroom, *, now: datetime) -> Advice:
    """Return a need in words."""
    return _WORDS[need.kind](need, classroom, now)


def _overdue(need: Need, classroom: Classroom, now: datetime) -> Advice:
    values = {
        "name": need.learner.name,
        "title": need.what,
        "days": need.n,
        "n": need.of,
    }
    if need.of > 1:
        sentence = ngettext(
            "%(name)s has not handed in %(n)s pieces of work; “%(title)s” was due %(days)s day ago.",
            "%(name)s has not handed in %(n)s pieces of work; “%(title)s” was due %(days)s days ago.",
            need.n,
        )
    elif need.n == 0:
        sentence = _("%(name)s has not handed in “%(title)s”, which was due today.")
    else:
        sentence = ngettext(
            "%(name)s has not handed in “%(title)s”, due %(days)s day ago.",
            "%(name)s has not handed in “%(title)s”, due %(days)s days ago.",
            need.n,
        )
    url = reverse(
        "coursework:assignment-extend",
        args=(classroom.uuid, need.target, need.learner.uuid),
    )
    return Advice(need, sentence % values, _("Give more time"), url, "late")


def _silent(need: Need, classroom: Classroom, now: datetime) -> Advice:
    sentence = ngettext(
        "%(name)s has not spoken for %(n)s day.",
        "%(name)s has not spoken for %(n)s days.",
        need.n,
    ) % {"name": need.learner.name, "n": need.n}
    return _write(need, sentence, classroom)


def _never(need: Need, classroom: Classroom, now: datetime) -> Advice:
    sentence = ngettext(
        "%(name)s has been in the class for %(n)s day and has not spoken yet.",
        "%(name)s has been in the class for %(n)s days and has not spoken yet.",
        need.n,
    ) % {"name": need.learner.name, "n": need.n}
    return _write(need, sentence, classroom)


def _write(need: Need, sentence: str, classroom: Classroom) -> Advice:
    url = mail_link(need.learner, classroom.name)
    return Advice(need, sentence, _("Write"), url, "silent")


def _mistake(need: Need, classroom: Classroom, now: datetime) -> Advice:
    label = mistake_label(need.what)
    sentence = ngettext(
        "%(name)s keeps getting this wrong: %(what)s, %(n)s times in the last talk.",
        "%(name)s keeps getting this wrong: %(what)s, %(n)s times in the last %(of)s talks.",
        need.of,
    ) % {"name": need.learner.name, "what": label, "n": need.n, "of": need.of}
    url = work_for_mistakes(classroom, need.what, [need.learner], now=now).url
    return Advice(
        need,
        sentence,
        _("Set work"),
        url,
        "mistake",
        _cell(classroom, mistakes.KIND, need),
    )


def _sound(need: Need, classroom: Classroom, now: datetime) -> Advice:
    found = sound_of(primary(classroom.l2), need.what)
    sentence = _(
        "%(name)s says /%(ipa)s/ as in “%(example)s” right in about %(share)s of 100 tries."
    ) % {
        "name": need.learner.name,
        "ipa": need.what,
        "example": found.example if found else "",
        "share": round(100 * need.share),
    }
    why = _cell(classroom, sounds.KIND, need)
    work = work_for_sound(classroom, need.what, [need.learner], now=now)
    if work is None:
        return Advice(need, sentence, _("Open examples"), why, "sound")
    return Advice(need, sentence, _("Set a drill"), work.url, "sound", why)


def _stuck(need: Need, classroom: Classroom, now: datetime) -> Advice:
    sentence = ngettext(
        "%(name)s has been in the middle of “%(title)s” for %(n)s day.",
        "%(name)s has been in the middle of “%(title)s” for %(n)s days.",
        need.n,
    ) % {"name": need.learner.name, "title": need.what, "n": need.n}
    if need.last_talk:
        url, action = report_link(need.last_talk), _("Open the latest talk")
    else:
        url, action = mail_link(need.learner, need.what), _("Write")
    return Advice(need, sentence, action, url, "stuck")


def _better(need: Need, classroom: Classroom, now: datetime) -> Advice:
    sentence = _(
        "%(name)s makes fewer mistakes of this kind: %(what)s, from %(before)s to %(after)s in 100 words."
    ) % {
        "name": need.learner.name,
        "what": mistake_label(need.what),
        "before": f"{need.of / 10:.1f}",
        "after": f"{need.n / 10:.1f}",
    }
    url = report_link(need.last_talk) if need.last_talk else ""
    return Advice(need, sentence, _("Open the latest talk"), url, "better")


def _cell(classroom: Classroom, kind: str, need: Need) -> str:
    return reverse(
        "coursework:insight-cell",
        args=(classroom.uuid, kind, need.what, need.learner.uuid),
    )


_WORDS = {
    NeedKind.OVERDUE: _overdue,
    NeedKind.SILENT: _silent,
    NeedKind.NEVER: _never,
    NeedKind.MISTAKE: _mistake,
    NeedKind.SOUND: _sound,
    NeedKind.STUCK: _stuck,
    NeedKind.BETTER: _better,
}
