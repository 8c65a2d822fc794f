"""Fixtures for all tests, and the rule that keeps test files in their category."""

from pathlib import Path

import pytest

CATEGORIES = {"unit", "integration", "functional", "verification", "guards"}
ROOT = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse tests outside the folders that say what they may touch."""
    strays = {
        str(item.path)
        for item in items
        if item.path.is_relative_to(ROOT)
        and item.path.relative_to(ROOT).parts[0] not in CATEGORIES
    }
    if strays:
        raise pytest.UsageError(f"Tests outside {sorted(CATEGORIES)}: {sorted(strays)}")
