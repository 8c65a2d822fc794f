"""Every model says what personal data it holds, and none is forgotten when it counts."""

import re
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db.models import CASCADE, Model

from operations.personal_data import (
    ERASED_BY_STEP,
    EXPORTED,
    KEPT,
    NOT_EXPORTED,
    SECRETS,
    Held,
)

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


def _is_personal(model: type[Model]) -> bool:
    fields = model._meta.get_fields()
    related = [field for field in fields if field.is_relation and field.concrete]
    if any(field.related_model is get_user_model() for field in related):
        return True
    said = re.search(r"Personal data: (\S+)", model.__doc__ or "")
    return said is not None and not said[1].startswith("none")


PERSONAL = {
    model._meta.label
    for model in apps.get_models(include_auto_created=True)
    if _is_personal(model)
}


def test_each_is_exported_or_it_is_said_why_not() -> None:
    known = {held.model for held in EXPORTED} | set(NOT_EXPORTED)
    forgotten = PERSONAL - known
    assert not forgotten, (
        f"Put {sorted(forgotten)} into EXPORTED of operations/personal_data.py, so that "
        "people get it with their data, or into NOT_EXPORTED with the reason."
    )


def _goes_with_the_account(held: Held) -> bool:
    model: type[Model] = apps.get_model(held.model)
    if model is get_user_model():
        return True
    for name in held.owner.split("__"):
        field: Any = model._meta.get_field(name)
        if field.many_to_many:
            return True
        if field.remote_field.on_delete is not CASCADE:
            return False
        model = field.related_model
    return model is get_user_model()


def _has_cascade_to_a_user(label: str) -> bool:
    return any(
        field.related_model is get_user_model()
        and getattr(field.remote_field, "on_delete", None) is CASCADE
        for field in apps.get_model(label)._meta.get_fields()
        if field.is_relation and field.concrete
    )


def test_each_is_erased_or_it_is_said_why_not() -> None:
    gone = {held.model for held in EXPORTED if _goes_with_the_account(held)}
    gone |= {label for label in PERSONAL if _has_cascade_to_a_user(label)}
    # Rows of recordings, and mails to confirm an address, go with what they are of.
    gone |= {"tutor_sessions.Recording", "account.EmailConfirmation"}
    forgotten = PERSONAL - gone - set(ERASED_BY_STEP) - set(KEPT)
    assert not forgotten, (
        f"{sorted(forgotten)} stay when an account is erased. Name the step that erases "
        "them in ERASED_BY_STEP of operations/personal_data.py, or say in KEPT why they "
        "name nobody."
    )


def test_the_tables_name_only_what_exists() -> None:
    named = [held.model for held in EXPORTED]
    assert len(named) == len(set(named))
    for label in (*named, *NOT_EXPORTED, *ERASED_BY_STEP, *KEPT):
        apps.get_model(label)
    assert not set(named) & set(NOT_EXPORTED)


def test_no_secret_is_exported() -> None:
    hints = ("token", "password", "secret", "digest")
    for held in EXPORTED:
        fields = {field.name for field in apps.get_model(held.model)._meta.fields}
        secret = {name for name in fields if any(hint in name for hint in hints)}
        assert secret <= SECRETS | {"digest"}, held.model
