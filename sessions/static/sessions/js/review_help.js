// @ts-check
/** Help in the replay of one's own talk: on every word, and under the tutor's lines. */

import { createLineHelp } from "./line_help.js";
import { drawTapWords } from "./tap_words.js";

/**
 * @param {object} options
 * @param {ReturnType<typeof import("./word_panel.js").createWordPanel>} options.panel
 * @param {ReturnType<typeof import("./help_api.js").createHelpApi>} options.api
 * @param {import("./help_api.js").HelpPage} options.page
 */
export function addReviewHelp({ panel, api, page }) {
  const lines = createLineHelp({ api, page });
  for (const node of document.querySelectorAll(".line__text")) {
    const line = /** @type {HTMLElement} */ (node);
    const sentence = (line.textContent ?? "").trim();
    if (sentence === "") continue;
    // Words that were judged have buttons already.
    if (!line.querySelector(".word-mark")) makeTappable(line, sentence);
    const isTutors = line.closest(".line--tutor") !== null;
    const turn = /** @type {HTMLElement | null} */ (line.closest("[data-turn]"))?.dataset.turn;
    if (isTutors && turn !== undefined) line.after(lines.draw(Number(turn), sentence));
  }
  document.getElementById("help-hint")?.removeAttribute("hidden");
  if (page.corrects) api.corrections().then(lines.showCorrections, () => {});

  /** @param {HTMLElement} line @param {string} sentence */
  function makeTappable(line, sentence) {
    const parts = [...line.childNodes].map((part) => {
      const { className = "", title = "", dataset = {} } = /** @type {any} */ (part);
      return { text: part.textContent ?? "", class: className, title, data: { start: dataset.start, end: dataset.end } };
    });
    const words = drawTapWords(parts, (text, index) => void panel.open({
      text,
      sentence,
      word: null,
      language: page.l2,
      hasVoice: true,
      returnTo: () => line.querySelector(`[data-tap="${index}"]`),
    }), "tap");
    line.replaceChildren(words);
  }
}
