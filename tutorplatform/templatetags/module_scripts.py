"""Scripts as plain modules, without their imports coming one after the other.

A browser learns what a module imports only once it has it: a page of sixty small modules
would wait for the line once for each level of imports. ``{% module_script "x.js" %}`` names
all of them at once, by reading the same files that are served.
"""

from __future__ import annotations

import posixpath
import re
from functools import cache
from pathlib import Path

from django import template
from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()

# "import x from './y.js'", "import './y.js'", "export {x} from './y.js'", at line starts.
_IMPORT = re.compile(
    r"""^(?:import|export)\b[^'"();]*?["'](\.[^'"]+\.js)["']""", re.MULTILINE
)


@register.simple_tag
def module_script(path: str) -> SafeString:
    """Return the script element of a module, and a hint for each module it imports."""
    imported = _imported(path) if settings.DEBUG else _imported_once(path)
    hints = format_html_join(
        "",
        '<link rel="modulepreload" href="{}">',
        ((static(name),) for name in imported),
    )
    return format_html(
        '{}<script type="module" src="{}"></script>', hints, static(path)
    )


@cache
def _imported_once(path: str) -> tuple[str, ...]:
    return _imported(path)


def _imported(path: str) -> tuple[str, ...]:
    """Return everything a module imports, and what that imports, each once."""
    found: dict[str, None] = {}
    waiting = [path]
    while waiting:
        name = waiting.pop(0)
        file = finders.find(name)
        if not isinstance(file, str):
            continue
        for relative in _IMPORT.findall(Path(file).read_text(encoding="utf-8")):
            other = posixpath.normpath(
                posixpath.join(posixpath.dirname(name), relative)
            )
            if other not in found and other != path:
                found[other] = None
                waiting.append(other)
    return tuple(found)
