// @ts-check
/** Waits for room: asks for its place, goes on by itself, and gives the place up when closed. */

import { createQueueWait } from "./queue_wait.js";

const page = /** @type {HTMLElement} */ (document.getElementById("queue"));
const place = /** @type {HTMLElement} */ (document.getElementById("queue-place"));
const problem = /** @type {HTMLElement} */ (document.getElementById("queue-problem"));
const { placeUrl = "", leaveUrl = "", everyS = "5" } = page.dataset;
const token = () =>
  /** @type {HTMLInputElement} */ (page.querySelector("[name=csrfmiddlewaretoken]")).value;

const wait = createQueueWait({
  everyMs: 1000 * Number(everyS),
  async ask() {
    const response = await fetch(placeUrl, {
      method: "POST",
      credentials: "same-origin",
      headers: { "X-CSRFToken": token() },
    });
    // Signed out, or the talk is over: the page itself says so.
    if (response.redirected || response.status === 404) return null;
    if (!response.ok) throw new Error(String(response.status));
    return response.json();
  },
  onPlace(found) {
    problem.hidden = true;
    if (place.textContent !== found.words) place.textContent = found.words;
    document.title = found.words;
  },
  onProblem: () => {
    problem.hidden = false;
  },
  onTurn: () => location.reload(),
});
wait.start();

addEventListener("pagehide", () => {
  if (!wait.isWaiting()) return;
  wait.stop();
  const body = new FormData();
  body.set("csrfmiddlewaretoken", token());
  body.set("closing", "1");
  navigator.sendBeacon(leaveUrl, body);
});
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
page.querySelector("form")?.addEventListener("submit", () => wait.stop());
