"""The assignments of a class as its teachers see them: how many have done what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo

from learners.local_time import zone_named
from learners.models import User
from schools.models import Classroom
from schools.selectors import learner_ids_of
from sessions.learners_talks import name_of

from .assignment_selectors import assigned_learner_ids, with_parts
from .assignment_states import (
    AssignmentState,
    Rules,
    WorkState,
    latest_done,
    rules_for,
    state_of,
    work_state,
)
from .due_words import due_words
from .models import Assignment, AssignmentTarget, Extension, Submission
from .work_pages import KIND_WORDS, STATE_WORDS, icon_of

MOST_NAMES = 3


@dataclass(frozen=True, slots=True)
class ClassWork:
    """An assignment of a class. ``missing`` are the names of who has not handed in."""

    assignment: Assignment
    state: AssignmentState
    due: str
    n_assigned: int
    n_handed_in: int
    n_to_review: int
    missing: tuple[str, ...]
    for_whom: str

    @property
    def icon_template(self) -> str:
        """The template of the icon of its kind."""
        return f"_icons/{icon_of(self.assignment.kind)}.html"

    @property
    def kind_words(self) -> str:
        """What it is, in a word or two."""
        return str(KIND_WORDS[self.assignment.kind])

    @property
    def first_missing(self) -> str:
        """The first names of who has not handed in."""
        return ", ".join(self.missing[:MOST_NAMES])

    @property
    def n_more_missing(self) -> int:
        """How many others have not."""
        return max(0, len(self.missing) - MOST_NAMES)


@dataclass(frozen=True, slots=True)
class LearnersWork:
    """How one learner stands with an assignment."""

    learner: User
    name: str
    state: WorkState
    rules: Rules
    extension: Extension | None
    done: Submission | None
    n_attempts: int
    is_overdue: bool
    due: str

    @property
    def state_words(self) -> str:
        """Where they stand, in words."""
        return str(STATE_WORDS[self.state][0])

    @property
    def badge(self) -> str:
        """How the badge of this state looks."""
        return STATE_WORDS[self.state][1]

    @property
    def spoken_minutes(self) -> str:
        """Their own voice in what they handed in, as 1:05, ``""`` where there is none."""
        if self.done is None or not self.done.spoken_s:
            return ""
        return f"{self.done.spoken_s // 60}:{self.done.spoken_s % 60:02d}"


def zone_of(classroom: Classroom) -> tzinfo:
    """Return the time zone in which a class's dates are shown and entered."""
    return zone_named(classroom.school.time_zone)


def list_class_work(classroom: Classroom, *, now: datetime) -> list[ClassWork]:
    """Return all assignments of a class; six queries, however many there are."""
    assignments = list(with_parts(Assignment.objects.filter(classroom=classroom)))
    names = _names(learner_ids_of(classroom_id=classroom.pk))
    targets = _ids_by(AssignmentTarget.objects.filter(assignment__in=assignments))
    groups = _groups(assignments)
    states: dict[int, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for pk, learner, state in (
        Submission.objects.filter(assignment__classroom=classroom)
        .order_by()
        .values_list("assignment_id", "learner_id", "state")
        .distinct()
    ):
        states[pk][learner].add(state)
    zone = zone_of(classroom)
    rows = []
    for one in assignments:
        chosen = groups.get(one.group_id or 0) if one.group_id else targets.get(one.pk)
        assigned = set(names) if chosen is None else chosen & set(names)
        rows.append(_row(one, assigned, names, states[one.pk], zone, now))
    return rows


def list_learners_work(assignment: Assignment, *, now: datetime) -> list[LearnersWork]:
    """Return how every learner stands with an assignment, by name.

    Who left the class and handed in stays in the list.
    """
    assigned = set(assigned_learner_ids(assignment))
    submissions: dict[int, list[Submission]] = defaultdict(list)
    for one in assignment.submissions.order_by("attempt"):
        submissions[one.learner_id].append(one)
    handed_in = {pk for pk, each in submissions.items() if latest_done(each)}
    extensions = {one.learner_id: one for one in assignment.extensions.all()}
    people = User.objects.select_related("profile").filter(pk__in=assigned | handed_in)
    zone = zone_of(assignment.classroom)
    rows = [
        _learners_row(
            person,
            assignment,
            submissions[person.pk],
            extensions.get(person.pk),
            zone,
            now,
        )
        for person in people
    ]
    return sorted(rows, key=lambda row: row.name.casefold())


def _learners_row(
    person: User,
    assignment: Assignment,
    submissions: list[Submission],
    extension: Extension | None,
    zone: tzinfo,
    now: datetime,
) -> LearnersWork:
    rules = rules_for(assignment, extension)
    state = work_state(submissions, rules)
    waiting = state in (WorkState.NOT_BEGUN, WorkState.BEGUN)
    return LearnersWork(
        learner=person,
        name=name_of(person),
        state=state,
        rules=rules,
        extension=extension,
        done=latest_done(submissions),
        n_attempts=len(submissions),
        is_overdue=waiting and rules.due_at is not None and rules.due_at < now,
        due=due_words(rules.due_at, now=now, zone=zone)
        if extension and extension.due_at and rules.due_at
        else "",
    )


def _row(
    assignment: Assignment,
    assigned: set[int],
    names: dict[int, str],
    states: dict[int, set[str]],
    zone: tzinfo,
    now: datetime,
) -> ClassWork:
    started = {Submission.State.STARTED}
    handed_in = {pk for pk in assigned if states.get(pk, started) - started}
    waiting = {pk for pk, each in states.items() if Submission.State.SUBMITTED in each}
    missing = sorted((names[pk] for pk in assigned - handed_in), key=str.casefold)
    due_at = assignment.due_at
    return ClassWork(
        assignment=assignment,
        state=state_of(assignment, now=now),
        due=due_words(due_at, now=now, zone=zone) if due_at else "",
        n_assigned=len(assigned),
        n_handed_in=len(handed_in),
        n_to_review=len(waiting),
        missing=tuple(missing),
        for_whom=assignment.group.name if assignment.group else "",
    )


def _names(ids: Iterable[int]) -> dict[int, str]:
    people = User.objects.select_related("profile").filter(pk__in=ids)
    return {person.pk: name_of(person) for person in people}


def _ids_by(targets: Iterable[AssignmentTarget]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for target in targets:
        found[target.assignment_id].add(target.learner_id)
    return found


def _groups(assignments: Iterable[Assignment]) -> dict[int, set[int]]:
    ids = {one.group_id for one in assignments if one.group_id}
    members = User.objects.filter(learner_groups__in=ids)
    found: dict[int, set[int]] = {pk: set() for pk in ids}
    for group, learner in members.values_list("learner_groups", "pk").order_by():
        if group in found:
            found[group].add(learner)
    return found
