// @ts-check
/** No picture: a quiet sign that pulses while the tutor speaks. */

import { gettext } from "./i18n.js";

/** @param {HTMLElement} container */
export function createVoiceFace(container) {
  const root = document.createElement("div");
  root.className = "face-voice";
  root.setAttribute("role", "img");
  root.setAttribute("aria-label", container.dataset.avatarLabel || gettext("Your tutor"));
  root.append(document.createElement("i"), document.createElement("i"), document.createElement("i"));
  container.append(root);

  return {
    setClock() {},
    setCues() {},
    addCues() {},
    clearCues() {},
    setState() {},
    snapshot: () => ({ viseme: "sil", openness: 0 }),
    destroy: () => root.remove(),
  };
}
