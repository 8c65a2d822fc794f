"""Texts are found where they stand, kept when the code changes, and checked."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from scripts.translations.bare_words import words_in
from scripts.translations.checking import faults
from scripts.translations.collecting import collect
from scripts.translations.compiling import compile_changed
from scripts.translations.files import changed, po_path
from scripts.translations.updating import read, write


@pytest.fixture
def code(tmp_path: Path) -> Path:
    """Return a small checkout with texts of all kinds."""
    (tmp_path / "learners").mkdir()
    (tmp_path / "learners/views.py").write_text(
        "words = [gettext('Saved.'), _('A ' 'long one'), ngettext('one', 'many', n),\n"
        "         pgettext('month', 'May'), gettext_noop('Later'), other('Not me')]\n"
    )
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/page.html").write_text(
        '{% load i18n %}\n<p>it\'s</p>\n   {% if a %}\n  {% translate "It’s here" %}\n'
        "{% blocktranslate trimmed count n=n %}\n  {{ n }} word\n{% plural %}\n"
        '  {{ n }} words\n{% endblocktranslate %}{{ a|default:_("Free talk") }}'
        "{# Translators: a verb #}\n{% translate 'Talk' context 'button' %}\n{% endif %}"
    )
    scripts = tmp_path / "sessions/static/sessions/js"
    scripts.mkdir(parents=True)
    (scripts / "page.js").write_text(
        'import { gettext } from "./i18n.js";\nconst a = gettext("Say “%(word)s” now.");\n'
        "const b = `${gettext(\"Stop\")} ${ngettext('%(n)s try', '%(n)s tries', n)}`;\n"
    )
    return tmp_path


def ids(catalogue: Catalog) -> set[object]:
    return {message.id for message in catalogue if message.id}


def test_texts_of_python_and_templates_are_found(code: Path) -> None:
    found = collect("django", code)
    assert ids(found) == {
        "Saved.",
        "A long one",
        ("one", "many"),
        "May",
        "Later",
        "It’s here",
        ("%(n)s word", "%(n)s words"),
        "Free talk",
        "Talk",
    }
    talk = found.get("Talk", "button")
    assert talk is not None
    assert talk.auto_comments == ["Translators: a verb"]


def test_texts_of_browser_modules_are_found(code: Path) -> None:
    expected = {"Say “%(word)s” now.", "Stop", ("%(n)s try", "%(n)s tries")}
    assert ids(collect("djangojs", code)) == expected


@pytest.mark.parametrize(
    ("words", "translation", "problem"),
    [
        ("%(n)s words", "%(n)s Wörter", ""),
        ("%(n)s words", "%(m)s Wörter", "other placeholders"),
        ("%(n)s words", "Wörter", "other placeholders"),
        ("a <em>b</em>", "<em>b</em> a", ""),
        ("a <em>b</em>", "a b", "other tags"),
        ("Level ", "Niveau", "other spaces at the ends"),
        ("Stop", "", "not translated"),
        (("one", "%(n)s words"), ("ein Wort", "%(n)s Wörter"), ""),
        (("one", "%(n)s words"), ("ein Wort", ""), "not translated"),
        (("one", "%(n)s words"), ("ein Wort",), "1 plural forms instead of 2"),
        (("%(n)s word", "%(n)s words"), ("ein Wort", "Wörter"), "other placeholders"),
    ],
)
def test_a_broken_translation_is_named(
    words: str | tuple[str, ...], translation: str | tuple[str, ...], problem: str
) -> None:
    made = Catalog(locale="de", fuzzy=False)
    made.add(words, translation)
    [message] = [message for message in made if message.id]
    found = faults(message, made)
    assert bool(found) == bool(problem)
    assert all(problem in words for words in found)


def test_a_catalogue_is_written_the_same_again_and_keeps_what_was_translated(
    tmp_path: Path,
) -> None:
    path = po_path("de", "django", tmp_path)
    made = Catalog(locale="de", fuzzy=False)
    made.add("Stop", "Halt", locations=[("a.py", 3)])
    made.add(("one", "many"), ("eins", "viele"), context="words")
    write(path, made)
    first = path.read_bytes()
    write(path, read(path, "de", "django"))
    assert path.read_bytes() == first
    again = read(path, "de", "django").get("one", "words")
    assert again is not None
    assert again.string == ("eins", "viele")


def test_only_what_changed_is_compiled(tmp_path: Path) -> None:
    path = po_path("ja", "django", tmp_path)
    made = Catalog(locale="ja", fuzzy=False)
    made.add("Stop", "停止")
    write(path, made)
    assert compile_changed(tmp_path) == [path]
    assert path.with_suffix(".mo").read_bytes().endswith("停止\0".encode())
    assert compile_changed(tmp_path) == changed(tmp_path) == []
    os.utime(path, (2**31, 2**31))
    assert changed(tmp_path) == [path]


def test_words_outside_of_tags_are_found_in_templates() -> None:
    template = (
        '<html lang="en"><p title="Say it">{% translate "Fine" %} · {{ a }} 5 %</p>\n'
        '<p lang="fr" title="Bonjour">Bonjour <b>toi</b></p><code>make run</code>\n'
        '<img alt="A face"><a aria-label="{% translate "Go" %}">{# Note #}Go</a>\n'
        "{% blocktranslate %}All <b>fine</b>{% endblocktranslate %}</html>"
    )
    assert words_in(template) == [(1, "Say it"), (3, "A face"), (3, "Go")]
