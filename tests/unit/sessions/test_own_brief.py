"""A talk that somebody wrote a brief for."""

from dataclasses import replace
from uuid import uuid4

from lessons.brief import LessonBrief
from lessons.limits import TalkLimits
from sessions.own_brief import OwnBrief, brief_of_talk, long_enough, read_own_brief

LESSON = LessonBrief(
    uuid=uuid4(),
    title="At the café",
    course_title="First conversations",
    l2="en",
    level="A1",
    situation="You order.",
    goals=("I can order.",),
    tutor_role="The person behind the counter",
    opening_line="What would you like?",
    target_words=("tea",),
    target_phrases=("I’d like …",),
    tutor_facts=("A tea is two euros.",),
)
ROLE_PLAY = OwnBrief(
    title="Lost keys",
    situation="You lost your keys.",
    tutor_role="A neighbour",
    opening_line="Is something wrong?",
    goals=("I can explain a problem.",),
    l2="en",
    level="A2",
    min_minutes=4,
)


def test_what_is_kept_is_read_as_it_was() -> None:
    assert read_own_brief(ROLE_PLAY.as_json()) == ROLE_PLAY
    assert read_own_brief(None) is None


def test_without_a_lesson_the_tutor_plays_what_was_written() -> None:
    brief = brief_of_talk(ROLE_PLAY, None, session=uuid4())
    assert brief is not None
    assert (brief.situation, brief.tutor_role) == ("You lost your keys.", "A neighbour")
    assert brief.goals == ("I can explain a problem.",)
    assert brief.opening_line == "Is something wrong?"


def test_with_a_lesson_only_what_differs_is_taken() -> None:
    own = OwnBrief(title="Café", goals=("I can complain.",))
    assert brief_of_talk(own, LESSON, session=uuid4()) == replace(
        LESSON, goals=("I can complain.",)
    )
    assert brief_of_talk(None, LESSON, session=uuid4()) == LESSON


def test_another_role_does_not_know_what_the_lessons_role_knows() -> None:
    brief = brief_of_talk(ROLE_PLAY, LESSON, session=uuid4())
    assert brief is not None
    assert brief.tutor_facts == ()
    assert brief.target_words == ("tea",)


def test_the_tutor_leaves_time_for_the_minutes_that_are_wanted() -> None:
    limits = TalkLimits(minutes=6.0, reply_tokens=60, temperature=0.5)
    assert long_enough(limits, ROLE_PLAY).minutes == 10
    assert long_enough(limits, replace(ROLE_PLAY, min_minutes=1)).minutes == 6
    never = replace(limits, minutes=0.0)
    assert long_enough(never, ROLE_PLAY).minutes == 0
    assert long_enough(limits, None) == limits
