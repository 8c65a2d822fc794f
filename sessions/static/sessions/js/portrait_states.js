// @ts-check
// The page of portraits: looks how far they are while one is being prepared.

import { pauseMs } from "./lesson_clip.js";

/**
 * Brings the states of the page in line with a fresher one, and leaves alone what is the
 * same: each change is read out, and a button may have the focus.
 * @param {ParentNode} page
 * @param {ParentNode} fresh
 */
export function showStates(page, fresh) {
  for (const now of /** @type {NodeListOf<HTMLElement>} */ (fresh.querySelectorAll("[data-state]"))) {
    const shown = /** @type {HTMLElement | null} */ (page.querySelector(`[id="${now.id}"]`));
    if (!shown || shown.dataset.state === now.dataset.state) continue;
    shown.dataset.state = now.dataset.state;
    shown.replaceChildren(...now.childNodes);
  }
}

/** Whether a page says that one of its portraits is under way. @param {ParentNode} page */
export const isUnderWay = (page) => page.querySelector("[data-under-way]") !== null;

async function follow() {
  for (let failures = 0, goesOn = isUnderWay(document); goesOn;) {
    await new Promise((done) => { setTimeout(done, pauseMs(failures)); });
    if (document.hidden) continue;
    try {
      const answer = await fetch(location.href);
      if (!answer.ok || answer.redirected) throw new Error("no answer");
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      goesOn = isUnderWay(fresh);
      showStates(document, fresh);
      failures = 0;
    } catch {
      failures += 1;
    }
  }
}

if (typeof document !== "undefined") void follow();
