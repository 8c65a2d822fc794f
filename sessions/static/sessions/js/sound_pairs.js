// @ts-check
/** Which sound of mine is which of the tutor's, though the two may write them differently. Pure. */

/** @typedef {import("./mouth_motion.js").Span} Span */
/** @typedef {import("./mouth_postures.js").Postures} Postures */
/** @typedef {{tutor: number | null, mine: number | null}} Pair  places in the two rows; null: no partner */

const ALONE = 0.72;

/** How unlike two sounds are, 0..1.4. @param {string} one @param {string} other @param {Postures} postures @param {string} language */
export function unlike(one, other, postures, language) {
  const [a, b] = [postures.find(one, language), postures.find(other, language)];
  if (!a || !b) return one === other ? 0 : 0.9;
  if (a.ipa === b.ipa) return 0;
  const [first, second] = [a.stages[0].posture, b.stages[0].posture];
  const vowels = [first, second].filter(({ manner }) => manner === "vowel").length;
  if (vowels === 1) return 1.4;
  if (first.viseme === second.viseme && (vowels === 2 || first.place === second.place)) return 0.2;
  return vowels === 2 ? 0.45 : first.place === second.place ? 0.5 : 0.8;
}

/**
 * Pairs two rows of sounds in order, at the least cost.
 * @param {readonly Pick<Span, "ipa">[]} tutor
 * @param {readonly Pick<Span, "ipa">[]} mine
 * @param {Postures} postures
 * @param {string} language
 * @returns {Pair[]}
 */
export function pairSounds(tutor, mine, postures, language) {
  /** @type {number[][]} */
  const cost = Array.from({ length: tutor.length + 1 }, (_, i) => Array.from({ length: mine.length + 1 }, (_, j) => (i === 0 ? j : j === 0 ? i : 0) * ALONE));
  const match = (/** @type {number} */ i, /** @type {number} */ j) => cost[i - 1][j - 1] + unlike(tutor[i - 1].ipa, mine[j - 1].ipa, postures, language);
  for (let i = 1; i <= tutor.length; i += 1) {
    for (let j = 1; j <= mine.length; j += 1) cost[i][j] = Math.min(match(i, j), cost[i - 1][j] + ALONE, cost[i][j - 1] + ALONE);
  }
  /** @type {Pair[]} */
  const pairs = [];
  let [i, j] = [tutor.length, mine.length];
  while (i > 0 || j > 0) {
    if (i > 0 && j > 0 && Math.abs(cost[i][j] - match(i, j)) < 1e-9) pairs.push({ tutor: (i -= 1), mine: (j -= 1) });
    else if (i > 0 && Math.abs(cost[i][j] - cost[i - 1][j] - ALONE) < 1e-9) pairs.push({ tutor: (i -= 1), mine: null });
    else pairs.push({ tutor: null, mine: (j -= 1) });
  }
  return pairs.reverse();
}

/**
 * Moments that belong together: where paired sounds begin, and where the two words end.
 * @param {Pair[]} pairs
 * @param {readonly Span[]} tutor
 * @param {readonly Span[]} mine
 * @returns {import("./time_warp.js").Anchor[]}
 */
export function anchorsOf(pairs, tutor, mine) {
  if (tutor.length === 0 || mine.length === 0) return [];
  /** @type {import("./time_warp.js").Anchor[]} */
  const anchors = [[tutor[0].start_ms, mine[0].start_ms]];
  for (const { tutor: one, mine: other } of pairs) {
    if (one !== null && other !== null) anchors.push([tutor[one].start_ms, mine[other].start_ms]);
  }
  anchors.push([tutor[tutor.length - 1].end_ms, mine[mine.length - 1].end_ms]);
  return anchors;
}
