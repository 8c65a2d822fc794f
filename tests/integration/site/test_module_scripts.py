"""Hints for all that a page's script imports."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template import Context, Template

from tutorplatform.templatetags.module_scripts import module_script

PAGES = sorted(
    {
        name
        for template in Path("templates").rglob("*.html")
        for name in re.findall(r'module_script "([^"]+)"', template.read_text())
    }
)


def _hints(path: str) -> list[str]:
    return re.findall(r'modulepreload" href="/static/([^"]+)"', module_script(path))


@pytest.mark.parametrize("page", PAGES)
def test_every_hint_is_a_file_and_none_comes_twice(page: str) -> None:
    hints = _hints(page)
    source = Path(str(finders.find(page))).read_text()
    assert bool(hints) == ("\nimport " in f"\n{source}")
    assert len(set(hints)) == len(hints)
    assert page not in hints
    assert [name for name in hints if finders.find(name) is None] == []


def test_imports_of_imports_are_named_and_what_is_loaded_later_is_not() -> None:
    hints = _hints("sessions/js/practice_page.js")
    assert "sessions/js/practice_player.js" in hints
    assert "sessions/js/word_panel.js" in hints, "imported by panel_setup.js"
    assert not [name for name in hints if "three" in name]


def test_the_page_gets_hints_and_script() -> None:
    text = (
        '{% load module_scripts %}{% module_script "sessions/js/read_aloud_page.js" %}'
    )
    page = Template(text).render(Context())
    assert page.endswith(
        '<script type="module" src="/static/sessions/js/read_aloud_page.js"></script>'
    )
