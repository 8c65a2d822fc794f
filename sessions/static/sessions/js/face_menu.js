// @ts-check
/** The radio buttons that say how the tutor is shown. */

import { FACES } from "./face_ladder.js";

/**
 * @param {object} options
 * @param {HTMLElement} options.menu  holds a radio input for each face
 * @param {(face: import("./face_ladder.js").FaceName) => void} options.onChoose
 */
export function createFaceMenu({ menu, onChoose }) {
  const radios = /** @type {HTMLInputElement[]} */ ([...menu.querySelectorAll("input[type=radio]")]);
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
    },
  };
}
