// @ts-check
/** When which word of a clause is said: as the server says, else by its share of the letters. Pure. */

/** @typedef {import("./turn_reducer.js").ClauseView} ClauseView */
/** @typedef {{from: number, to: number, start_ms: number, end_ms: number}} CaptionWord  a stretch of the clause's text */

/** A gap between two words that is shorter than this is no pause: the word stays marked. */
const PAUSE_MS = 180;

/** @param {string} text */
const hasSound = (text) => /[\p{L}\p{N}]/u.test(text);

/** @param {ClauseView} clause @returns {CaptionWord[] | null} */
function timedWords({ text, words }) {
  if (!words || words.length === 0) return null;
  let at = 0;
  const placed = [];
  for (const word of words) {
    const from = text.indexOf(word.text, at);
    if (from < 0) return null;
    at = from + word.text.length;
    placed.push({ from, to: at, start_ms: word.start_ms, end_ms: word.end_ms });
  }
  return placed;
}

/** @param {ClauseView} clause @returns {CaptionWord[]} */
function sharedWords({ text, start_ms, end_ms }) {
  const found = [...text.matchAll(/\S+/gu)].filter(([word]) => hasSound(word));
  const letterMs = (end_ms - start_ms) / Math.max(1, text.length);
  return found.map((match, at) => {
    const until = found[at + 1]?.index ?? text.length;
    return {
      from: match.index,
      to: match.index + match[0].length,
      start_ms: start_ms + match.index * letterMs,
      end_ms: start_ms + until * letterMs,
    };
  });
}

/**
 * The words of a clause in order, with their places in its text.
 * @param {ClauseView} clause
 */
export const captionWords = (clause) => timedWords(clause) ?? sharedWords(clause);

/**
 * How many words have begun, and which of them is being said: none in a pause.
 * @param {CaptionWord[]} words
 * @param {number} ms
 * @returns {{begun: number, now: number | null}}
 */
export function progressAt(words, ms) {
  const begun = words.findLastIndex((word) => word.start_ms <= ms) + 1;
  if (begun === 0) return { begun, now: null };
  const { end_ms } = words[begun - 1];
  const next = words[begun];
  const pauses = !next || next.start_ms - end_ms > PAUSE_MS;
  return { begun, now: pauses && ms > end_ms ? null : begun - 1 };
}
