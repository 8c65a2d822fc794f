// @ts-check
/** Many small buttons in a row are one stop for the tab key; arrows move between them. */

/** @param {KeyboardEvent} event @param {HTMLElement[]} buttons */
export function moveFocus(event, buttons) {
  const at = buttons.indexOf(/** @type {HTMLElement} */ (event.target));
  if (at < 0) return;
  // The next one is where the text goes on, which is to the left in some scripts.
  const right = getComputedStyle(buttons[at]).direction === "rtl" ? -1 : 1;
  const to = { ArrowRight: at + right, ArrowDown: at + 1, ArrowLeft: at - right, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  const next = buttons[Math.max(0, Math.min(buttons.length - 1, to))];
  for (const button of buttons) button.setAttribute("tabindex", button === next ? "0" : "-1");
  next.focus();
}
