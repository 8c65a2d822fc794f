// @ts-check
/** The menu that says how the tutor is shown: a button and radio items. */

import { FACES } from "./face_ladder.js";

/**
 * @param {object} options
 * @param {HTMLButtonElement} options.button
 * @param {HTMLElement} options.menu  holds a radio input for each face
 * @param {(face: import("./face_ladder.js").FaceName) => void} options.onChoose
 */
export function createFaceMenu({ button, menu, onChoose }) {
  const radios = /** @type {HTMLInputElement[]} */ ([...menu.querySelectorAll("input[type=radio]")]);

  /** @param {boolean} open */
  function setOpen(open) {
    if (menu.hidden !== open) return;
    menu.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
    if (open) (radios.find((radio) => radio.checked) ?? radios[0])?.focus();
    else if (menu.contains(document.activeElement)) button.focus();
  }

  button.addEventListener("click", () => setOpen(menu.hidden));
  menu.addEventListener("keydown", (event) => {
    // Keys of the talk stay out while the menu is open.
    event.stopPropagation();
    if (event.key === "Escape") setOpen(false);
  });
  document.addEventListener("pointerdown", (event) => {
    const target = /** @type {Node} */ (event.target);
    if (!menu.contains(target) && !button.contains(target)) setOpen(false);
  });
  for (const radio of radios) {
    radio.addEventListener("change", () => {
      const face = FACES.find((name) => name === radio.value);
      if (face) onChoose(face);
    });
  }

  return {
    /** @param {{face: string, faces: string[]}} now */
    render({ face, faces }) {
      for (const radio of radios) {
        radio.checked = radio.value === face;
        radio.disabled = !faces.includes(radio.value);
      }
      button.disabled = faces.length < 2;
    },
  };
}
