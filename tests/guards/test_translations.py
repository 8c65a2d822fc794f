"""No page mixes languages: all its words can be translated, and are."""

import re

from django.conf import settings

from scripts.translations.bare_words import bare_words
from scripts.translations.checking import problems
from scripts.translations.files import LANGUAGES

from .project_files import project_files


def test_templates_have_no_words_outside_of_translation_tags() -> None:
    assert bare_words() == []


def test_every_text_is_translated_into_every_language() -> None:
    assert problems() == []


def test_what_is_offered_is_what_there_are_catalogues_for() -> None:
    offered = {code for code, _name in settings.LANGUAGES} - {settings.LANGUAGE_CODE}
    assert {name.lower().replace("_", "-") for name in LANGUAGES} == offered


# What points left or right stays there when the text runs the other way.
PHYSICAL = re.compile(
    r"^\s*(?:(?:margin|padding|border)-(?:left|right)|left|right)\b[^:]*:"
    r"|(?:text-align|float|clear): (?:left|right)",
    re.MULTILINE,
)


def test_styles_follow_the_direction_of_the_text() -> None:
    sheets = [path for path in project_files() if path.suffix == ".css"]
    assert sheets
    physical = [
        f"{path.name}: {found[0].strip()}"
        for path in sheets
        for found in PHYSICAL.finditer(path.read_text(encoding="utf-8"))
    ]
    assert physical == []
