"""Chromium as these tests start it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserType, sync_playwright

_QUIET = (
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


# WebGL drawn by the processor, which browsers offer only to those who ask.
_SOFTWARE_GL = ("--use-angle=swiftshader", "--enable-unsafe-swiftshader")


@contextmanager
def chromium(
    *, microphone: Path | None = None, software_gl: bool = False
) -> Iterator[Browser]:
    """Start a browser; its microphone plays the sound file once, when it is opened."""
    args = [*_QUIET, *(_SOFTWARE_GL if software_gl else ())]
    if microphone is not None:
        args += [
            "--use-fake-ui-for-media-stream",
            "--use-fake-device-for-media-stream",
            f"--use-file-for-fake-audio-capture={microphone}%noloop",
            "--autoplay-policy=no-user-gesture-required",
        ]
    with sync_playwright() as playwright:
        browser = _launched(playwright.chromium, args)
        yield browser
        browser.close()


@contextmanager
def chromium_with_gl(beside: Browser) -> Iterator[Browser]:
    """Start a second browser that draws WebGL by the processor, beside another one."""
    browser = _launched(beside.browser_type, [*_QUIET, *_SOFTWARE_GL])
    yield browser
    browser.close()


def _launched(kind: BrowserType, args: list[str]) -> Browser:
    path = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    return kind.launch(executable_path=path, args=args)
