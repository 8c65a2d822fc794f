"""What came of it: lessons finished, levels that changed, placements, by course and level."""

from __future__ import annotations

from collections import Counter

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learners.models import LessonProgress, LevelEstimate, PlacementTest
from learners.progress.charts import Chart, Value, bar_chart
from lessons.levels import CEFRLevel

from .filters import Filter
from .shown import Shown

_LEVELS = list(CEFRLevel.values)


def outcome_figures(shown: Filter) -> list[Shown]:
    """Return the figures of the page. Courses only narrow the lessons."""
    return [
        _lessons_by_level(shown),
        _lessons(shown),
        _levels(shown),
        _placements(shown),
    ]


def _finished(shown: Filter) -> QuerySet[LessonProgress]:
    during = shown.scope.moments(shown.first, shown.last)
    rows = LessonProgress.objects.filter(
        finished_at__gte=during.begins, finished_at__lt=during.ends
    )
    if shown.course is not None:
        rows = rows.filter(lesson__course__key=shown.course)
    return shown.scope.of(rows, "learner", "finished_at").order_by()


def _lessons_by_level(shown: Filter) -> Shown:
    found = dict(_finished(shown).values_list("lesson__level").annotate(n=Count("pk")))
    total = sum(found.values())
    return Shown(
        key="lessons-by-level",
        title=_("Lessons finished"),
        columns=(_("Level"), _("Lessons finished")),
        rows=[(level, found.get(level, 0)) for level in _LEVELS] if total else (),
        chart=_by_level(found),
        unit=_("Lessons finished"),
        sentence=ngettext(
            "%(n)s lesson was finished in this time.",
            "%(n)s lessons were finished in this time.",
            total,
        )
        % {"n": total},
        note=_("Finished: every exercise of the lesson was answered once."),
        empty=_("No lesson was finished in this time."),
    )


def _lessons(shown: Filter) -> Shown:
    rows = (
        _finished(shown)
        .values_list("lesson__course__title", "lesson__level")
        .annotate(n=Count("pk"), learners=Count("learner", distinct=True))
        .order_by("lesson__course__title", "lesson__level")
    )
    return Shown(
        key="lessons-by-course",
        title=_("Lessons finished, by course and level"),
        columns=(_("Course"), _("Level"), _("Lessons finished"), _("Learners")),
        rows=list(rows),
        empty=_("No lesson was finished in this time."),
    )


def _levels(shown: Filter) -> Shown:
    during = shown.scope.moments(shown.first, shown.last)
    estimates = shown.scope.of(
        LevelEstimate.objects.filter(said_at__lt=during.ends), "learner", "said_at"
    )
    before: dict[tuple[int, str], str] = {}
    moves: Counter[tuple[str, str]] = Counter()
    rows = estimates.order_by("said_at", "pk").values_list(
        "learner_id", "l2", "level", "said_at"
    )
    for learner, l2, level, said_at in rows:
        old = before.get((learner, l2))
        if old is not None and old != level and said_at >= during.begins:
            moves[old, level] += 1
        before[learner, l2] = level
    up = sum(n for (old, new), n in moves.items() if new > old)
    down = moves.total() - up
    now: Counter[str] = Counter(before.values())
    return Shown(
        key="levels",
        title=_("Levels"),
        columns=(_("From"), _("To"), _("Times")),
        rows=[(old, new, n) for (old, new), n in sorted(moves.items())],
        chart=_by_level(now),
        unit=_("Learners at each level now"),
        sentence=_("Levels went up %(up)s times and down %(down)s times.")
        % {"up": up, "down": down},
        note=_("The level of a learner in a language, as placements, talks, teachers or "
               "they themselves said it."),
        empty=_("No level changed in this time."),
    )  # fmt: skip


def _placements(shown: Filter) -> Shown:
    during = shown.scope.moments(shown.first, shown.last)
    rows = PlacementTest.objects.filter(
        state=PlacementTest.State.FINISHED,
        finished_at__gte=during.begins,
        finished_at__lt=during.ends,
    )
    placed = shown.scope.of(rows, "learner", "finished_at").order_by()
    found = dict(placed.values_list("level").annotate(n=Count("pk")))
    total = sum(found.values())
    return Shown(
        key="placements",
        title=_("Placements"),
        columns=(_("Level"), _("Placements")),
        rows=[(level, found.get(level, 0)) for level in _LEVELS] if total else (),
        chart=_by_level(found),
        unit=_("Placements"),
        sentence=ngettext(
            "%(n)s placement was finished.", "%(n)s placements were finished.", total
        )
        % {"n": total},
        empty=_("No placement was finished in this time."),
    )


def _by_level(found: dict[str, int] | Counter[str]) -> Chart:
    values = [
        Value(level, found.get(level, 0), words=str(found.get(level, 0)))
        for level in _LEVELS
    ]
    return bar_chart(values, least_top=4)
