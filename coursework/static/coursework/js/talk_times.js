// @ts-check
/** Where a moment of a talk lies among its stretches. Pure. */

/** @typedef {{turn: number, speaker: "learner" | "tutor", start_ms: number, duration_ms: number, url: string, peaks: number[]}} Stretch */
/** @typedef {{total_ms: number, peak_ms: number, stretches: Stretch[]}} Timeline */

/** Silence between two stretches is not longer than this when played. */
export const LONGEST_PAUSE_MS = 600;

/** @param {Stretch} stretch */
export const endOf = (stretch) => stretch.start_ms + stretch.duration_ms;

/** The stretch that sounds at a moment, or the next one after it; -1 behind the last. @param {Stretch[]} stretches @param {number} ms */
export const placeAt = (stretches, ms) => stretches.findIndex((stretch) => ms < endOf(stretch));

/** The next stretch with sound, from a place on; -1 if there is none. @param {Stretch[]} stretches @param {number} from */
export const nextWithSound = (stretches, from) => stretches.findIndex((stretch, at) => at >= from && stretch.url !== "");

/**
 * The turn that a moment belongs to.
 * @param {Stretch[]} stretches
 * @param {number} ms
 * @returns {number | null}
 */
export function turnAt(stretches, ms) {
  const before = stretches.filter((stretch) => stretch.start_ms <= ms);
  return before.length > 0 ? before[before.length - 1].turn : (stretches[0]?.turn ?? null);
}

/** Where the turn before or after a moment begins. @param {Stretch[]} stretches @param {number} ms @param {number} step */
export function stepTurn(stretches, ms, step) {
  const starts = [...new Map(stretches.map((stretch) => [stretch.turn, stretch])).keys()].map((turn) => startOf(stretches, turn));
  // A little into a turn, "before" is its own beginning.
  return step < 0 ? (starts.filter((start) => start < ms - 500).pop() ?? 0) : (starts.find((start) => start > ms) ?? ms);
}

/** @param {Stretch[]} stretches @param {number} turn */
export const startOf = (stretches, turn) => stretches.find((stretch) => stretch.turn === turn)?.start_ms ?? 0;

/** @param {number} ms */
export function clock(ms) {
  const seconds = Math.floor(Math.max(0, ms) / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/**
 * A stretch's loudness in so many bars, each the loudest of its part; 0..1.
 * @param {number[]} peaks
 * @param {number} n
 */
export function bars(peaks, n) {
  return Array.from({ length: n }, (_, at) => {
    const from = Math.floor((at * peaks.length) / n);
    const to = Math.max(from + 1, Math.floor(((at + 1) * peaks.length) / n));
    return Math.max(0, ...peaks.slice(from, to)) / 100;
  });
}
