"""Every model says what personal data it holds."""

import re

import pytest
from django.apps import apps
from django.db.models import Model

OWN_APPS = (
    "lessons",
    "schools",
    "learners",
    "tutor_sessions",
    "coursework",
    "connect",
    "operations",
    "inference",
)
MODELS = [model for app in OWN_APPS for model in apps.get_app_config(app).get_models()]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_the_docstring_says_what_is_personal(model: type[Model]) -> None:
    statement = re.search(r"Personal data: (\S.+)", model.__doc__ or "")
    assert statement, f"{model.__name__} lacks a line 'Personal data: ...'"


def test_models_are_looked_at() -> None:
    assert {"User", "LearnerProfile", "Lesson", "Recording"} <= {
        model.__name__ for model in MODELS
    }
