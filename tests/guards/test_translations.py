"""No page mixes languages: all its words can be translated, and are."""

from django.conf import settings

from scripts.translations.bare_words import bare_words
from scripts.translations.files import LANGUAGES


def test_templates_have_no_words_outside_of_translation_tags() -> None:
    assert bare_words() == []


def test_what_is_offered_is_what_there_are_catalogues_for() -> None:
    offered = {code for code, _name in settings.LANGUAGES} - {settings.LANGUAGE_CODE}
    assert {name.lower().replace("_", "-") for name in LANGUAGES} == offered
