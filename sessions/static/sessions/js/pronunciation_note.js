// @ts-check
/** What stands under a spoken line: the sounds to look at, and what the marks go by. */

import { element } from "./elements.js";
import { noteOf } from "./pronunciation.js";
import { drawFlaggedSounds, drawLegend } from "./word_marks.js";

/**
 * @param {import("./pronunciation.js").Pronunciation} said
 * @param {object} how
 * @param {import("./word_marks.js").OpenWord} how.open
 * @param {boolean} how.isMarked  its words are on the page
 * @param {boolean} how.hasLegend
 */
export function drawPronunciationNote(said, { open, isMarked, hasLegend }) {
  const judged = said.words.length > 0;
  // A judgement of other words than those shown says nothing about them.
  if (judged && !isMarked) return null;
  const note = noteOf(said);
  return element("div", { class: "said__sounds" },
    isMarked && drawFlaggedSounds(said, open),
    note !== "" && element("p", { class: "said__note" }, note),
    isMarked && hasLegend && drawLegend());
}
