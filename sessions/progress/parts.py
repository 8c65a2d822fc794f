"""What the sections of the progress page are made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.formats import date_format

from learners.progress.charts import Chart
from learners.progress.spans import Bucket

# With fewer words a rate in 100 words is an accident.
FEWEST_FOR_A_RATE = 20


@dataclass(frozen=True, slots=True)
class Plot:
    """A chart with its name; ``unit`` heads its numbers in the table."""

    name: str
    unit: str
    chart: Chart
    kind: str


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page. ``is_empty``: there is nothing to draw yet."""

    key: str
    title: str
    sentence: str
    plots: tuple[Plot, ...]
    is_empty: bool = False


@dataclass(frozen=True, slots=True)
class Looked:
    """Whose progress is shown, and when. ``before``: as many buckets just before."""

    learner_id: int
    l2: str
    now: datetime
    buckets: tuple[Bucket, ...]
    before: tuple[Bucket, ...]


def label_of(bucket: Bucket) -> str:
    """Return the name of a week (its Monday) or a month."""
    return date_format(bucket.first, "M y" if bucket.is_month else "j M")


def url_of(part: str, bucket: Bucket) -> str:
    """Return where the evidence of a number is."""
    return reverse("progress:evidence", args=(part, bucket.key))
