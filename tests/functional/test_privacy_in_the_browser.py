"""Consents, the guardian's page, the archive and deleting an account in a real browser.

``UPDATE_SCREENSHOTS=1`` writes the pictures to ``docs/screenshots``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from learners.models import User
from learners.services.guardians import invite_guardian
from tutorplatform.demo import DEMO_ACCOUNTS
from tutorplatform.demo_privacy import GUARDIAN, MINOR

from .accessibility import accessibility_faults
from .chromium import chromium
from .test_live_screenshots import photograph

pytestmark = [
    pytest.mark.browser,
    pytest.mark.long,
    pytest.mark.django_db(transaction=True),
]

DOCS = Path(__file__).parents[2] / "docs/screenshots"
KENJI = next(account for account in DEMO_ACCOUNTS if account.email == MINOR)


@pytest.fixture
def token(live_server: LiveServer) -> str:
    """Serve the demo; return the secret of the guardian's link."""
    call_command("seed_demo", "--force", stdout=StringIO())
    tokens: list[str] = []

    def link(token: str) -> str:
        tokens.append(token)
        return token

    invite_guardian(
        learner=User.objects.get(email=MINOR),
        email=GUARDIAN[1],
        link=link,
        now=timezone.now(),
    )
    return tokens[0]


@pytest.fixture
def browser(token: str) -> Iterator[Browser]:
    """Start Chromium after the data is there: its event loop forbids database calls."""
    with chromium() as running:
        yield running


def shown(page: Page, name: str, folder: Path) -> None:
    assert accessibility_faults(page) == []
    photograph(page, name, folder)


def test_a_minor_a_guardian_and_what_is_kept(
    live_server: LiveServer, token: str, browser: Browser, tmp_path: Path
) -> None:
    folder = DOCS if os.environ.get("UPDATE_SCREENSHOTS") == "1" else tmp_path
    context = browser.new_context(base_url=live_server.url, reduced_motion="reduce")
    child = context.new_page()
    child.goto("/accounts/login/")
    child.get_by_label("E-mail address").fill(KENJI.email)
    child.get_by_label("Password").fill(KENJI.password)
    child.get_by_role("main").get_by_role("button", name="Sign in").click()
    child.wait_for_url("**/today/")
    child.goto("/profile/#recordings")
    child.get_by_text("Waiting for your guardian").wait_for()
    shown(child, "consents", folder)

    guardian = browser.new_context(
        base_url=live_server.url, reduced_motion="reduce"
    ).new_page()
    guardian.goto(f"/guardian/{token}/")
    shown(guardian, "guardian", folder)
    guardian.get_by_label("I am a parent or the legal guardian of Kenji.").check()
    guardian.get_by_role("radio", name="Yes, I agree").first.check()
    guardian.get_by_role("radio", name="No").last.check()
    guardian.get_by_role("button", name="Save my answer").click()
    guardian.get_by_text("Recordings are kept").wait_for()
    shown(guardian, "guardian-answered", folder)

    child.reload()
    child.get_by_text("Your parent or guardian agrees.").wait_for()
    child.goto("/profile/export/")
    shown(child, "data-export", folder)
    child.goto("/profile/erase/")
    child.get_by_label("Password").fill(KENJI.password)
    child.get_by_role("main").get_by_role("button").first.click()
    child.get_by_role("heading", name="Delete my account").wait_for()
    shown(child, "erase", folder)
    child.get_by_label("Type “delete”").fill("delete")
    child.get_by_role("button", name="Delete my account").click()
    child.get_by_role("heading", name="Your account will be deleted").wait_for()
    shown(child, "erase-waiting", folder)
    child.get_by_role("button", name="Keep my account").click()
    child.get_by_text("Your account stays.").wait_for()
