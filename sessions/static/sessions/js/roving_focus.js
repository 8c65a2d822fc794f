// @ts-check
/** Many small buttons in a row are one stop for the tab key; arrows move between them. */

/** @param {KeyboardEvent} event @param {HTMLElement[]} buttons */
export function moveFocus(event, buttons) {
  const at = buttons.indexOf(/** @type {HTMLElement} */ (event.target));
  const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
  if (at < 0 || to === undefined) return;
  event.preventDefault();
  const next = buttons[Math.max(0, Math.min(buttons.length - 1, to))];
  for (const button of buttons) button.setAttribute("tabindex", button === next ? "0" : "-1");
  next.focus();
}
