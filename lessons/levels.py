"""CEFR levels, and the languages people speak and learn here (BCP 47 tags)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.functional import lazy
from django.utils.translation import gettext, gettext_noop
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
        return _label(self.native_name, self.name)


def _both_names(native_name: str, name: str) -> str:
    translated = gettext(name)
    if translated == native_name:
        return translated
    return f"{native_name} ({translated})"


_label = lazy(_both_names, str)


L1_LANGUAGES = (
    Language("ar", gettext_noop("Arabic"), "العربية"),
    Language("bn", gettext_noop("Bengali"), "বাংলা"),
    Language("bg", gettext_noop("Bulgarian"), "Български"),
    Language("zh", gettext_noop("Chinese"), "中文"),
    Language("yue", gettext_noop("Cantonese"), "粵語"),
    Language("hr", gettext_noop("Croatian"), "Hrvatski"),
    Language("cs", gettext_noop("Czech"), "Čeština"),
    Language("nl", gettext_noop("Dutch"), "Nederlands"),
    Language("en", gettext_noop("English"), "English"),
    Language("fi", gettext_noop("Finnish"), "Suomi"),
    Language("fr", gettext_noop("French"), "Français"),
    Language("de", gettext_noop("German"), "Deutsch"),
    Language("el", gettext_noop("Greek"), "Ελληνικά"),
    Language("he", gettext_noop("Hebrew"), "עברית"),
    Language("hi", gettext_noop("Hindi"), "हिन्दी"),
    Language("hu", gettext_noop("Hungarian"), "Magyar"),
    Language("id", gettext_noop("Indonesian"), "Bahasa Indonesia"),
    Language("it", gettext_noop("Italian"), "Italiano"),
    Language("ja", gettext_noop("Japanese"), "日本語"),
    Language("ko", gettext_noop("Korean"), "한국어"),
    Language("fa", gettext_noop("Persian"), "فارسی"),
    Language("pl", gettext_noop("Polish"), "Polski"),
    Language("pt", gettext_noop("Portuguese"), "Português"),
    Language("ro", gettext_noop("Romanian"), "Română"),
    Language("ru", gettext_noop("Russian"), "Русский"),
    Language("es", gettext_noop("Spanish"), "Español"),
    Language("sw", gettext_noop("Swahili"), "Kiswahili"),
    Language("sv", gettext_noop("Swedish"), "Svenska"),
    Language("ta", gettext_noop("Tamil"), "தமிழ்"),
    Language("th", gettext_noop("Thai"), "ไทย"),
    Language("tr", gettext_noop("Turkish"), "Türkçe"),
    Language("uk", gettext_noop("Ukrainian"), "Українська"),
    Language("ur", gettext_noop("Urdu"), "اردو"),
    Language("vi", gettext_noop("Vietnamese"), "Tiếng Việt"),
)

# A language is taught when recognition, the tutor and a voice all speak it.
TAUGHT_LANGUAGES = (
    Language("en", gettext_noop("English"), "English"),
    Language("es", gettext_noop("Spanish"), "Español"),
    Language("fr", gettext_noop("French"), "Français"),
    Language("de", gettext_noop("German"), "Deutsch"),
)

# Courses may be written in these; learners find them once the language is taught.
COURSE_LANGUAGES = TAUGHT_LANGUAGES

L1_CHOICES = [(language.tag, language.label) for language in L1_LANGUAGES]
L2_CHOICES = [(language.tag, language.label) for language in TAUGHT_LANGUAGES]
COURSE_LANGUAGE_CHOICES = [
    (language.tag, language.label) for language in COURSE_LANGUAGES
]
_BY_TAG = {language.tag: language for language in L1_LANGUAGES + TAUGHT_LANGUAGES}


def language_name(tag: str) -> str:
    """Return a language's name for the reader, or the tag itself where it is not known."""
    language = _BY_TAG.get(tag)
    return gettext(language.name) if language else tag
