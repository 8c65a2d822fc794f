// @ts-check
/** A text of help with what is to be known of it: who made it, or why there is none. */

import { element } from "./elements.js";

/**
 * @param {import("./help_api.js").HelpText} found
 * @param {{class?: string}} [options]
 */
export function drawHelpText({ text, language, note, missing }, { class: className = "" } = {}) {
  return element("div", { class: `help-text ${className}`.trim() },
    text !== "" && element("p", { class: "help-text__text", lang: language, dir: "auto" }, text),
    note !== "" && element("p", { class: "help-text__note" }, note),
    missing !== "" && element("p", { class: "help-text__note" }, missing));
}

/** @param {string} words */
export const drawWaiting = (words) =>
  element("p", { class: "help-waiting" }, words);
