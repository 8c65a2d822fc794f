"""``make bench-pages``: how heavy the pages are, and how soon they are there on a phone.

Each page is opened by a browser that knows nothing of the site yet, as Lighthouse does for
phones: a line of 1.6 Mbit/s with 150 ms there and back, a processor four times slower
(https://github.com/GoogleChrome/lighthouse/blob/main/docs/throttling.md). What counts is
what the browser itself reports: first and largest paint, shift of the layout, time in which
scripts blocked the page. Files are served compressed, as outside of a trial. The page of a
talk is left out: it brings a head and a microphone.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from tests.functional.chromium import chromium
from tutorplatform.demo import DEMO_ACCOUNTS

from .report import machine, report, say
from .server import ROOT, BenchServer

SETTINGS = "tests.scripted_settings"
OPEN_PAGES = ("/", "/accounts/login/", "/accounts/signup/")
LEARNER_PAGES = (
    "/today/", "/lessons/", "/sessions/", "/profile/", "/memory/",
    "/sessions/read-aloud/", "/sessions/practice/", "/sessions/mouth/",
    "/sessions/reviews/", "/phrasebook/", "/progress/",
)  # fmt: skip
PHONE: Any = {"width": 390, "height": 844}
_LINE = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1.6e6 / 8,
    "uploadThroughput": 750e3 / 8,
}
_SLOWER = 4
# Longer than the last thing any page does by itself.
_SETTLED_MS = 1500
_WATCH = """
window.seen = {paint: 0, largest: 0, shift: 0, blocked: 0};
new PerformanceObserver(list => {
  for (const entry of list.getEntries())
    if (entry.name === "first-contentful-paint") seen.paint = entry.startTime;
}).observe({type: "paint", buffered: true});
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) seen.largest = entry.startTime;
}).observe({type: "largest-contentful-paint", buffered: true});
new PerformanceObserver(list => {
  for (const entry of list.getEntries())
    if (!entry.hadRecentInput) seen.shift += entry.value;
}).observe({type: "layout-shift", buffered: true});
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) seen.blocked += Math.max(0, entry.duration - 50);
}).observe({type: "longtask", buffered: true});
"""
TARGETS = {
    "page_kb_max": "< 150 kB over the wire",
    "first_paint_max_s": "< 1.8 s",
    "largest_paint_max_s": "< 2.5 s",
    "layout_shift_max": "< 0.1",
    "blocked_max_ms": "< 200 ms",
}


@dataclass(frozen=True, slots=True)
class Visit:
    """One page opened cold: kB over the wire, requests, times in seconds and ms."""

    kb: float
    requests: int
    first_paint_s: float
    largest_paint_s: float
    layout_shift: float
    blocked_ms: float


def main() -> None:
    """Run the benchmark."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    before = machine()
    visits: dict[str, Visit] = {}
    with _served() as url, chromium() as browser:
        for address in OPEN_PAGES:
            visits[address] = _visit(browser, url, address, [])
        cookies = _signed_in(browser, url)
        for address in LEARNER_PAGES:
            visits[address] = _visit(browser, url, address, cookies)
    figures = {
        "page_kb_max": max(visit.kb for visit in visits.values()),
        "first_paint_max_s": max(visit.first_paint_s for visit in visits.values()),
        "largest_paint_max_s": max(visit.largest_paint_s for visit in visits.values()),
        "layout_shift_max": max(visit.layout_shift for visit in visits.values()),
        "blocked_max_ms": max(visit.blocked_ms for visit in visits.values()),
        "pages": float(len(visits)),
    }
    detail = {address: asdict(visit) for address, visit in visits.items()}
    report(figures, TARGETS, detail, before=before)


@contextmanager
def _served() -> Iterator[str]:
    """Serve the demo as outside of a trial: DEBUG off, files collected."""
    off = {"DJANGO_DEBUG": "0", "TUTOR_FACE_RENDERER": "none"}
    with BenchServer(SETTINGS, env=off) as server:
        for command in (["migrate"], ["seed_demo", "--force"], ["collectstatic"]):
            quiet = ["--noinput"] if command == ["collectstatic"] else []
            subprocess.run(  # noqa: S603
                [sys.executable, "manage.py", *command, *quiet],
                cwd=ROOT,
                env=server.env,
                check=True,
                stdout=subprocess.DEVNULL,
            )
        server.start()
        yield f"http://127.0.0.1:{server.port}"


def _visit(browser: Browser, url: str, address: str, cookies: list[Any]) -> Visit:
    context = browser.new_context(base_url=url, viewport=PHONE)
    context.add_cookies(cookies)
    context.add_init_script(_WATCH)
    page = context.new_page()
    received = _watched_line(context, page)
    answer = page.goto(address, wait_until="load")
    if answer is None or answer.status != 200:
        raise SystemExit(f"{address} cannot be opened")
    page.wait_for_timeout(_SETTLED_MS)
    seen = page.evaluate("seen")
    context.close()
    visit = Visit(
        kb=round(sum(received) / 1000, 1),
        requests=len(received),
        first_paint_s=round(seen["paint"] / 1000, 3),
        largest_paint_s=round(seen["largest"] / 1000, 3),
        layout_shift=round(seen["shift"], 4),
        blocked_ms=round(seen["blocked"], 1),
    )
    say(
        f"  {address:24} {visit.kb:6.1f} kB {visit.requests:3} requests, "
        f"paint {visit.first_paint_s:.2f} / {visit.largest_paint_s:.2f} s, "
        f"shift {visit.layout_shift:.3f}, blocked {visit.blocked_ms:.0f} ms"
    )
    return visit


def _watched_line(context: BrowserContext, page: Page) -> list[float]:
    """Slow line and processor down; return where the bytes of each answer are noted."""
    received: list[float] = []
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", _LINE)
    session.send("Emulation.setCPUThrottlingRate", {"rate": _SLOWER})
    session.on(
        "Network.loadingFinished",
        lambda event: received.append(float(event["encodedDataLength"])),
    )
    return received


def _signed_in(browser: Browser, url: str) -> list[Any]:
    page = browser.new_page(base_url=url)
    page.goto("/accounts/login/")
    page.get_by_label("E-mail address").fill(DEMO_ACCOUNTS[0].email)
    page.get_by_label("Password").fill(DEMO_ACCOUNTS[0].password)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/today/")
    cookies = page.context.cookies()
    page.close()
    return list(cookies)


if __name__ == "__main__":
    main()
