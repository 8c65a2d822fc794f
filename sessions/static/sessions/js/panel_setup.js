// @ts-check
/** Makes a word panel of a page's dialog, which says where the server answers. */

import { createClipPlayer } from "./clip_player.js";
import { createPronunciationApi } from "./pronunciation_api.js";
import { createSoundGuide } from "./sound_guide.js";
import { createWordPanel } from "./word_panel.js";

/** Stands in the address for the language. */
const ANY = "LANGUAGE";

/**
 * @param {HTMLDialogElement} dialog
 * @param {{onOpen?: () => void, onClose?: () => void, onTakeFloor?: () => void, help?: import("./word_panel.js").PanelHelp | null}} [hooks]
 */
export function openPanelOf(dialog, { onOpen, onClose, onTakeFloor, help } = {}) {
  const { assessUrl = "", sayWordUrl = "", soundsUrl = "", token = "", posturesUrl = "", headUrl = "", soundUrl = "" } = dialog.dataset;
  const api = createPronunciationApi({ assessUrl, sayWordUrl, token: () => token });
  const guide = createSoundGuide({ urlOf: (language) => soundsUrl.replace(ANY, encodeURIComponent(language.split("-")[0])) });
  const player = createClipPlayer({ onTakeFloor });
  /** @type {ReturnType<typeof import("./lesson_dialog.js").createLessonDialog> | null} */
  let lessons = null;
  /** Its modules are fetched when it is first asked for. @param {import("./lesson_view.js").LessonOf} lesson */
  async function openLesson(lesson) {
    const { createLessonDialog } = await import("./lesson_dialog.js");
    player.takeFloor();
    lessons ??= createLessonDialog({ places: { posturesUrl, headUrl, soundUrl }, api, guide, onTakeFloor: player.takeFloor });
    await lessons.open(lesson);
  }
  return { api, guide, player, panel: createWordPanel({ dialog, guide, api, player, help, onOpen, onClose, openLesson: posturesUrl === "" ? null : openLesson }) };
}
