"""What axe finds against WCAG 2.2 AA on a page."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_OPTIONS = {
    "runOnly": [
        "wcag2a",
        "wcag2aa",
        "wcag21a",
        "wcag21aa",
        "wcag22aa",
        "best-practice",
    ],
    "resultTypes": ["violations"],
}
_SHOWN = 3


def accessibility_faults(page: Page) -> list[str]:
    """Return a line for each rule that the page breaks, with where."""
    found: dict[str, Any] = Axe().run(page, options=_OPTIONS).response
    return [
        f"{fault['id']} ({fault['impact']}): {fault['help']}: "
        + "; ".join(node["html"][:160] for node in fault["nodes"][:_SHOWN])
        for fault in found["violations"]
    ]
