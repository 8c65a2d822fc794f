"""What is switched off does not work, for the site or for a school, and works again."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from connect.lti.arrivals import begin
from connect.lti.problems import LtiProblem
from connect.models import WebhookDelivery, WebhookEndpoint, WebhookEvent
from connect.webhooks import sending
from learners.consent_selectors import may_use_for_research
from learners.models import Consent
from learners.services.consents import record_own_consent
from learners.services.exercise_making import make_exercises
from schools import switches
from schools.models import School
from tests.factories.connect import api_client
from tests.factories.schools import ClassroomFactory, SchoolFactory, learner_of

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def switch(key: str, *, on: bool = False, school: School | None = None) -> None:
    """Switch a part off."""
    switches.set_switch(key=key, on=on, school=school, by=None, now=NOW)


def test_tokens_are_refused() -> None:
    system = api_client(SchoolFactory.create())
    switch(switches.API)
    refused = system.get("schools")
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "api.off")
    switch(switches.API, on=True)
    assert system.get("schools").status_code == 200


def test_learning_records_of_one_school_are_not_fetched() -> None:
    mine, other = (api_client(SchoolFactory.create()) for _n in range(2))
    switch(switches.XAPI, school=mine.token.school)
    assert mine.get("statements").json()["error"]["code"] == "xapi.off"
    assert other.get("statements").status_code == 200


def test_webhooks_of_one_school_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[int] = []

    def tell(*, delivery_id: int, now: datetime) -> bool:
        tried.append(delivery_id)
        return True

    monkeypatch.setattr(sending, "deliver", tell)
    waiting = {}
    for school in (SchoolFactory.create(), SchoolFactory.create()):
        endpoint = WebhookEndpoint.objects.create(
            school=school, url="https://lms.example/", events=[], secret="s",
            created_at=NOW,
        )  # fmt: skip
        delivery = WebhookDelivery.objects.create(
            endpoint=endpoint,
            event=WebhookEvent.values[0],
            next_try_at=NOW,
            created_at=NOW,
        )
        waiting[school] = delivery.pk
    off, on = waiting
    switch(switches.WEBHOOKS, school=off)
    sending.send_due(now=timezone.now())
    assert tried == [waiting[on]]
    switch(switches.WEBHOOKS)
    sending.send_due(now=timezone.now())
    assert len(tried) == 1


def test_nobody_comes_in_from_a_platform() -> None:
    switch(switches.LTI)
    with pytest.raises(LtiProblem) as refused:
        begin(
            {"iss": "https://lms.example", "login_hint": "1"},
            launch_url="https://tutor.example/lti/",
            in_frame=False,
            now=NOW,
        )
    assert refused.value.code == "lti.off"


def test_research_is_neither_asked_nor_used_and_can_be_taken_back(
    client: Client,
) -> None:
    classroom = ClassroomFactory.create()
    asked, agreed = learner_of(classroom), learner_of(classroom)
    record_own_consent(
        user=agreed, purpose=Consent.Purpose.RESEARCH, is_given=True, now=NOW
    )
    switch(switches.RESEARCH_CONSENT, school=classroom.school)
    assert not may_use_for_research(agreed.pk)
    for user, sees in ((asked, False), (agreed, True)):
        client.force_login(user)
        assert (b'id="research"' in client.get("/profile/").content) is sees


def test_exercises_are_made_by_rules_alone() -> None:
    classroom = ClassroomFactory.create()
    learner = learner_of(classroom)
    switch(switches.MODEL_EXERCISES, school=classroom.school)

    def model(*args: Any, **kwargs: Any) -> str:
        raise AssertionError("the model was asked")

    make_exercises(learner_id=learner.pk, completion=model, now=NOW)
