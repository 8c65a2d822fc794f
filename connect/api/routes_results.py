"""What was handed in, with its marks, and how learners get on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from coursework.models import Submission
from schools.models import Enrolment

from .. import selectors
from ..models import Scope
from ..progress import done_by
from . import showing, showing_work
from .access import TokenAuth, caller_of
from .paging import Page, PageOf, page_of
from .problems import not_found
from .routes_rosters import classroom_of
from .schemas import Moment, answers
from .schemas_work import ProgressOut, ResultOut

router = Router(by_alias=True)
READ = TokenAuth(Scope.RESULTS_READ)


class ResultsQuery(Schema):
    """Which results."""

    class_: UUID | None = Field(None, alias="class", description="of this class")
    assignment: UUID | None = Field(None, description="of this piece of work")
    learner: UUID | None = Field(None, description="of this learner")
    submitted_since: Moment | None = Field(None, description="from then on")


@router.get(
    "results", auth=READ, url_name="result-list", response=answers(Page[ResultOut])
)
def list_results(
    request: HttpRequest, page: PageOf, query: Annotated[ResultsQuery, Query()]
) -> Any:
    """List what was handed in, with the tutor's draft and the teacher's mark.

    A mark is final once the learner can see it. The draft is nobody's decision: do not
    count it as one.
    """
    caller = caller_of(request)
    found = selectors.list_results(school=caller.school)
    if query.class_ is not None:
        found = found.filter(assignment__classroom__uuid=query.class_)
    if query.assignment is not None:
        found = found.filter(assignment__uuid=query.assignment)
    if query.learner is not None:
        found = found.filter(learner__uuid=query.learner)
    if query.submitted_since is not None:
        found = found.filter(submitted_at__gte=query.submitted_since)
    answer = page_of(found, page, showing_work.results(caller.school))
    detail = {"results": len(answer["items"])}
    caller.record("results.read", "result-list", detail=detail)
    return answer


@router.get(
    "results/{uuid:uuid}", auth=READ, url_name="result-detail",
    response=answers(ResultOut),
)  # fmt: skip
def get_result(request: HttpRequest, uuid: UUID) -> Any:
    """Show one attempt that was handed in."""
    caller = caller_of(request)
    found: Submission | None = (
        selectors.list_results(school=caller.school).filter(uuid=uuid).first()
    )
    if found is None:
        raise not_found()
    caller.record("results.read", "result-detail", subject=found.learner.uuid)
    return showing_work.results(caller.school)([found])[0]


@router.get(
    "classes/{uuid:uuid}/progress",
    auth=READ,
    url_name="progress-list",
    response=answers(Page[ProgressOut]),
)
def list_progress(request: HttpRequest, uuid: UUID, page: PageOf) -> Any:
    """Sum up what each learner of a class has done."""
    caller = caller_of(request)
    classroom = classroom_of(caller, uuid)

    def show(rows: Sequence[Enrolment]) -> list[dict[str, Any]]:
        known = showing.learners(caller.school, [row.learner for row in rows])
        done = done_by(rows, classroom=classroom, now=caller.now)
        return [
            {
                "uuid": row.uuid,
                "learner": known[row.learner_id],
                "level": getattr(getattr(row.learner, "profile", None), "level", ""),
                "spoken_minutes": done[row.learner_id].spoken_s // 60,
                "active_minutes": done[row.learner_id].active_s // 60,
                "active_days_of_28": done[row.learner_id].recent_days,
                "last_active_on": done[row.learner_id].last_day,
                "set": done[row.learner_id].n_set,
                "handed_in": done[row.learner_id].handed_in,
                "returned": done[row.learner_id].returned,
            }
            for row in rows
        ]

    found = selectors.list_enrolments(classroom=classroom, ended=False)
    answer = page_of(found, page, show)
    caller.record(
        "results.read",
        "progress-list",
        detail={"class": str(uuid), "learners": len(answer["items"])},
    )
    return answer
