"""Who is told about care, as it is written into variables."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from tutorplatform.settings.care import CARE, checked


def test_teachers_are_told_and_nobody_is_written_to_unless_the_site_says_so() -> None:
    assert CARE == {"FLAGS": "teachers", "EMAIL": [], "SITE_URL": ""}


@pytest.mark.parametrize(
    ("changes", "variable"),
    [
        ({"FLAGS": "false"}, "TUTOR_CARE_FLAGS"),
        ({"EMAIL": ["care@example.org"]}, "TUTOR_SITE_URL"),
        ({"EMAIL": ["care@example.org"], "SITE_URL": "t.org"}, "TUTOR_SITE_URL"),
    ],
)
def test_what_cannot_work_names_the_variable(
    changes: dict[str, Any], variable: str
) -> None:
    with pytest.raises(ImproperlyConfigured, match=variable):
        checked({**CARE, **changes})
