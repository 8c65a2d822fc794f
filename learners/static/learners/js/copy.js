// @ts-check
// Buttons that copy what they name; without this script they stay hidden.

const SAID_MS = 2000;

/** Copies and says so for a moment. @param {HTMLButtonElement} button */
export async function copy(button) {
  const words = button.querySelector("[data-copy-words]") ?? button;
  const before = words.textContent;
  await navigator.clipboard.writeText(button.dataset.copy ?? "");
  words.textContent = button.dataset.copied ?? before;
  setTimeout(() => { words.textContent = before; }, SAID_MS);
}

if (typeof document !== "undefined" && navigator.clipboard) {
  for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll("[data-copy]"))) {
    button.setAttribute("aria-live", "polite");
    button.hidden = false;
    button.addEventListener("click", () => { copy(button).catch(() => { button.hidden = true; }); });
  }
}
