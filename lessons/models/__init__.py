"""What is taught: Course > Unit > Lesson > Exercise; a Course is one version of itself."""

from .course import Course
from .exercise import Exercise
from .lesson import Lesson
from .unit import Unit

__all__ = ["Course", "Exercise", "Lesson", "Unit"]
