"""What the API says of set work, of what was handed in, and of progress."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict, Field, StringConstraints

from .schemas import Closed, LearnerOut, Line, Moment, Text

Kind = Literal["LESSON", "LESSON_TALK", "EXERCISES", "ROLE_PLAY", "TALK", "DRILL"]
Sentence = Annotated[
    str, StringConstraints(pattern=r"^[^\x00-\x1f\x7f]*$", min_length=1, max_length=300)
]


class AssignmentOut(Schema):
    """Work that is set in a class."""

    uuid: UUID
    class_: UUID = Field(alias="class")
    title: str
    kind: Kind
    state: Literal["draft", "scheduled", "open", "past", "archived"]
    lesson: UUID | None
    instructions: str
    opens_at: datetime
    due_at: datetime | None
    closes_at: datetime | None
    max_attempts: int | None = Field(description="null: as often as they like")
    min_minutes: int | None
    goals: list[str]
    points: int = Field(description="what a mark is out of")
    weight: int = Field(description="in the gradebook; 0: it does not count")
    published_at: datetime | None

    model_config = ConfigDict(populate_by_name=True)


class AssignmentIn(Closed):
    """Work to be set. `LESSON`, `LESSON_TALK` and `EXERCISES` need a `lesson`, `ROLE_PLAY` a
    `scenario` and a `tutor_role`, `TALK` a `scenario`, `DRILL` a `contrast`."""

    title: Line = Field(min_length=1, max_length=120)
    kind: Kind
    lesson: UUID | None = None
    scenario: Text = Field("", max_length=1000)
    tutor_role: Line = Field("", max_length=200)
    contrast: Line = Field("", max_length=80, description="as `en:TH-S`")
    instructions: Text = Field("", max_length=3000)
    opens_at: Moment | None = Field(None, description="null: now")
    due_at: Moment | None = None
    closes_at: Moment | None = Field(None, description="null: taken late, too")
    max_attempts: int | None = Field(None, ge=1, le=100, strict=True)
    min_minutes: int | None = Field(None, ge=1, le=120, strict=True)
    goals: list[Sentence] = Field(default_factory=list, max_length=10)
    points: int = Field(100, ge=1, le=1000, strict=True)
    weight: int = Field(1, ge=0, le=100, strict=True)
    learners: list[UUID] = Field(
        default_factory=list, max_length=200, description="empty: for the whole class"
    )
    publish: bool = Field(
        False, strict=True, description="learners see it from `opens_at` on"
    )


class DraftMarkOut(Schema):
    """The tutor's draft of a mark; a teacher has not agreed to it."""

    points: float
    uncertainty: float | None = Field(description="half of the likely interval")


class MarkOut(Schema):
    """The teacher's mark."""

    points: float = Field(description="before late rules")
    points_counted: float = Field(description="after late rules, as in the gradebook")
    is_final: bool = Field(description="whether the learner can see it")
    marked_at: datetime | None
    returned_at: datetime | None


class ResultOut(Schema):
    """One attempt of one learner that was handed in."""

    uuid: UUID
    class_: UUID = Field(alias="class")
    assignment: UUID
    learner: LearnerOut
    attempt: int
    state: Literal["SUBMITTED", "RETURNED"]
    submitted_at: datetime
    late_s: int = Field(description="0: in time")
    spoken_s: int
    points_possible: int
    draft: DraftMarkOut | None
    mark: MarkOut | None

    model_config = ConfigDict(populate_by_name=True)


class ProgressOut(Schema):
    """What a learner of a class has done so far, in numbers."""

    uuid: UUID = Field(description="of the enrolment")
    learner: LearnerOut
    level: str = Field(description="CEFR; empty: not known yet")
    spoken_minutes: int
    active_minutes: int
    active_days_of_28: int
    last_active_on: date | None
    set: int = Field(description="pieces of work published for them in this class")
    handed_in: int
    returned: int
