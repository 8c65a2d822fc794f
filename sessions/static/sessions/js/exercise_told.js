// @ts-check
/** A question to be answered in one's own words, perhaps about a picture. */

import { element } from "./elements.js";

/** Words in lower case without signs. @param {string} text */
const plain = (text) => text.normalize("NFC").toLowerCase().replace(/[\u2018\u2019]/g, "'").replace(/[^\p{L}\p{N}' ]+/gu, " ").replace(/\s+/g, " ").trim();

/** Which of the wanted words are in a text as they stand. Pure. @param {string} text @param {string[]} wanted */
export function usedWords(text, wanted) {
  const words = ` ${plain(text)} `;
  return wanted.filter((word) => words.includes(` ${plain(word)} `));
}

/** @param {string} text */
export const countWords = (text) => plain(text).split(" ").filter(Boolean).length;

/** @param {string} text @param {Record<string, string | number>} values */
export const fillIn = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));

/** What is asked, with its picture and the words to use. @param {import("./exercise_run.js").Task} task @param {Record<string, string>} words */
export function drawQuestion(task, words) {
  const chips = task.wanted.map((/** @type {string} */ word) => element("span", { class: "chip told__word", lang: task.l2, "data-word": word }, word));
  const node = element("div", { class: "told" },
    Boolean(task.picture) && element("figure", { class: "told__picture" }, element("img", { src: task.picture, alt: task.pictureAlt, width: 800, height: 500 })),
    element("p", { class: "practice__sentence", lang: task.l2, dir: "auto" }, task.prompt),
    chips.length > 0 && element("p", { class: "practice__wanted small" }, element("span", { class: "muted" }, fillIn(words.useSome, { n: task.atLeast })), ...chips));
  return {
    node,
    /** Lights up what is used already. @param {string} text */
    mark(text) {
      const used = new Set(usedWords(text, task.wanted));
      chips.forEach((/** @type {HTMLElement} */ chip) => chip.classList.toggle("told__word--used", used.has(chip.dataset.word ?? "")));
    },
  };
}
