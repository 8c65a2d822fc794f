"""The demo has work in its class, some of it done."""

from io import StringIO

import pytest
from django.core.management import call_command

from coursework.models import Assignment, Submission
from tutorplatform.demo_assignments import DRAFT, LESSON, ROLE_PLAY, TALK

pytestmark = pytest.mark.django_db


def test_the_demo_has_work_in_time_late_and_as_a_draft_once_each() -> None:
    for _again in range(2):
        call_command("seed_demo", "--force", stdout=StringIO())
    work = Assignment.objects.filter(classroom__name="Evening English")
    talk, late_work = work.get(title=TALK), work.get(title=ROLE_PLAY)
    assert work.get(title=DRAFT).published_at is None
    assert work.filter(title__startswith=LESSON).count() == 1
    in_time, late = talk.submissions.get(), late_work.submissions.get()
    assert (in_time.late_s, late.late_s > 0) == (0, True)
    assert late.result["turns"] == 3
    assert late.spoken_s > 0
    assert Submission.State.STARTED not in {in_time.state, late.state}
    assert {late.session, in_time.session}.isdisjoint({None})
