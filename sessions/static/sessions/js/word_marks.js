// @ts-check
/** A text whose words show how they were said, each a button that opens its panel. */

import { element } from "./elements.js";
import { fill, gettext } from "./i18n.js";
import { VERDICT_WORDS, bareWord, flaggedSounds } from "./pronunciation.js";
import { moveFocus } from "./roving_focus.js";

/** @typedef {(word: import("./pronunciation.js").WordResult, phonemeAt?: number) => void} OpenWord */

/**
 * One stop for the tab key; arrows move from word to word.
 * @param {import("./pronunciation.js").ShownWord[]} words
 * @param {OpenWord} open
 */
export function drawMarkedWords(words, open) {
  const buttons = words.map(({ shown, word }) => word && markedWord(shown, word, open));
  const usable = buttons.filter((button) => button !== null);
  const first = usable.find((button) => button.classList.contains("word-mark--work")) ?? usable[0];
  first?.setAttribute("tabindex", "0");
  return element("span", { class: "word-marks", role: "group", "aria-label": gettext("Word by word. Arrow keys move, Enter opens a word."),
    on: { keydown: (/** @type {KeyboardEvent} */ event) => moveFocus(event, usable) } },
  ...words.flatMap(({ shown }, at) => {
    const part = buttons[at] ?? shown;
    return at === 0 ? [part] : [" ", part];
  }));
}

/** @param {string} shown @param {import("./pronunciation.js").WordResult} word @param {OpenWord} open */
function markedWord(shown, word, open) {
  const flagged = word.phonemes.some((phoneme) => phoneme.flagged);
  return element("button", { class: `word-mark word-mark--${word.verdict}${flagged ? " word-mark--flagged" : ""}`,
    type: "button", tabindex: "-1", "data-word": word.index, "aria-label": `${bareWord(shown)}, ${VERDICT_WORDS[word.verdict]}`,
    on: { click: () => open(word) } }, shown);
}

/**
 * The few sounds to look at, as buttons; nothing when there are none.
 * @param {import("./pronunciation.js").Pronunciation} said
 * @param {OpenWord} open
 */
export function drawFlaggedSounds(said, open) {
  const flagged = flaggedSounds(said);
  if (flagged.length === 0) return null;
  return element("div", { class: "flags" },
    ...flagged.map(({ word, phoneme, at }) =>
      element("button", { class: "flags__sound", type: "button", "aria-label": fill(gettext("Work on %(sound)s in %(word)s"), { sound: phoneme.ipa, word: bareWord(word.text) }),
        on: { click: () => open(word, at) } },
        element("span", { class: "flags__ipa" }, phoneme.ipa), element("span", {}, fill(gettext("in %(words)s"), { words: bareWord(word.text) })))));
}

/** What the marks mean. */
export function drawLegend() {
  return element("ul", { class: "mark-legend", "aria-label": gettext("What the marks mean") },
    ...["fine", "close", "work"].map((verdict) =>
      element("li", {}, element("span", { class: `mark-legend__mark word-mark--${verdict}`, "aria-hidden": "true" }, "abc"),
        /** @type {Record<string, string>} */ (VERDICT_WORDS)[verdict])));
}
