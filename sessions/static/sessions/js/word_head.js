// @ts-check
/** The top of a word's panel: the word, how it went or how it sounds, its level. */

import { element, icon } from "./elements.js";
import { gettext } from "./i18n.js";

/**
 * @param {object} word
 * @param {string} word.text
 * @param {string} word.language
 * @param {{kind: string, words: string} | null} word.verdict  null where nobody judged it
 * @param {() => void} word.close
 */
export function drawWordHead({ text, language, verdict, close }) {
  const facts = element("p", { class: "word-panel__facts" });
  const node = element("header", { class: "word-panel__head" },
    element("div", {},
      element("h2", { id: "word-panel-word", class: "word-panel__word", lang: language, tabindex: "-1" }, text),
      verdict && element("p", { class: `verdict-tag verdict-tag--${verdict.kind}` }, verdict.words),
      facts),
    element("button", { class: "icon-button", type: "button", "aria-label": gettext("Close"), on: { click: close } }, icon("close")));
  return {
    node,
    /** @param {import("./help_api.js").WordCard} card */
    addCard({ word, ipa, level, level_is_estimated: estimated }) {
      const isForm = word !== "" && word.toLowerCase() !== text.toLowerCase();
      facts.replaceChildren(
        ...[
          // Where chips show the sounds they need no second writing.
          !verdict && ipa !== "" && element("span", { class: "word-panel__ipa" }, element("span", { class: "visually-hidden" }, gettext("Sounds: ")), `/${ipa}/`),
          level !== "" && element("span", { class: "badge badge--level", title: estimated ? gettext("Level of the word, estimated from how often it is used") : gettext("Level of the word") },
            element("span", { class: "visually-hidden" }, gettext("Level ")), estimated ? `≈ ${level}` : level),
          isForm && element("span", { class: "muted" }, gettext("from "), element("span", { lang: language }, word)),
        ].filter((part) => part !== false));
    },
  };
}

/** @param {string} name @param {string} label @param {() => unknown} click */
export const listenButton = (name, label, click) =>
  element("button", { class: "button", type: "button", on: { click } }, icon(name), label);
