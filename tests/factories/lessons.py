"""Courses and lessons for tests."""

# mypy: disable-error-code="attr-defined,no-untyped-call"
# (factory_boy is typed in part)

import factory

from lessons.models import Course, Lesson


class CourseFactory(factory.django.DjangoModelFactory[Course]):
    """A published course of English."""

    class Meta:
        model = Course

    key = factory.Sequence(lambda n: f"course-{n}")
    title = factory.Sequence(lambda n: f"Course {n}")
    l2 = "en"
    description = "Talks for every day."
    is_published = True


class LessonFactory(factory.django.DjangoModelFactory[Lesson]):
    """A lesson in a course of its own, unless one is given."""

    class Meta:
        model = Lesson

    course = factory.SubFactory(CourseFactory)
    key = factory.Sequence(lambda n: f"lesson-{n}")
    position = factory.Sequence(lambda n: n + 1)
    title = factory.Sequence(lambda n: f"Lesson {n}")
    level = "A2"
    situation = "You are at a market."
    goals = factory.LazyFunction(lambda: ["I can ask for a price."])
    tutor_role = "A stallholder"
    opening_line = "What can I get you?"
    tutor_facts = factory.LazyFunction(lambda: ["An apple is one euro."])
    target_words = factory.LazyFunction(lambda: ["apple", "price"])
    target_phrases = factory.LazyFunction(lambda: ["How much is it?"])
