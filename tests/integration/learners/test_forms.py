"""Forms about people refuse what cannot be."""

import pytest

from learners.forms import ProfileForm, RecordingConsentForm

pytestmark = pytest.mark.django_db

VALID = {
    "display_name": "Ana",
    "l1": "es",
    "l2": "en",
    "level": "A2",
    "goal": "",
    "daily_minutes": "",
    "theme": "DARK",
}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("display_name", ""),
        ("display_name", "   "),
        ("display_name", "x" * 61),
        ("l1", ""),
        ("l1", "tlh"),
        ("l2", "tlh"),
        ("level", "A7"),
        ("goal", "x" * 301),
        ("daily_minutes", "0"),
        ("daily_minutes", "241"),
        ("theme", "PINK"),
    ],
)
def test_a_faulty_field_is_named(field: str, value: str) -> None:
    form = ProfileForm(VALID | {field: value})
    assert list(form.errors) == [field]


def test_names_and_goals_may_hold_any_script() -> None:
    form = ProfileForm(VALID | {"display_name": "ليلى 🙂", "goal": "<b>sprechen</b>"})
    assert form.is_valid()


def test_consent_is_only_given_by_a_tick() -> None:
    form = RecordingConsentForm({"retention_days": "90"})
    assert form.is_valid()
    assert form.cleaned_data == {"stores_recordings": False, "retention_days": 90}


def test_recordings_cannot_be_kept_for_ever() -> None:
    form = RecordingConsentForm({"stores_recordings": "on", "retention_days": "9999"})
    assert "retention_days" in form.errors
