// @ts-check
/** A button that opens a panel of choices; Escape and a click beside it close it. */

/**
 * @param {object} options
 * @param {HTMLButtonElement} options.button
 * @param {HTMLElement} options.panel
 * @param {() => void} [options.onClose]
 */
export function createMenuPanel({ button, panel, onClose = () => {} }) {
  /** @param {boolean} open */
  function setOpen(open) {
    if (panel.hidden !== open) return;
    const hadFocus = panel.contains(document.activeElement);
    panel.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
    if (open) /** @type {HTMLElement | null} */ (panel.querySelector("input:enabled"))?.focus();
    else onClose();
    if (!open && hadFocus) button.focus();
  }

  button.addEventListener("click", () => setOpen(panel.hidden));
  panel.addEventListener("keydown", (event) => {
    // Keys of the talk stay out while the panel is open.
    event.stopPropagation();
    if (event.key === "Escape") setOpen(false);
  });
  document.addEventListener("pointerdown", (event) => {
    const target = /** @type {Node} */ (event.target);
    if (!panel.contains(target) && !button.contains(target)) setOpen(false);
  });

  return { isOpen: () => !panel.hidden };
}
