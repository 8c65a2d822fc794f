"""What the pages of a talk offer of help, and to whom."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from learners.models import User
from sessions.models import TutoringSession
from sessions.services import start_session
from tests.factories.learners import AdminFactory

from .test_help import correct


def data(page: Any, name: str) -> Any:
    """Return a page's JSON."""
    found = re.search(
        rf'<script id="{name}" type="application/json">(.*?)</script>',
        page.content.decode(),
    )
    return json.loads(found[1]) if found else None


def live_page(client: Client, learner: User) -> Any:
    session = start_session(learner_id=learner.pk, lesson_uuid=None, now=timezone.now())
    return client.get(reverse("sessions:session-live", args=[session.uuid]))


def test_the_live_page_offers_help_in_the_first_language(
    learner_client: Client, learner: User
) -> None:
    page = live_page(learner_client, learner)
    found = data(page, "page-data")["help"]
    assert (found["l1Name"], found["l2Name"]) == ("Spanish", "English")
    assert found["l1OwnName"] == "Español"
    assert found["translates"] is True
    assert found["urls"]["howToSay"].endswith("/help/how-to-say/")
    text = page.content.decode()
    assert "How do I say" in text
    assert 'lang="es"' in text


@pytest.mark.parametrize("setting", ["none", "fair", "all"])
def test_what_a_site_does_not_offer_is_not_on_the_page(
    learner_client: Client, learner: User, settings: Any, setting: str
) -> None:
    settings.HELP = {**settings.HELP, "TRANSLATION": setting}
    settings.TEACHING = {**settings.TEACHING, "TRUST": "small"}
    learner.profile.l1 = "sw"
    learner.profile.save()
    page = live_page(learner_client, learner)
    found = data(page, "page-data")["help"]
    assert (found["translates"], found["eager"]) == (setting == "all", False)
    assert ("How do I say" in page.content.decode()) is (setting == "all")


def test_explanations_are_looked_for_only_where_the_tutor_corrects(
    learner_client: Client, learner: User, talk: TutoringSession, settings: Any
) -> None:
    for enabled in (True, False):
        settings.TEACHING = {**settings.TEACHING, "ENABLED": enabled}
        page = live_page(learner_client, learner)
        assert data(page, "page-data")["help"]["corrects"] is enabled
    review = reverse("sessions:session-review", args=[talk.uuid])
    assert data(learner_client.get(review), "help-data")["corrects"] is False
    correct(talk)
    assert data(learner_client.get(review), "help-data")["corrects"] is True


def test_a_review_by_another_person_has_no_help(talk: TutoringSession) -> None:
    client = Client()
    client.force_login(AdminFactory.create())
    page = client.get(reverse("sessions:session-review", args=[talk.uuid]))
    assert page.status_code == 200
    assert data(page, "help-data") is None
    assert "word-panel" not in re.sub(r"<link[^>]*>", "", page.content.decode())


def test_the_report_says_why_in_the_first_language_to_the_learner_alone(
    learner_client: Client, talk: TutoringSession
) -> None:
    correct(talk)
    address = reverse("sessions:session-report", args=[talk.uuid])
    text = learner_client.get(address).content.decode()
    assert '<p lang="es" dir="auto">El verbo debe mostrar el tiempo' in text
    admin = Client()
    admin.force_login(AdminFactory.create())
    assert "El verbo" not in admin.get(address).content.decode()


def test_where_there_is_no_explanation_in_it_the_report_says_so(
    learner_client: Client, talk: TutoringSession
) -> None:
    correct(talk)
    TutoringSession.objects.update(l1="uk")
    address = reverse("sessions:session-report", args=[talk.uuid])
    text = learner_client.get(address).content.decode()
    assert "For the past the verb changes" in text
    assert "There is no explanation in your language" in text
