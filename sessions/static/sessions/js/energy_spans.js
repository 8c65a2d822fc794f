// @ts-check
/**
 * Where nobody says when each sound comes, the loudness of the voice still says when the mouth is
 * open: louder is wider. Pure.
 */

const WINDOW_MS = 20;
const SHORTEST_MS = 60;
/** Shares of the loudest window: silence below the first, a wide mouth above the second. */
const QUIET = 0.06;
const WIDE = 0.5;

/**
 * @param {Float32Array | Int16Array} samples
 * @param {number} rate  in Hz
 * @returns {import("./mouth_motion.js").Span[]} in order, without gaps: "" silent, "ə" half open, "a" open
 */
export function energySpans(samples, rate) {
  const size = Math.max(1, Math.round((WINDOW_MS * rate) / 1000));
  const scale = samples instanceof Int16Array ? 32768 : 1;
  const loud = [];
  for (let from = 0; from < samples.length; from += size) {
    const part = samples.subarray(from, from + size);
    loud.push(Math.sqrt(part.reduce((sum, sample) => sum + (sample / scale) ** 2, 0) / part.length));
  }
  const most = Math.max(1e-4, ...loud);
  /** @type {import("./mouth_motion.js").Span[]} */
  const spans = [];
  const end = (samples.length / rate) * 1000;
  loud.forEach((level, at) => {
    const ipa = level < QUIET * most ? "" : level > WIDE * most ? "a" : "ə";
    const last = spans[spans.length - 1];
    const to = Math.min(end, (at + 1) * WINDOW_MS);
    if (last && (last.ipa === ipa || last.end_ms - last.start_ms < SHORTEST_MS)) last.end_ms = to;
    else spans.push({ ipa, start_ms: at * WINDOW_MS, end_ms: to });
  });
  return spans;
}
