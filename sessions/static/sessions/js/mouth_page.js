// @ts-check
/** The page of a word or a sound: its lesson, and other words with the same sounds. */

import { byId } from "./elements.js";
import { gettext } from "./i18n.js";
import { showLesson } from "./lesson_view.js";
import { decodedSound, ownWord } from "./own_word.js";
import { createPronunciationApi } from "./pronunciation_api.js";
import { createSoundGuide } from "./sound_guide.js";

const NOT_KEPT = gettext("No sound of yours is kept, as you chose in your profile. Say it now: it is compared, then forgotten.");

const page = JSON.parse(byId("page-data").textContent);
const place = byId("lesson");
const { posturesUrl = "", headUrl = "", soundUrl = "", assessUrl = "", sayWordUrl = "", soundsUrl = "", token = "" } = place.dataset;
const api = createPronunciationApi({ assessUrl, sayWordUrl, token: () => token });
const guide = createSoundGuide({ urlOf: () => soundsUrl });
/** @type {Promise<{destroy(): void}> | null} */
let shown = null;

/** The latest try of which a sound was kept. @param {string} text */
async function kept(text) {
  const found = page.own[text];
  if (!found) return null;
  const response = await fetch(found.audio_url, { credentials: "same-origin" });
  if (!response.ok) return null;
  return ownWord(await decodedSound(await response.arrayBuffer()), found.word.phonemes);
}

/** @param {string} text */
async function show(text) {
  const before = shown;
  byId("lesson-word").textContent = text;
  for (const link of document.querySelectorAll("[data-word]")) {
    const isThis = /** @type {HTMLElement} */ (link).dataset.word === text;
    if (isThis) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  shown = Promise.resolve(before).then((view) => {
    view?.destroy();
    return showLesson(place, {
      lesson: { text, language: page.language, focus: page.sound, hasVoice: page.hasVoice, mayRecord: true, expected: page.expected[text] ?? [], mine: () => kept(text), noMine: page.keepsSound ? undefined : NOT_KEPT },
      places: { posturesUrl, headUrl, soundUrl },
      api,
      guide,
    });
  });
  await shown;
}

// A word of the list changes the lesson where it stands; without script it is a link.
for (const link of document.querySelectorAll("[data-word]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    byId("lesson-word").scrollIntoView({ block: "start" });
    void show(/** @type {HTMLElement} */ (link).dataset.word ?? "");
  });
}
window.addEventListener("pagehide", () => void shown?.then((view) => view.destroy()));
if (page.word) void show(page.word);
