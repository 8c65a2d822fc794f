// @ts-check
/** Under a line of the tutor: its translation, and why something was corrected. */

import { drawCorrections } from "./correction_view.js";
import { element, icon } from "./elements.js";
import { drawHelpText, drawWaiting } from "./help_text.js";
import { fill, gettext } from "./i18n.js";
import { createLineAnswer } from "./line_answer.js";

/** @typedef {import("./help_api.js").Correction} Correction */
/** @type {Correction[]} */
const NONE = [];
/** @typedef {ReturnType<typeof createLineAnswer<import("./help_api.js").HelpText>>} Translation */
/**
 * @typedef {object} LineEntry
 * @property {number} turn
 * @property {Translation | null} translation
 * @property {Correction[]} explained  the corrections that are explained under it
 * @property {HTMLElement} why
 * @property {HTMLElement} translated
 * @property {HTMLElement} actions
 * @property {HTMLElement} node
 */

/**
 * Remembers what is open under each line, so that a line that is drawn anew keeps it.
 * @param {object} options
 * @param {ReturnType<typeof import("./help_api.js").createHelpApi>} options.api
 * @param {import("./help_api.js").HelpPage} options.page
 */
export function createLineHelp({ api, page }) {
  /** @type {Map<string, LineEntry>} */
  const entries = new Map();
  /** @type {Map<number, Correction[]>} */
  const corrected = new Map();

  /** @param {number} turn @param {string} text @returns {LineEntry} */
  function entryOf(turn, text) {
    const key = `${turn} ${text}`;
    const known = entries.get(key);
    if (known) return known;
    const [actions, translated, why] = [element("div", { class: "help-actions" }), element("div"), element("div", { hidden: true })];
    // The place where answers appear stays, or nobody would be told of them.
    const answers = element("div", { class: "line-help__answers", role: "status" }, translated, why);
    /** @type {LineEntry} */
    const entry = { turn, translation: null, explained: NONE, why, translated, actions, node: element("div", { class: "line-help" }, actions, answers) };
    if (page.translates) {
      entry.translation = createLineAnswer({
        ask: () => api.translateLine(text),
        onChange() {
          redraw(entry);
          showAll(entry);
        },
      });
    }
    entries.set(key, entry);
    explain(entry);
    redraw(entry);
    return entry;
  }

  /** @param {LineEntry} entry @returns {boolean} whether there was something new */
  function explain(entry) {
    const corrections = corrected.get(entry.turn) ?? NONE;
    if (corrections === entry.explained) return false;
    entry.explained = corrections;
    entry.why.replaceChildren(corrections.length > 0 ? drawCorrections(corrections, { api, page }) : "");
    return true;
  }

  /** @param {LineEntry} entry */
  function redraw(entry) {
    const { translation, explained, why, translated, actions, node } = entry;
    const focused = node.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement).dataset.does : undefined;
    node.hidden = translation === null && explained.length === 0;
    actions.replaceChildren(
      ...(translation ? [action("translate", translation.isOpen() ? gettext("Hide translation") : gettext("Translate"), translation.isOpen(), () => void translation.toggle())] : []),
      ...(explained.length > 0 ? [action("explain", explainLabel(explained, why.hidden), !why.hidden, () => {
        why.hidden = !why.hidden;
        redraw(entry);
        showAll(entry);
      })] : []));
    translated.replaceChildren(...(translation ? drawTranslation(translation) : []));
    if (focused) /** @type {HTMLElement | null} */ (node.querySelector(`[data-does="${focused}"]`))?.focus();
  }

  /** What appears below the edge would seem to be nothing. @param {LineEntry} entry */
  const showAll = ({ node }) => node.scrollIntoView({ block: "nearest" });

  /** @param {Translation} translation @returns {HTMLElement[]} */
  function drawTranslation(translation) {
    const answer = translation.answer();
    switch (translation.step()) {
      case "waiting":
        return [drawWaiting(fill(gettext("Translating into %(language)s…"), { language: page.l1Name }))];
      case "shown":
        return answer ? [drawHelpText(answer, { class: "line-help__translation" })] : [];
      case "problem":
        return [element("p", { class: "help-problem" }, translation.problem(), " ",
          element("button", { class: "help-link", type: "button", "data-does": "retry", on: { click: () => void translation.retry() } }, gettext("Try again")))];
      default:
        return [];
    }
  }

  function redrawExplained() {
    for (const entry of entries.values()) if (explain(entry)) redraw(entry);
  }

  return {
    /** What stands under a line; the same node whenever it is asked for. @param {number} turn @param {string} text */
    draw: (turn, text) => entryOf(turn, text).node,
    /** @param {Correction[]} found */
    showCorrections(found) {
      for (const turn of new Set(found.map((one) => one.turn))) {
        const ofTurn = found.filter((one) => one.turn === turn);
        // What is the same stays, with all that was asked about it.
        if (JSON.stringify(ofTurn) !== JSON.stringify(corrected.get(turn))) corrected.set(turn, ofTurn);
      }
      redrawExplained();
    },
    /** @param {number} turn */
    forgetCorrections(turn) {
      corrected.delete(turn);
      redrawExplained();
    },
  };
}

/**
 * The words of the button: while the tutor asks for the better words there is a hint. Pure.
 * @param {Correction[]} corrections
 * @param {boolean} hidden
 */
export function explainLabel(corrections, hidden) {
  const isHint = corrections.every(({ withheld }) => withheld);
  if (hidden) return isHint ? gettext("Hint") : gettext("Explain");
  return isHint ? gettext("Hide hint") : gettext("Hide explanation");
}

/** @param {string} does @param {string} label @param {boolean} open @param {() => void} click */
const action = (does, label, open, click) =>
  element("button", { class: "help-action", type: "button", "data-does": does, "aria-expanded": String(open), on: { click } },
    icon(does), element("span", {}, label));
