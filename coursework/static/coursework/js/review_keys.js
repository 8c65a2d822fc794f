// @ts-check
/** The keys of the review screen. They are left alone while somebody writes or a dialog is open. */

/** @param {EventTarget | null} target */
const isWriting = (target) =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    ["TEXTAREA", "SELECT", "AUDIO"].includes(target.tagName) ||
    (target instanceof HTMLInputElement && !["radio", "checkbox"].includes(target.type)));

/** Space on these presses them, arrows on these choose. @param {EventTarget | null} target */
const hasKeysOfItsOwn = (target) =>
  target instanceof HTMLElement && (target.closest("button, a, summary, input, dialog, .word-marks") !== null);

/**
 * @param {Record<string, () => void>} keys  by ``event.key``, letters in lower case
 */
export function bindReviewKeys(keys) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.querySelector("dialog[open]")) return;
    if (event.key === "Escape" && isWriting(event.target)) {
      /** @type {HTMLElement} */ (event.target).blur();
      return;
    }
    if (isWriting(event.target)) return;
    const name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if ((name === " " || name.startsWith("Arrow")) && hasKeysOfItsOwn(event.target)) return;
    const run = keys[name];
    if (!run) return;
    // Held down, a key moves on but gives back only once.
    if (event.repeat && !name.startsWith("Arrow")) return;
    event.preventDefault();
    run();
  });
}
