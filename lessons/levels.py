"""CEFR levels, and the languages people speak and learn here (BCP 47 tags)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class CEFRLevel(models.TextChoices):
    """The six levels of the Common European Framework, in order."""

    A1 = "A1", _("A1 · first words")
    A2 = "A2", _("A2 · everyday phrases")
    B1 = "B1", _("B1 · getting by")
    B2 = "B2", _("B2 · at ease")
    C1 = "C1", _("C1 · fluent")
    C2 = "C2", _("C2 · near native")


@dataclass(frozen=True, slots=True)
class Language:
    """A language: its tag, its name in English and its own name for itself."""

    tag: str
    name: str
    native_name: str

    @property
    def label(self) -> str:
        """Return what a list shows: the own name first, since its speakers look for it."""
        if self.native_name == self.name:
            return self.name
        return f"{self.native_name} ({self.name})"


L1_LANGUAGES = (
    Language("ar", "Arabic", "العربية"),
    Language("bn", "Bengali", "বাংলা"),
    Language("bg", "Bulgarian", "Български"),
    Language("zh", "Chinese", "中文"),
    Language("yue", "Cantonese", "粵語"),
    Language("hr", "Croatian", "Hrvatski"),
    Language("cs", "Czech", "Čeština"),
    Language("nl", "Dutch", "Nederlands"),
    Language("en", "English", "English"),
    Language("fi", "Finnish", "Suomi"),
    Language("fr", "French", "Français"),
    Language("de", "German", "Deutsch"),
    Language("el", "Greek", "Ελληνικά"),
    Language("he", "Hebrew", "עברית"),
    Language("hi", "Hindi", "हिन्दी"),
    Language("hu", "Hungarian", "Magyar"),
    Language("id", "Indonesian", "Bahasa Indonesia"),
    Language("it", "Italian", "Italiano"),
    Language("ja", "Japanese", "日本語"),
    Language("ko", "Korean", "한국어"),
    Language("fa", "Persian", "فارسی"),
    Language("pl", "Polish", "Polski"),
    Language("pt", "Portuguese", "Português"),
    Language("ro", "Romanian", "Română"),
    Language("ru", "Russian", "Русский"),
    Language("es", "Spanish", "Español"),
    Language("sw", "Swahili", "Kiswahili"),
    Language("sv", "Swedish", "Svenska"),
    Language("ta", "Tamil", "தமிழ்"),
    Language("th", "Thai", "ไทย"),
    Language("tr", "Turkish", "Türkçe"),
    Language("uk", "Ukrainian", "Українська"),
    Language("ur", "Urdu", "اردو"),
    Language("vi", "Vietnamese", "Tiếng Việt"),
)

# A language is taught when recognition, the tutor and a voice all speak it.
TAUGHT_LANGUAGES = (Language("en", "English", "English"),)

# Courses may be written in these; learners find them once the language is taught.
COURSE_LANGUAGES = (
    Language("en", "English", "English"),
    Language("es", "Spanish", "Español"),
    Language("fr", "French", "Français"),
    Language("de", "German", "Deutsch"),
)

L1_CHOICES = [(language.tag, language.label) for language in L1_LANGUAGES]
L2_CHOICES = [(language.tag, language.label) for language in TAUGHT_LANGUAGES]
COURSE_LANGUAGE_CHOICES = [
    (language.tag, language.label) for language in COURSE_LANGUAGES
]
_BY_TAG = {language.tag: language for language in L1_LANGUAGES + TAUGHT_LANGUAGES}


def language_name(tag: str) -> str:
    """Return the English name of a tag, or the tag itself where it is not known."""
    language = _BY_TAG.get(tag)
    return language.name if language else tag
