// @ts-check
/** A lesson's form: the preview beside it follows what is typed; nothing is kept by that. */

const AFTER_MS = 600;

const form = /** @type {HTMLFormElement | null} */ (document.getElementById("lesson-form"));
const preview = document.getElementById("preview");
const state = document.querySelector("[data-preview-state]");
let waiting = 0;
let latest = 0;

async function show() {
  if (!form || !preview) return;
  const mine = ++latest;
  const answer = await fetch(form.dataset.previewUrl ?? "", { method: "POST", body: new FormData(form), credentials: "same-origin" }).catch(() => null);
  // What was typed meanwhile has its own answer; signed out, the page tells on saving.
  if (mine !== latest || !answer || answer.redirected) return;
  if (state) state.textContent = answer.ok ? "" : (preview.dataset.problem ?? "");
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (mine === latest) preview.replaceChildren(...fresh.body.childNodes);
}

form?.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = window.setTimeout(() => void show(), AFTER_MS);
});
