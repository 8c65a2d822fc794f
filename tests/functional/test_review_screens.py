"""A teacher reviews a class in a real browser: queue, screen, comments, gradebook; and the learner.

On scripted engines, with sound made of numbers. ``UPDATE_SCREENSHOTS=1`` writes the pictures
to ``docs/screenshots``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page, expect

from sessions.wav_sound import write_wav
from tutorplatform.demo import DEMO_ACCOUNTS
from tutorplatform.demo_reviews import SMALL_TALK

from ..factories.handed_in import tone
from .accessibility import accessibility_faults
from .chromium import chromium
from .test_live_screenshots import DOCS, MAX_BYTES, OVERFLOW, VIEWPORTS, looks
from .tutor_server import TutorServer, tutor_server

pytestmark = [pytest.mark.browser, pytest.mark.long]

# Gives each utterance of the talks a sound that swells like syllables, at 16 kHz.
SOUND = """
import numpy as np
from inference.types.audio import AudioClip
from sessions.models import Recording, Utterance
from sessions.recordings import recording_path, write_clip
for u in Utterance.objects.exclude(text="").select_related("turn__session"):
    n = 16 * (u.duration_ms or 330 * len(u.text.split()))
    t = np.arange(n) / 16000
    rng = np.random.default_rng(u.pk)
    swell = np.abs(np.sin(2 * np.pi * 2.2 * t + u.pk)) ** 1.5 * (0.35 + 0.6 * rng.random())
    wave = np.sin(2 * np.pi * (170 if u.speaker == "LEARNER" else 220) * t) * swell
    clip = AudioClip((wave * 26000).astype("<i2").tobytes(), 16000)
    path = recording_path(session_uuid=u.turn.session.uuid, turn=u.turn.index,
                          speaker=u.speaker, attempt=u.attempt)
    Recording.objects.create(utterance=u, path=path, sample_rate_hz=16000,
        duration_ms=round(n / 16), n_bytes=write_clip(clip, path),
        created_at=u.turn.started_at)
"""


@pytest.fixture(scope="module")
def server() -> Iterator[TutorServer]:
    """The product on scripted engines, its demo talks with sound."""
    with tutor_server("tests.sounds_settings") as running:
        running.manage("shell", "-c", SOUND)
        yield running


@pytest.fixture(autouse=True)
def patience() -> Iterator[None]:
    """Wait longer than usual: a screen of a whole talk loads many small parts."""
    expect.set_options(timeout=20_000)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture(scope="module")
def browser(
    server: TutorServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Browser]:
    """A browser whose microphone hears a tone."""
    heard = tmp_path_factory.mktemp("heard") / "tone.wav"
    heard.write_bytes(write_wav(tone(4.0)))
    with chromium(microphone=heard) as running:
        yield running


def photograph(page: Page, name: str, folder: Path) -> None:
    """Take the page in its looks; assert that it fits."""
    folder.mkdir(parents=True, exist_ok=True)
    for device, theme in looks():
        page.set_viewport_size(VIEWPORTS[device])
        page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
        page.wait_for_timeout(250)
        assert page.evaluate(OVERFLOW) <= 0
        assert page.locator("h1").count() == 1
        path = folder / f"{name}-{device}-{theme}.jpg"
        # Pages full of small words: finer would be too large for a repository.
        page.screenshot(path=path, type="jpeg", quality=60)
        assert path.stat().st_size < MAX_BYTES


def signed_in(
    browser: Browser, server: TutorServer, who: int, complaints: list[str]
) -> Page:
    page = browser.new_context(
        base_url=server.url, permissions=["microphone"]
    ).new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda one: complaints.append(one.text) if one.type == "error" else None,
    )
    page.set_viewport_size(VIEWPORTS["desktop"])
    page.goto("/accounts/login/")
    page.get_by_label("E-mail address").fill(DEMO_ACCOUNTS[who].email)
    page.get_by_label("Password").fill(DEMO_ACCOUNTS[who].password)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "login" not in url)
    return page


def test_a_class_is_reviewed(
    server: TutorServer, browser: Browser, tmp_path: Path
) -> None:
    folder = DOCS if os.environ.get("UPDATE_SCREENSHOTS") == "1" else tmp_path
    complaints: list[str] = []
    [(found,)] = server.rows("select uuid from schools_classroom limit 1")
    uuid = UUID(found)
    page = signed_in(browser, server, 3, complaints)
    page.goto(f"/classes/{uuid}/review/")
    assert accessibility_faults(page) == []
    photograph(page, "review-queue", folder)
    page.set_viewport_size(VIEWPORTS["desktop"])

    page.get_by_role("link", name="Li Wei").first.click()
    expect(page.locator(".wave__learner").first).to_be_attached()
    assert accessibility_faults(page) == []
    # By keys: play and pause, five seconds on, a comment at that moment.
    page.keyboard.press(" ")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    expect(page.locator("#player-at")).not_to_have_text("0:00")
    page.keyboard.press(" ")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("c")
    form = page.locator("#comments > form")
    expect(form).to_contain_text("At 0:")
    page.keyboard.type("Good question here.")
    form.get_by_role("button", name="Comment", exact=True).click()
    expect(page.locator("#comments-list")).to_contain_text("Good question here.")
    page.keyboard.press("Escape")
    # A moment of evidence is a way to its turn.
    page.locator(".moment--evidence").first.click()
    expect(page.locator(".timeline__turn--now")).to_be_visible()
    page.locator("body").press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("Escape")
    photograph(page, "review-screen", folder)
    page.set_viewport_size(VIEWPORTS["desktop"])

    # Said instead of written: the fake microphone's sound is kept and can be played.
    page.locator("body").press("v")
    expect(form.get_by_role("button", name="Send")).to_be_visible()
    page.wait_for_timeout(1200)
    page.locator("body").press("v")
    expect(page.locator("#comments-list audio")).to_be_attached(timeout=15_000)

    # Levels by keys, then back to its learner and on to the next with one key.
    for key in ("2", "2", "2", "2"):
        page.locator("body").press(key)
    expect(page.locator("#mark-by-levels")).to_contain_text("90")
    page.get_by_label("Why").fill("With help, but all of it.")
    page.locator("h1").click()
    first = page.url
    page.locator("body").press("r")
    page.wait_for_url(lambda url: url != first and "/review/" in url)
    expect(page.get_by_text("Given back to Li Wei")).to_be_visible()

    page.goto(f"/classes/{uuid}/review/?accept=1")
    assert accessibility_faults(page) == []
    photograph(page, "review-accept", folder)
    page.set_viewport_size(VIEWPORTS["desktop"])
    for select in page.locator(".queue__decide select").all():
        select.select_option(index=2)
    page.get_by_role("button", name="Accept 2 drafts").click()
    expect(page.get_by_text("2 drafts are now your marks.")).to_be_visible()

    page.goto(f"/classes/{uuid}/gradebook/")
    assert accessibility_faults(page) == []
    photograph(page, "gradebook", folder)
    page.set_viewport_size(VIEWPORTS["desktop"])
    page.get_by_role("link", name=f"Sofía, {SMALL_TALK}").click()
    page.get_by_label("Points").fill("17")
    page.get_by_label("Why").fill("Spoke of it again in class.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("cell", name="17").first).to_be_visible()
    page.get_by_role("link", name=f"Sofía, {SMALL_TALK}").click()
    assert accessibility_faults(page) == []
    photograph(page, "gradebook-cell", folder)

    learner = signed_in(browser, server, 0, complaints)
    [(submission,)] = server.rows(
        "select s.uuid from coursework_submission s join coursework_assignment a "
        "on a.id = s.assignment_id where a.title like 'At the caf%' "
        "and s.learner_id = (select id from learners_user where email like 'liwei%')"
    )
    learner.goto("/" + f"work/handed-in/{UUID(submission)}/")
    expect(learner.get_by_text("Good question here.")).to_be_visible()
    assert accessibility_faults(learner) == []
    learner.locator(".comment summary").first.click()
    learner.locator(".comment textarea").first.fill("Which one do you mean?")
    learner.locator(".comment").first.get_by_role("button", name="Answer").click()
    expect(learner.locator(".comment__replies").first).to_contain_text("Which one")
    photograph(learner, "work-returned", folder)
    assert complaints == []
