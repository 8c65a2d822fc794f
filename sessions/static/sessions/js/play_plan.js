// @ts-check
/** What is played when: pieces of two sounds one after another, slower or not. Pure. */

/** @typedef {"tutor" | "mine"} TrackName */
/** @typedef {{track: TrackName, fromMs: number, toMs: number}} Piece  on the track's own time */
/** @typedef {Piece & {startS: number, endS: number}} Planned  seconds from the beginning of the plan */
/** @typedef {"tutor" | "mine" | "turns" | "sounds"} Order */

/** Long enough to tell two voices apart, short enough to compare them. */
const BETWEEN_S = 0.28;

/**
 * The pieces to play, for an order and a stretch of the tutor's time.
 * @param {Order} order
 * @param {{fromMs: number, toMs: number}} part  of the tutor's track
 * @param {(ms: number) => number} toMine
 * @param {readonly {start_ms: number, end_ms: number}[]} sounds  of the tutor
 * @returns {Piece[]}
 */
export function piecesOf(order, { fromMs, toMs }, toMine, sounds) {
  const tutor = (/** @type {number} */ from, /** @type {number} */ to) => /** @type {Piece} */ ({ track: "tutor", fromMs: from, toMs: to });
  const mine = (/** @type {number} */ from, /** @type {number} */ to) => /** @type {Piece} */ ({ track: "mine", fromMs: toMine(from), toMs: toMine(to) });
  if (order === "tutor") return [tutor(fromMs, toMs)];
  if (order === "mine") return [mine(fromMs, toMs)];
  if (order === "turns") return [tutor(fromMs, toMs), mine(fromMs, toMs)];
  const inside = sounds.filter(({ start_ms, end_ms }) => end_ms > fromMs + 1 && start_ms < toMs - 1);
  return inside.flatMap(({ start_ms, end_ms }) => [tutor(start_ms, end_ms), mine(start_ms, end_ms)]);
}

/**
 * @param {readonly Piece[]} pieces
 * @param {number} speed
 * @returns {Planned[]} a breath apart where the voice changes
 */
export function planOf(pieces, speed) {
  let at = 0;
  return pieces.map((piece, i) => {
    if (i > 0) at += BETWEEN_S;
    const startS = at;
    at += Math.max(0, piece.toMs - piece.fromMs) / 1000 / speed;
    return { ...piece, startS, endS: at };
  });
}

/**
 * Where a plan stands so many seconds after its beginning; at a breath, at the end of what was played.
 * @param {readonly Planned[]} plan
 * @param {number} seconds
 * @returns {{track: TrackName, ms: number, at: number, isOver: boolean}}
 */
export function placeIn(plan, seconds) {
  let at = plan.findIndex(({ startS }) => startS > seconds) - 1;
  if (at === -2) at = plan.length - 1;
  if (at < 0) at = 0;
  const { track, fromMs, toMs, startS, endS } = plan[at];
  const share = Math.max(0, Math.min(1, (seconds - startS) / Math.max(1e-6, endS - startS)));
  return { track, ms: fromMs + share * (toMs - fromMs), at, isOver: at === plan.length - 1 && seconds >= endS };
}

/** How long a plan is, with a breath before it begins anew. @param {readonly Planned[]} plan */
export const roundOf = (plan) => (plan[plan.length - 1]?.endS ?? 0) + BETWEEN_S;
