"""The gradebook: cells from what is stored, overrides, files with the page's numbers."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from coursework.models import Assignment, AssignmentTarget, Extension, MarkOverride
from learners.models import User
from schools.models import AuditEntry, Classroom, LearnerGroup

from ...factories.handed_in import OPENS, assignment_in, handed_in
from ...factories.schools import ClassroomFactory, learner_of, teacher_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def classroom() -> Classroom:
    made: Classroom = ClassroomFactory.create(late_percent_a_day=10)
    return made


@pytest.fixture
def client(classroom: Classroom) -> Client:
    signed_in = Client()
    signed_in.force_login(teacher_of(classroom))
    return signed_in


def named(learner: User, name: str) -> User:
    learner.profile.display_name = name
    learner.profile.save()
    return learner


def marked(work: Assignment, learner: User, points: float, **more: object) -> None:
    handed_in(work, learner, draft={}, points=points, **more)  # type: ignore[arg-type]


def texts(client: Client, classroom: Classroom) -> dict[str, list[str]]:
    page = client.get(reverse("coursework:gradebook", args=(classroom.uuid,)))
    return {
        one["row"].name: [*(cell["text"] for cell in one["cells"]), one["total"]]
        for one in page.context["rows"]
    }


def test_cells_and_totals(client: Client, classroom: Classroom) -> None:
    ann = named(learner_of(classroom), "Ann")
    ben = named(learner_of(classroom), "Ben")
    named(learner_of(classroom), "Cem")
    first = assignment_in(classroom, title="First")
    second = assignment_in(classroom, title="Second", weight=3, points=10)
    own = assignment_in(classroom, title="Own")
    AssignmentTarget.objects.create(assignment=own, learner=ann)
    group = LearnerGroup.objects.create(classroom=classroom, name="B")
    group.members.add(ben)
    grouped = assignment_in(classroom, title="Grouped", group=group, weight=0)
    marked(first, ann, 17.25)
    marked(first, ben, 20.0, late=DAY + timedelta(hours=1))
    handed_in(second, ann, draft={})
    marked(own, ann, 20.0)
    Extension.objects.create(
        assignment=second, learner=ben, is_excused=True, given_at=OPENS
    )
    marked(grouped, ben, 3.0)
    assert texts(client, classroom) == {
        "Ann": ["17.3", "to mark", "20", "–", "93.3"],
        # Two days late: 20 percent off.
        "Ben": ["16", "excused", "–", "3", "80"],
        "Cem": ["missing", "missing", "–", "–", "0"],
    }


def test_the_class_says_which_attempt_counts(
    client: Client, classroom: Classroom
) -> None:
    ann = named(learner_of(classroom), "Ann")
    work = assignment_in(classroom)
    marked(work, ann, 15.0)
    marked(work, ann, 11.0, attempt=2)
    assert texts(client, classroom)["Ann"][0] == "15"
    url = reverse("coursework:gradebook-rules", args=(classroom.uuid,))
    assert client.post(url, {"counted": "LAST"}).status_code == 302
    assert texts(client, classroom)["Ann"][0] == "11"
    assert client.post(url, {"counted": "WORST"}).status_code == 404
    assert AuditEntry.objects.filter(action="class.changed").count() == 1


def test_a_mark_is_overridden_with_a_reason_and_keeps_its_history(
    client: Client, classroom: Classroom
) -> None:
    ann = named(learner_of(classroom), "Ann")
    work = assignment_in(classroom)
    url = reverse(
        "coursework:gradebook-cell", args=(classroom.uuid, work.uuid, ann.uuid)
    )
    sent = {"points": "14.5", "reason": "told me in class", "after": "0"}
    assert client.post(url, sent | {"reason": " "}).status_code == 422
    assert client.post(url, sent | {"points": "21"}).status_code == 422
    assert client.post(url, sent | {"points": "a lot"}).status_code == 422
    assert client.post(url, sent).status_code == 302
    assert texts(client, classroom)["Ann"][0] == "14.5"
    # Whoever has the page open from before is told what is there now.
    again = client.post(url, sent | {"points": "2"})
    assert again.status_code == 409
    assert "It is now 14.5." in again.content.decode()
    latest = MarkOverride.objects.get()
    back = {"points": "", "reason": "a mistake", "after": str(latest.pk)}
    assert client.post(url, back).status_code == 302
    assert texts(client, classroom)["Ann"][0] == "missing"
    page = client.get(url).content.decode()
    assert "told me in class" in page
    assert "a mistake" in page
    assert AuditEntry.objects.filter(subject=ann.uuid).count() == 2


def test_files_have_the_numbers_of_the_page_and_no_formulas(
    client: Client, classroom: Classroom
) -> None:
    bad = named(learner_of(classroom), '=HYPERLINK("http://x","y")')
    ann = named(learner_of(classroom), "Ann\x0b")
    work = assignment_in(classroom, title="+1")
    other = assignment_in(classroom, title="Other", weight=2)
    marked(work, bad, 17.25)
    marked(work, ann, 9.99)
    marked(other, ann, 20 / 3)
    page = texts(client, classroom)
    answer = client.get(
        reverse("coursework:gradebook-file", args=(classroom.uuid, "csv"))
    )
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert {row[0].lstrip("'"): row[3:] for row in rows[2:-1]} == page
    assert all(not value.startswith(("=", "+", "@")) for row in rows for value in row)
    answer = client.get(
        reverse("coursework:gradebook-file", args=(classroom.uuid, "xlsx"))
    )
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    found = {
        str(row[0].value): [cell.value for cell in row[3:]]
        for row in sheet.iter_rows(min_row=3, max_row=sheet.max_row - 1)
    }
    assert found["Ann"] == [10, 6.7, 39]
    assert all(c.data_type != "f" for row in sheet.iter_rows() for c in row)
    assert [float(v) if v != "missing" else v for v in page["Ann\x0b"]] == found["Ann"]
    assert AuditEntry.objects.filter(action="gradebook.exported").count() == 2
    missing = reverse("coursework:gradebook-file", args=(classroom.uuid, "pdf"))
    assert client.get(missing).status_code == 404


def test_the_book_of_a_large_class_costs_no_more_queries(
    client: Client,
    classroom: Classroom,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    works = [assignment_in(classroom, title=f"Work {n}") for n in range(6)]
    for _ in range(25):
        learner = learner_of(classroom)
        for work in works[:3]:
            marked(work, learner, 12.0)
    with django_assert_max_num_queries(14):
        client.get(reverse("coursework:gradebook", args=(classroom.uuid,)))


def test_a_cell_with_everything_in_it_asks_little(
    client: Client,
    classroom: Classroom,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    learner = learner_of(classroom)
    group = LearnerGroup.objects.create(classroom=classroom, name="B")
    group.members.add(learner)
    work = assignment_in(classroom, group=group)
    marked(work, learner, 12.0)
    marked(work, learner, 14.0, attempt=2)
    Extension.objects.create(
        assignment=work, learner=learner, extra_attempts=1, given_at=OPENS
    )
    for points in (15.0, 16.0):
        MarkOverride.objects.create(
            assignment=work, learner=learner, points=points, reason="heard", at=OPENS
        )
    cell = reverse(
        "coursework:gradebook-cell", args=(classroom.uuid, work.uuid, learner.uuid)
    )
    # Two of them are what administrators decided, asked for every few seconds.
    with django_assert_max_num_queries(14):
        page = client.get(cell)
    assert page.context["text"] == "16"
    assert len(page.context["history"]) == 3
    assert len(page.context["submissions"]) == 2
