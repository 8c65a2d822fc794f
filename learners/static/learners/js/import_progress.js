// @ts-check
// Shows how far a list is, by asking for the same page again and again.

const EVERY_MS = 1000;
const SLOWEST_MS = 15000;

/** How long to wait after so many failures in a row. @param {number} failures */
export const pauseMs = (failures) => Math.min(EVERY_MS * 2 ** failures, SLOWEST_MS);

/**
 * Puts a fresher state in the place of the one shown; returns whether it goes on.
 * @param {HTMLElement} shown
 * @param {HTMLElement} fresh
 */
export function showState(shown, fresh) {
  shown.toggleAttribute("data-under-way", fresh.hasAttribute("data-under-way"));
  shown.replaceChildren(...fresh.childNodes);
  return shown.hasAttribute("data-under-way");
}

/** @param {HTMLElement} shown */
async function follow(shown) {
  for (let failures = 0, goesOn = true; goesOn;) {
    await new Promise((done) => { setTimeout(done, pauseMs(failures)); });
    if (document.hidden) continue;
    try {
      const answer = await fetch(location.href);
      if (!answer.ok || answer.redirected) throw new Error("no answer");
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById(shown.id);
      if (!fresh) throw new Error("no state");
      goesOn = showState(shown, fresh);
      failures = 0;
    } catch {
      failures += 1;
    }
  }
}

const state = typeof document === "undefined" ? null : document.getElementById("import-state");
if (state?.hasAttribute("data-under-way")) follow(state);
