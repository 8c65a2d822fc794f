"""Fixtures for all tests, and the rule that keeps test files in their category."""

import os
from pathlib import Path

import pytest
from pytest_django import Settings

from schools import site_state

CATEGORIES = {"unit", "integration", "functional", "verification", "guards"}
ROOT = Path(__file__).parent


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Refuse tests outside the folders that say what they may touch.

    Where TUTOR_TEST_RUNNER names a runner only talks are tried: all else is the same.
    """
    strays = {
        str(item.path)
        for item in items
        if item.path.is_relative_to(ROOT)
        and item.path.relative_to(ROOT).parts[0] not in CATEGORIES
    }
    if strays:
        raise pytest.UsageError(f"Tests outside {sorted(CATEGORIES)}: {sorted(strays)}")
    if "TUTOR_TEST_RUNNER" in os.environ:
        others = [item for item in items if not _talks(item)]
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if _talks(item)]


def _talks(item: pytest.Item) -> bool:
    return isinstance(item, pytest.Function) and hasattr(item.module, "LiveHarness")


@pytest.fixture(autouse=True)
def private_root(tmp_path: Path, settings: Settings) -> Path:
    """Keep what a test records in a folder of its own."""
    settings.PRIVATE_ROOT = tmp_path / "private"
    return tmp_path / "private"


@pytest.fixture(autouse=True)
def undecided_site() -> None:
    """Let no test see what another one's administrators decided, nor ask for it."""
    site_state.keep(site_state.SiteState(), for_s=3600)
