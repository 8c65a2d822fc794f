"""The pages on which teachers look over exercises."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from learners.models import ExerciseAttempt, ExerciseBatch, ExerciseItem, User
from tests.factories.exercises import NOW, by_model, gap_fill, item, mistake, transform
from tests.factories.learners import AdminFactory, LearnerFactory, UserFactory
from tests.factories.lessons import LessonFactory
from tests.factories.schools import common_class, taught, teacher_of
from tutor.exercises.schema import (
    Dictation,
    MinimalPair,
    Reorder,
    RolePlay,
    Shadowing,
    ShortAnswer,
)
from tutor.learner import Level

pytestmark = pytest.mark.django_db
LIST = reverse("learners:exercise-list")
MAKE = reverse("learners:exercises-make")
ABOUT: dict[str, Any] = {"level": Level.A2, "l2": "en", "source": "item:market"}
SENTENCE = "My brother works in a bank."
OF_EVERY_KIND = (
    gap_fill(),
    gap_fill(choices=(), hint="Past of go."),
    transform(),
    Reorder(
        prompt="", solution=SENTENCE, pieces=("works", "My", "in a bank.", "brother"),
        **ABOUT,
    ),
    Dictation(prompt="", solution=SENTENCE, **ABOUT),
    Shadowing(prompt=SENTENCE, solution=SENTENCE, **ABOUT),
    MinimalPair(prompt="", solution="sink", choices=("sink", "think"), **ABOUT),
    RolePlay(
        prompt="You are at a market.", solution="", tutor_role="A friend",
        goals=("I can ask for a price.",), **ABOUT,
    ),
    ShortAnswer(prompt="Can you ask for a price?", solution="", wanted=("price",),
                fewest_words=5, **ABOUT),
    ShortAnswer(prompt="A large town.", solution="city", hint="c…", **ABOUT),
)  # fmt: skip


@pytest.fixture
def learner() -> User:
    """Whose exercises they are."""
    return taught(LearnerFactory.create(profile__display_name="Ana <b>"))


@pytest.fixture
def teacher(client: Client) -> User:
    """Who is signed in."""
    teacher = teacher_of(common_class())
    client.force_login(teacher)
    return teacher


def edit_url(row: ExerciseItem) -> str:
    return reverse("learners:exercise-edit", args=[row.uuid])


def fields(client: Client, row: ExerciseItem) -> dict[str, Any]:
    """Return what the form holds when it is opened."""
    form = client.get(edit_url(row)).context["form"]
    return {name: form[name].value() for name in form.fields}


def test_what_waits_is_listed_first_and_told_apart(
    client: Client, teacher: User, learner: User
) -> None:
    waiting, shown = by_model(learner), item(learner)
    page = client.get(LIST).content.decode()
    assert edit_url(waiting) in page
    assert edit_url(shown) not in page
    assert "By the language model" in page
    assert "Ana &lt;b&gt;" in page
    assert edit_url(shown) in client.get(LIST, {"show": "in_use"}).content.decode()
    assert "Nothing was rejected" in client.get(
        LIST, {"show": "rejected"}
    ).content.decode()  # fmt: skip


def test_the_list_is_narrowed_down_to_a_learner(
    client: Client, teacher: User, learner: User
) -> None:
    theirs, other = by_model(learner), by_model(taught(LearnerFactory.create()))
    page = client.get(LIST, {"learner": str(learner.uuid)}).content.decode()
    assert edit_url(theirs) in page
    assert edit_url(other) not in page


@pytest.mark.parametrize(
    "asked",
    [
        {"show": "x"},
        {"learner": "x"},
        {"learner": "20d27ac3-9941-4d5e-991c-930bd2b0f5af"},
    ],
)
def test_an_odd_list_is_not_found(
    client: Client, teacher: User, asked: dict[str, str]
) -> None:
    assert client.get(LIST, asked).status_code == 404


def test_what_was_never_shown_is_counted_with_the_reason(
    client: Client, teacher: User, learner: User
) -> None:
    ExerciseBatch.objects.create(
        learner=learner, l2="en", made_at=NOW,
        dropped=[{"kind": "reorder", "origin": "rule", "reason": "too short", "n": 3}],
    )  # fmt: skip
    page = client.get(LIST).content.decode()
    assert "3 exercises were not good enough" in page
    assert "too short" in page


@pytest.mark.parametrize("exercise", OF_EVERY_KIND, ids=lambda one: str(one.kind))
def test_every_kind_can_be_opened_and_saved_as_it_is(
    client: Client, teacher: User, learner: User, exercise: Any
) -> None:
    lesson = LessonFactory.create(target_words=["sink", "think", "city", "price"])
    row = item(learner, exercise, lesson=lesson)
    posted = fields(client, row) | {"action": "approve"}
    response = client.post(edit_url(row), posted)
    assert response.status_code == 302, response.context["form"].errors
    row.refresh_from_db()
    assert (row.state, row.decided_by, row.revision) == ("APPROVED", teacher, 1)


def test_an_edit_is_saved_and_shown(
    client: Client, teacher: User, learner: User
) -> None:
    row = by_model(learner)
    posted = fields(client, row)
    posted |= {"prompt": "He ___ home late last night.", "action": "save"}
    assert client.post(edit_url(row), posted).status_code == 302
    row.refresh_from_db()
    assert row.data["prompt"] == "He ___ home late last night."
    assert (row.edited_by, row.state, row.revision) == (teacher, "DRAFT", 2)
    assert "Waits for you" in client.get(edit_url(row)).content.decode()


def test_a_sentence_in_pieces_is_cut_up_anew(
    client: Client, teacher: User, learner: User
) -> None:
    row = item(learner, OF_EVERY_KIND[3])
    posted = fields(client, row)
    posted |= {"solution": "My sister works in a school.", "action": "save"}
    assert client.post(edit_url(row), posted).status_code == 302
    row.refresh_from_db()
    assert set(row.data["pieces"]) == {"My", "sister", "works", "in a school."}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"prompt": "Yesterday I went."}, "exactly one gap"),
        ({"choices": "went\n"}, "two to five different choices"),
        ({"level": "Z9"}, "not one of the available"),
        ({"prompt": ""}, "required"),
        ({"prompt": "x" * 401}, "at most 400"),
        ({"revision": ""}, "required"),
        ({"prompt": "___ <script>alert(1)</script>"}, "Too hard for A2"),
    ],
)
def test_what_is_wrong_is_said_in_words_and_nothing_is_lost(
    client: Client, teacher: User, learner: User, changes: dict[str, str], words: str
) -> None:
    row = item(learner)
    posted = fields(client, row) | changes | {"action": "save"}
    response = client.post(edit_url(row), posted)
    assert response.status_code == 422
    text = response.content.decode()
    assert words in text
    assert "<script>alert" not in text
    row.refresh_from_db()
    assert row.revision == 1


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(
    client: Client, teacher: User, learner: User
) -> None:
    row = item(learner)
    posted = fields(client, row) | {"hint": "Past.", "action": "save"}
    assert client.post(edit_url(row), posted).status_code == 302
    response = client.post(edit_url(row), posted | {"hint": "Another."})
    assert response.status_code == 422
    assert "Somebody else changed" in response.content.decode()


def test_a_preview_keeps_nothing(client: Client, teacher: User, learner: User) -> None:
    row = item(learner)
    posted = fields(client, row) | {"hint": "Think of past."}
    response = client.post(edit_url(row), posted | {"action": "preview"})
    assert response.context["page"]["task"]["hint"] == "Think of past."
    row.refresh_from_db()
    assert row.revision == 1


def test_what_is_edited_can_be_tried_out(
    client: Client, teacher: User, learner: User
) -> None:
    row = item(learner)
    posted = fields(client, row) | {"solution": "walked", "choices": "go\nwalked"}
    address = reverse("learners:exercise-try", args=[row.uuid])
    found = client.post(address, posted | {"answer": "walked"}).json()
    assert found["outcome"] == "right"
    assert client.post(address, posted | {"answer": "go"}).json()["outcome"] == "wrong"
    broken = client.post(address, {"answer": "go"})
    assert (broken.status_code, broken.json()["code"]) == (422, "exercise.faulty")
    assert not ExerciseAttempt.objects.exists()


def test_decisions_are_made_from_the_list(
    client: Client, teacher: User, learner: User
) -> None:
    row = by_model(learner)
    address = reverse("learners:exercise-decide", args=[row.uuid])
    client.post(address, {"decision": "approve"})
    row.refresh_from_db()
    assert row.state == "APPROVED"
    client.post(address, {"decision": "reject"})
    row.refresh_from_db()
    assert row.state == "REJECTED"


def test_a_faulty_one_is_not_approved_and_one_that_cannot_be_read_is_told(
    client: Client, teacher: User, learner: User
) -> None:
    faulty = item(learner, transform(point="gone"))
    address = reverse("learners:exercise-decide", args=[faulty.uuid])
    page = client.post(address, {"decision": "approve"}, follow=True)
    assert "not in the solution" in page.content.decode()
    broken = item(learner, data={}, digest="x")
    response = client.get(edit_url(broken))
    assert response.status_code == 422
    assert "cannot be read" in response.content.decode()
    address = reverse("learners:exercise-try", args=[broken.uuid])
    assert client.post(address, {"answer": "x"}).status_code == 422
    assert client.get(LIST, {"show": "in_use"}).status_code == 200


def test_answers_and_origin_are_shown_beside(
    client: Client, teacher: User, learner: User
) -> None:
    row = item(learner, ledger_entry=mistake(learner))
    row.attempts.create(revision=1, answer="<i>go", outcome="wrong", answered_at=NOW)
    page = client.get(edit_url(row)).content.decode()
    assert "&lt;i&gt;go" in page
    assert "yesterday I go to the market" in page
    assert "Tense of the verb" in page


def test_exercises_are_made_on_demand(
    client: Client, teacher: User, learner: User
) -> None:
    mistake(learner)
    response = client.post(MAKE, {"learner": learner.uuid})
    assert response["Location"] == f"{LIST}?show=in_use&learner={learner.uuid}"
    assert ExerciseItem.objects.filter(created_by=teacher).exists()
    assert client.post(MAKE).status_code == 404
    assert client.post(MAKE, {"learner": "x"}).status_code == 404
    without_profile = UserFactory.create()
    assert client.post(MAKE, {"learner": without_profile.uuid}).status_code == 404


def test_for_learners_these_pages_do_not_exist(client: Client, learner: User) -> None:
    row = by_model(learner)
    client.force_login(learner)
    arguments = [row.uuid]
    for name in ("exercise-decide", "exercise-try"):
        address = reverse(f"learners:{name}", args=arguments)
        assert client.post(address, {"decision": "approve"}).status_code == 404
    assert client.get(edit_url(row)).status_code == 404
    assert client.post(edit_url(row), {"action": "approve"}).status_code == 404
    assert client.get(LIST).status_code == 404
    assert client.post(MAKE, {"learner": learner.uuid}).status_code == 404
    row.refresh_from_db()
    assert row.state == "DRAFT"
    assert LIST not in client.get(reverse("today")).content.decode()


def test_the_menu_of_staff_leads_there(client: Client, teacher: User) -> None:
    for who in (teacher, AdminFactory.create()):
        client.force_login(who)
        assert LIST in client.get(reverse("today")).content.decode()
        assert client.get(LIST).status_code == 200


def test_the_list_takes_few_queries_however_long(
    client: Client, teacher: User, learner: User, django_assert_max_num_queries: Any
) -> None:
    for n in range(25):
        item(learner, gap_fill(prompt=f"Yesterday I ___ to the market at {n}."))
    with django_assert_max_num_queries(15):
        page = client.get(LIST, {"show": "in_use"}).content.decode()
    assert "Page 1 of 2" in page
