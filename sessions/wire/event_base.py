"""What all that a browser may say has in common."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Index = Annotated[int, Field(ge=0, le=0xFFFF)]
Milliseconds = Annotated[float, Field(ge=0, le=3_600_000, allow_inf_nan=False)]


class Event(BaseModel):
    """Unknown fields are ignored so that a newer page can talk to an older server."""

    model_config = ConfigDict(strict=True, extra="ignore", frozen=True)
