"""The sounds of a language, as scripts fetch them."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from tests.factories.learners import LearnerFactory


def test_scripts_get_the_sounds_with_what_is_hard(client: Client, db: None) -> None:
    client.force_login(LearnerFactory.create())
    response = client.get(reverse("lessons:sounds", args=["en"]), {"l1": "ja"})
    found = response.json()
    assert found["sounds"]["ɹ"]["example"] == "red"
    assert found["speakers"] == "Japanese"
    assert {"θ", "ɹ"} <= set(found["hard"])
    assert found["sentences"]["A1"]
    assert "private" in response["Cache-Control"]


def test_a_language_without_sounds_is_not_found(client: Client, db: None) -> None:
    client.force_login(LearnerFactory.create())
    assert client.get(reverse("lessons:sounds", args=["tlh"])).status_code == 404
