"""When something is due, in words, by the learner's own clock."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from coursework.due_words import closing_words, due_words

NOW = datetime(2026, 6, 3, 20, 0, tzinfo=UTC)  # a Wednesday
TOKYO = ZoneInfo("Asia/Tokyo")


@pytest.mark.parametrize(
    ("day", "hour", "words"),
    [
        (3, 22, "due today, 22:00"),
        (4, 18, "due tomorrow, 18:00"),
        (6, 18, "due on Saturday, 18:00"),
        (12, 18, "due on 12 June, 18:00"),
        (3, 18, "was due today, 18:00"),
        (2, 18, "was due yesterday, 18:00"),
        (1, 18, "was due on Monday"),
    ],
)
def test_the_day_is_named_as_people_say_it(day: int, hour: int, words: str) -> None:
    due = datetime(2026, 6, day, hour, tzinfo=UTC)
    assert due_words(due, now=NOW, zone=ZoneInfo("UTC")) == words


def test_the_day_is_the_learners() -> None:
    due = datetime(2026, 6, 3, 22, 0, tzinfo=UTC)
    assert due_words(due, now=NOW, zone=TOKYO) == "due today, 07:00"


def test_until_when_late_work_is_taken() -> None:
    closes = datetime(2026, 6, 5, 18, 0, tzinfo=UTC)
    zone = ZoneInfo("UTC")
    words = closing_words(closes, now=NOW, zone=zone)
    assert words == "Late work is taken until Friday, 18:00."
    assert closing_words(closes, now=closes.replace(day=6), zone=zone) == ""
