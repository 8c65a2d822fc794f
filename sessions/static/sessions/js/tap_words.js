// @ts-check
/** A line whose words can be tapped to see what they mean. */

import { element } from "./elements.js";
import { gettext } from "./i18n.js";
import { bareWord } from "./pronunciation.js";
import { moveFocus } from "./roving_focus.js";

/** @typedef {(word: string, index: number) => void} OpenText  a word without the marks around it */
/**
 * A part of a line; class, title and data are those of the element around its words.
 * @typedef {{text: string, class?: string, title?: string, data?: Record<string, string | undefined>}} LinePart
 */

/**
 * A text in words and what stands between them, in order. A token without a letter or a
 * figure is no word. Pure.
 * @param {string} text
 * @returns {{text: string, isWord: boolean}[]}
 */
export const tokensOf = (text) =>
  text.split(/(\s+)/).filter((token) => token !== "").map((token) => ({ text: token, isWord: bareWord(token) !== "" }));

/**
 * @param {LinePart[]} parts
 * @param {OpenText} open
 * @param {"word" | "tap"} name  the data attribute that carries the word's index among the white-spaced tokens
 */
export function drawTapWords(parts, open, name) {
  /** @type {HTMLElement[]} */
  const buttons = [];
  let index = -1;
  /** @param {{text: string, isWord: boolean}} token */
  function draw({ text, isWord }) {
    if (text.trim() === "") return text;
    index += 1;
    if (!isWord) return text;
    const at = index;
    const button = element("button", { class: "tap-word", type: "button", tabindex: buttons.length === 0 ? "0" : "-1",
      [`data-${name}`]: at, on: { click: () => open(bareWord(text), at) } }, text);
    buttons.push(button);
    return button;
  }
  const drawn = parts.map(({ text, class: className, title, data = {} }) => {
    const words = tokensOf(text).map(draw);
    if (!className) return words;
    const around = element("span", { class: className, title: title || null }, ...words);
    for (const [key, value] of Object.entries(data)) if (value !== undefined) around.dataset[key] = value;
    return [around];
  });
  return element("span", { class: "tap-words", role: "group", "aria-label": gettext("Word by word. Arrow keys move, Enter opens a word."),
    on: { keydown: (/** @type {KeyboardEvent} */ event) => moveFocus(event, buttons) } }, ...drawn.flat());
}
