// @ts-check
/** A mouth lesson over the page it was asked for on. */

import { element, icon } from "./elements.js";
import { gettext } from "./i18n.js";
import { showLesson } from "./lesson_view.js";

/**
 * @param {object} options
 * @param {import("./lesson_view.js").LessonPlaces} options.places
 * @param {ReturnType<typeof import("./pronunciation_api.js").createPronunciationApi>} options.api
 * @param {ReturnType<typeof import("./sound_guide.js").createSoundGuide>} options.guide
 * @param {() => void} options.onTakeFloor
 */
export function createLessonDialog({ places, api, guide, onTakeFloor }) {
  const body = element("div", { class: "lesson-dialog__body" });
  const title = element("h2", { id: "lesson-word", class: "lesson-dialog__word", tabindex: "-1" });
  const dialog = /** @type {HTMLDialogElement} */ (element("dialog", { class: "lesson-dialog", "aria-labelledby": "lesson-word" },
    element("header", { class: "lesson-dialog__head" },
      element("div", {}, title, element("p", { class: "muted" }, gettext("How the mouth makes it"))),
      element("button", { class: "icon-button", type: "button", "aria-label": gettext("Close"), on: { click: () => dialog.close() } }, icon("close"))),
    body));
  /** @type {{destroy(): void} | null} */
  let shown = null;
  let opened = 0;
  document.body.append(dialog);
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener("close", () => {
    opened += 1;
    shown?.destroy();
    shown = null;
  });

  return {
    /** @param {import("./lesson_view.js").LessonOf} lesson */
    async open(lesson) {
      const mine = (opened += 1);
      title.textContent = lesson.text;
      title.lang = lesson.language;
      dialog.showModal();
      title.focus();
      const view = await showLesson(body, { lesson, places, api, guide, onTakeFloor });
      // It may have been closed while the word was on its way.
      if (mine === opened) shown = view;
      else view.destroy();
    },
  };
}
