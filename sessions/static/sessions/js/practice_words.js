// @ts-check
/** What the practice page says about answers. Pure. */

import { fill, gettext } from "./i18n.js";

/** @typedef {{said: string, wanted: string, kind: string}} Difference */
/**
 * @typedef {object} Result  of an answer, from the server
 * @property {"right" | "nearly" | "wrong" | "empty" | "open"} outcome
 * @property {number | null} score
 * @property {string} feedback
 * @property {string} words  in the language taught
 * @property {string} expected
 * @property {string} whole  the right answer as a sentence, or ""
 * @property {Difference[]} differences
 * @property {string[]} choices
 */

/** @type {Record<string, string>} */
export const OUTCOME_TITLE = { right: gettext("Right"), nearly: gettext("Nearly"), wrong: gettext("Not yet"), empty: gettext("No answer yet"), open: gettext("Answered"), skipped: gettext("Left for later") };
/** @type {Record<string, string>} */
export const OUTCOME_ICON = { right: "tick", nearly: "almost", wrong: "repeat", empty: "almost", open: "tick", skipped: "later" };

/** The choice that says: no word here. */
export const NO_WORD = "–";

/** @param {string} choice */
export const choiceLabel = (choice) => (choice === NO_WORD ? gettext("no word") : choice);

/** A word without case, accents of typing and punctuation. @param {string} word */
const bare = (word) => word.toLowerCase().replace(/[\u2018\u2019]/g, "'").replace(/[^\p{L}\p{N}']/gu, "");

/** The sentence that leads to the answer: "The right form is: went" without "went". @param {Result} result */
export function leadWords({ words, expected }) {
  const at = expected ? words.lastIndexOf(expected) : -1;
  return at < 0 ? words : words.slice(0, at).trim();
}

/**
 * The right answer in pieces; those differ that the learner wrote otherwise.
 * @param {Result} result
 * @param {{kind: string, before?: string, after?: string}} task
 * @returns {{text: string, differs: boolean}[]}
 */
export function markedAnswer({ whole, expected, differences }, { kind, before = "", after = "" }) {
  if (kind === "gap_fill" && expected !== NO_WORD) {
    const pieces = [{ text: before, differs: false }, { text: expected, differs: true }, { text: after, differs: false }];
    return pieces.filter(({ text }) => text !== "");
  }
  const wanted = differences.flatMap((one) => one.wanted.split(" ")).map(bare).filter(Boolean);
  /** @type {{text: string, differs: boolean}[]} */
  const pieces = [];
  whole.split(" ").forEach((word, i) => {
    const found = wanted.indexOf(bare(word));
    if (found >= 0) wanted.splice(found, 1);
    const differs = found >= 0;
    const last = pieces.at(-1);
    // The blank before a mark is not marked.
    if (last && !last.differs && differs) last.text += " ";
    if (last && last.differs === differs) last.text += ` ${word}`;
    else pieces.push({ text: i === 0 || differs ? word : ` ${word}`, differs });
  });
  return pieces;
}

/** @param {{outcome: string}[]} results */
export function summaryWords(results) {
  const right = results.filter(({ outcome }) => outcome === "right" || outcome === "open").length;
  if (results.every(({ outcome }) => outcome === "skipped")) return gettext("Left for another time.");
  if (right === results.length) return gettext("All of them. That was well done.");
  return fill(gettext("%(n)s of %(all)s done. The others come again another time."), { n: right, all: results.length });
}
