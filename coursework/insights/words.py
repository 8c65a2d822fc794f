"""What a class needs, in plain sentences with one thing to do each."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learners.selectors import mistake_label
from lessons.sounds.library import sound_of
from schools.models import Classroom
from tutor.languages.function_words import primary

from ..models import Assignment
from . import mistakes, sounds
from .links import address, assignment_link, mail_link, report_link
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


def advice(need: Need, classroom: Classroom) -> Advice:
    """Return a need in words."""
    return _WORDS[need.kind](need, classroom)


def _overdue(need: Need, classroom: Classroom) -> Advice:
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
    work = address("coursework:assignment-detail", need.target) or address(
        "coursework:assignment-detail", classroom.uuid, need.target
    )
    url = work or mail_link(need.learner, need.what)
    action = _("Give more time") if work else _("Write")
    return Advice(need, sentence % values, action, url, "late")


def _silent(need: Need, classroom: Classroom) -> Advice:
    sentence = ngettext(
        "%(name)s has not spoken for %(n)s day.",
        "%(name)s has not spoken for %(n)s days.",
        need.n,
    ) % {"name": need.learner.name, "n": need.n}
    return _write(need, sentence, classroom)


def _never(need: Need, classroom: Classroom) -> Advice:
    sentence = ngettext(
        "%(name)s has been in the class for %(n)s day and has not spoken yet.",
        "%(name)s has been in the class for %(n)s days and has not spoken yet.",
        need.n,
    ) % {"name": need.learner.name, "n": need.n}
    return _write(need, sentence, classroom)


def _write(need: Need, sentence: str, classroom: Classroom) -> Advice:
    url = mail_link(need.learner, classroom.name)
    return Advice(need, sentence, _("Write"), url, "silent")


def _mistake(need: Need, classroom: Classroom) -> Advice:
    label = mistake_label(need.what)
    sentence = ngettext(
        "%(name)s keeps getting this wrong: %(what)s, %(n)s times in the last talk.",
        "%(name)s keeps getting this wrong: %(what)s, %(n)s times in the last %(of)s talks.",
        need.of,
    ) % {"name": need.learner.name, "what": label, "n": need.n, "of": need.of}
    url = assignment_link(
        classroom,
        Assignment.Kind.TALK,
        [need.learner],
        title=_("Practise: %(what)s") % {"what": label},
        goals=[mistakes.goal_of(need.what)],
    )
    return Advice(
        need,
        sentence,
        _("Set work"),
        url,
        "mistake",
        _cell(classroom, mistakes.KIND, need),
    )


def _sound(need: Need, classroom: Classroom) -> Advice:
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
    contrast = sounds.contrast_for(need.what, [need.learner], classroom.l2)
    url = assignment_link(
        classroom,
        Assignment.Kind.DRILL,
        [need.learner],
        title=_("Drill: the sound /%(ipa)s/") % {"ipa": need.what},
        contrast=contrast,
    )
    if not contrast or not url:
        return Advice(need, sentence, _("Open examples"), why, "sound")
    return Advice(need, sentence, _("Set a drill"), url, "sound", why)


def _stuck(need: Need, classroom: Classroom) -> Advice:
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


def _better(need: Need, classroom: Classroom) -> Advice:
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
    return address(
        "coursework:insight-cell", classroom.uuid, kind, need.what, need.learner.uuid
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
