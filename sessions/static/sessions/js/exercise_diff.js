// @ts-check
/** An answer laid beside the right one, word by word. Pure. */

/** @typedef {{text: string, kind: "same" | "changed" | "missing" | "extra", wanted: string}} DiffWord */

/** A word without case and the signs around it. @param {string} word */
const bare = (word) => word.normalize("NFC").toLowerCase().replace(/[\u2018\u2019\u02bc]/g, "'").replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "");
/** @param {string} text */
const split = (text) => text.split(/\s+/).filter((word) => bare(word) !== "");

/**
 * How alike two words are, 0 to 1: two that share most letters stand side by side.
 * @param {string} one @param {string} other
 */
function likeness(one, other) {
  const [a, b] = [bare(one), bare(other)];
  if (a === b) return 1;
  let before = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) row.push(Math.min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
    before = row;
  }
  return 1 - before[b.length] / Math.max(a.length, b.length);
}

/**
 * @param {string} answer
 * @param {string} wanted
 * @returns {DiffWord[]}
 */
export function diffWords(answer, wanted) {
  const [said, right] = [split(answer).slice(0, 120), split(wanted)];
  // The cheapest way from one row of words to the other; a gap costs less than unlike words.
  const GAP = 0.7;
  const costs = Array.from({ length: said.length + 1 }, () => new Array(right.length + 1).fill(0));
  for (let i = 0; i <= said.length; i += 1) {
    for (let j = 0; j <= right.length; j += 1) {
      if (i === 0 || j === 0) costs[i][j] = (i + j) * GAP;
      else costs[i][j] = Math.min(costs[i - 1][j] + GAP, costs[i][j - 1] + GAP, costs[i - 1][j - 1] + (1 - likeness(said[i - 1], right[j - 1])) * 1.6);
    }
  }
  /** @type {DiffWord[]} */
  const found = [];
  let [i, j] = [said.length, right.length];
  while (i > 0 || j > 0) {
    const alike = i > 0 && j > 0 ? likeness(said[i - 1], right[j - 1]) : 0;
    if (i > 0 && j > 0 && costs[i][j] === costs[i - 1][j - 1] + (1 - alike) * 1.6) {
      found.push({ text: said[i - 1], kind: alike === 1 ? "same" : "changed", wanted: right[j - 1] });
      i -= 1;
      j -= 1;
    } else if (j > 0 && costs[i][j] === costs[i][j - 1] + GAP) {
      found.push({ text: "", kind: "missing", wanted: right[j - 1] });
      j -= 1;
    } else {
      found.push({ text: said[i - 1], kind: "extra", wanted: "" });
      i -= 1;
    }
  }
  return found.reverse();
}
