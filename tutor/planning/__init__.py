"""What a talk shall bring in: a lesson's words explained, or words for free talk."""

from .free_talk import free_talk_items
from .lesson_items import lesson_items
from .topic import topic_words

__all__ = ["free_talk_items", "lesson_items", "topic_words"]
