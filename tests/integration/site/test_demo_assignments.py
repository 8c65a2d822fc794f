"""The demo has work in its class, some of it done."""

from io import StringIO

import pytest
from django.core.management import call_command

from coursework.models import Assignment, Submission

pytestmark = pytest.mark.django_db


def test_the_demo_has_work_of_every_kind_and_made_twice_is_made_once() -> None:
    for _again in range(2):
        call_command("seed_demo", "--force", stdout=StringIO())
    work = Assignment.objects.filter(classroom__name="Evening English")
    assert work.count() == 4
    assert work.filter(published_at=None).count() == 1
    late, in_time = Submission.objects.order_by("-late_s")
    assert (late.state, in_time.state) == ("SUBMITTED", "SUBMITTED")
    assert late.late_s > 0
    assert in_time.late_s == 0
    assert late.result["turns"] == 3
    assert {late.session, in_time.session}.isdisjoint({None})
