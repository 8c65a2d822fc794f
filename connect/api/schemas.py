"""What the API says of schools, classes and the people in them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Header, Schema
from pydantic import (
    AwareDatetime,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)

# Databases refuse the character zero; other control characters have no place in names.
LINE = r"^[^\x00-\x1f\x7f]*$"
Line = Annotated[str, StringConstraints(pattern=LINE)]
Text = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$")]
Email = Annotated[
    str,
    StringConstraints(
        pattern=r"^[^\s@]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$", max_length=254
    ),
]


def _as_written(value: object) -> object:
    """Refuse a bare number, which would count as seconds of some epoch."""
    if isinstance(value, str) and "-" in value[1:]:
        return value
    raise ValueError("Write a moment with its time zone, as 2026-03-02T09:00:00Z.")


Moment = Annotated[AwareDatetime, BeforeValidator(_as_written)]
IdempotencyKey = Annotated[
    str | None,
    Header(
        None,
        alias="Idempotency-Key",
        min_length=1,
        max_length=100,
        pattern=r"^[!-~]+$",
        description="the same key sent again within a day gets the first answer again",
    ),
]


class Closed(Schema):
    """A body in which a misspelt field is an error."""

    model_config = ConfigDict(extra="forbid")


class ErrorOut(Schema):
    """Why a request was refused."""

    code: str = Field(description="for programs, as `token.revoked`")
    message: str = Field(description="for people")
    fields: dict[str, list[str]] = Field(
        default_factory=dict, description="what is wrong with which field"
    )


class ProblemOut(Schema):
    """The shape of every error."""

    error: ErrorOut


class TermOut(Schema):
    """A stretch of a school's year."""

    uuid: UUID
    name: str
    starts_on: date
    ends_on: date


class SchoolOut(Schema):
    """The school that the token opens."""

    uuid: UUID
    key: str
    name: str
    time_zone: str
    terms: list[TermOut]


class ClassOut(Schema):
    """A class."""

    uuid: UUID
    name: str
    language: str = Field(description="what is learned, BCP 47")
    level: str = Field(description="CEFR level, may be empty")
    term: UUID | None
    n_learners: int = Field(description="who is in it now")
    created_at: datetime
    archived_at: datetime | None


class LearnerOut(Schema):
    """A learner as the school knows them."""

    uuid: UUID
    name: str
    external_id: str = Field(description="how the school's own system names them")


class RosterLearnerOut(LearnerOut):
    """A learner with the address they sign in with."""

    email: str | None = Field(description="null: they have none")


class EnrolmentOut(Schema):
    """A learner in a class."""

    uuid: UUID
    class_: UUID = Field(alias="class")
    learner: RosterLearnerOut
    enrolled_at: datetime
    ended_at: datetime | None

    model_config = ConfigDict(populate_by_name=True)


class EnrolmentIn(Closed):
    """Whom to enrol: somebody of the school by `learner`, anybody else by `email`."""

    learner: UUID | None = Field(None, description="somebody who belongs to the school")
    email: Email | None = Field(
        None, description="whoever has or gets an account by it"
    )
    name: Line = Field("", max_length=60, description="for a new account")
    external_id: Line = Field(
        "", max_length=120, description="your own number for them"
    )


def answers(good: Any, *, status: int = 200) -> dict[Any, Any]:
    """Return what an address answers: the good answer, and each error in its one shape."""
    refusals = (400, 401, 403, 404, 405, 409, 422, 429)
    return {status: good, frozenset(refusals): ProblemOut}
