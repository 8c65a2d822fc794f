"""The phrasebook: all that was met, of the learner alone, searched, heard, in pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from inference import conf
from learners.models import LearnerProfile, User
from learners.services.kept_words import keep_word
from sessions.live.rate_limit import BucketPerUser
from sessions.models import TutoringSession
from sessions.views import phrasebook
from tests.factories.exercises import mistake
from tests.factories.learners import LearnerFactory
from tests.factories.reviews import NOW, lesson_read
from tests.integration.session_pages.conftest import HOSTILE
from tests.scripted_settings import INFERENCE as SCRIPTED

PAGE = reverse("phrasebook")
VOICE = reverse("sessions:phrase-voice")
DIALOGUE = [
    {"who": "A", "text": "Is the café open?"},
    {"who": "B", "text": "Yes, until six."},
]


@pytest.fixture(autouse=True)
def scripted(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Run stages on scripted engines without delays."""
    engines = {
        kind: {**conf_, "OPTIONS": {}} for kind, conf_ in SCRIPTED["ENGINES"].items()
    }
    settings.INFERENCE = {**SCRIPTED, "ENGINES": engines}
    monkeypatch.setattr(phrasebook, "_voices", BucketPerUser(rate_per_s=1, burst=5))
    conf.shutdown()
    yield
    conf.shutdown()


def found(client: Client, **query: str) -> list[tuple[str, str]]:
    rows = client.get(PAGE, query).context["phrases"]
    return [(str(row["phrase"].kind), row["phrase"].text) for row in rows]


def test_everything_met_is_there_with_where_it_was_met(
    learner_client: Client, learner: User, talk: TutoringSession
) -> None:
    lesson = lesson_read(learner, dialogue=DIALOGUE)
    mistake(learner)
    keep_word(
        learner_id=learner.pk, l2="en", text="umbrella", meaning="against rain",
        session=talk.uuid, now=NOW,
    )  # fmt: skip
    texts = found(learner_client)
    for expected in (
        ("word", "coffee"), ("word", "umbrella"), ("lesson", "Is the café open?"),
        ("lesson", "I'd like …, please."), ("mine", "yesterday I went to the market"),
        ("tutor", "You went to school."),
    ):  # fmt: skip
        assert expected in texts
    # What the learner interrupted was not met, nor what they said themselves.
    assert ("tutor", "And then?") not in texts
    assert HOSTILE not in {text for _kind, text in texts}
    html = learner_client.get(PAGE).content.decode()
    assert reverse("lessons:lesson-detail", args=(lesson.uuid,)) in html
    assert reverse("sessions:session-review", args=(talk.uuid,)) in html


def test_it_is_searched_without_accents_and_by_kind(
    learner_client: Client, learner: User
) -> None:
    lesson_read(learner, dialogue=DIALOGUE)
    assert found(learner_client, q="CAFE") == [("lesson", "Is the café open?")]
    assert found(learner_client, q="coff")[0] == ("word", "coffee")
    assert {kind for kind, _text in found(learner_client, kind="word")} == {"word"}
    assert found(learner_client, q="xyzzy") == []
    assert len(found(learner_client, kind="nonsense", page="-4")) > 3


def test_nothing_of_others_nor_of_other_languages(
    learner_client: Client, learner: User, talk: TutoringSession
) -> None:
    other: User = LearnerFactory.create()
    lesson_read(other, dialogue=DIALOGUE)
    mistake(other)
    TutoringSession.objects.update(learner=other)
    assert found(learner_client) == []
    TutoringSession.objects.update(learner=learner, l2="de")
    assert found(learner_client) == []
    LearnerProfile.objects.filter(user=other).delete()


def test_pages_keep_the_search(learner_client: Client, learner: User) -> None:
    lines = [{"who": "A", "text": f"Sentence {n} & more."} for n in range(70)]
    lesson_read(learner, dialogue=lines)
    first = learner_client.get(PAGE, {"q": "sentence & more"})
    assert first.context["n_found"] == 70
    assert "q=sentence%20%26%20more&amp;kind=&amp;page=2" in first.content.decode()
    last = learner_client.get(PAGE, {"q": "sentence", "page": "99"})
    assert len(last.context["phrases"]) == 10


def test_markup_in_a_search_stays_text(learner_client: Client, learner: User) -> None:
    html = learner_client.get(PAGE, {"q": '"><script>x()</script>'}).content.decode()
    assert "<script>x()" not in html


def test_a_sentence_is_heard_and_limits_hold(learner_client: Client) -> None:
    said = learner_client.post(VOICE, {"text": "Is the café open?"})
    assert said.json()["duration_ms"] > 0
    assert learner_client.post(VOICE, {"text": ""}).status_code == 400
    assert learner_client.post(VOICE, {"text": "x" * 301}).status_code == 400
    assert learner_client.post(VOICE, {"text": "x", "speed": "9"}).status_code == 400
    for _ in range(3):
        last = learner_client.post(VOICE, {"text": "x"})
    assert last.status_code == 429
