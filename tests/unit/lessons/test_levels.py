"""Languages: tags are unique and names can be looked up."""

from lessons.levels import (
    COURSE_LANGUAGES,
    L1_LANGUAGES,
    TAUGHT_LANGUAGES,
    language_name,
)


def test_each_tag_is_offered_once() -> None:
    for languages in (L1_LANGUAGES, TAUGHT_LANGUAGES, COURSE_LANGUAGES):
        tags = [language.tag for language in languages]
        assert len(tags) == len(set(tags))


def test_what_is_taught_may_have_courses() -> None:
    taught = {language.tag for language in TAUGHT_LANGUAGES}
    assert taught <= {language.tag for language in COURSE_LANGUAGES}


def test_a_label_names_the_language_in_itself_first() -> None:
    labels = {language.tag: language.label for language in L1_LANGUAGES}
    assert labels["es"] == "Español (Spanish)"
    assert labels["en"] == "English"


def test_an_unknown_tag_is_its_own_name() -> None:
    assert language_name("zh") == "Chinese"
    assert language_name("tlh") == "tlh"
