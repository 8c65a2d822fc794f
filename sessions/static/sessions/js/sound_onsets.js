// @ts-check
/** Where a sound begins all at once: the burst of a t or k, a vowel out of silence. Pure. */

const STEP_MS = 1;
const LOOK_MS = 3;
const BEFORE_MS = 15;
/** 12 dB louder than what was before. */
const RISE = 16;
/** What is 35 dB below the loudest is no onset but noise. */
const FAINT = 10 ** -3.5;

/**
 * @param {Float32Array} samples
 * @param {number} rate  in Hz
 * @param {number} apart  in samples: the least distance of two
 * @returns {number[]} in samples, in order
 */
export function findOnsets(samples, rate, apart) {
  const step = Math.max(1, Math.round((STEP_MS * rate) / 1000));
  const count = Math.floor(samples.length / step);
  const power = new Float64Array(count + 1);
  for (let frame = 0; frame < count; frame += 1) {
    let sum = 0;
    for (let i = frame * step; i < (frame + 1) * step; i += 1) sum += samples[i] * samples[i];
    power[frame + 1] = power[frame] + sum;
  }
  const mean = (/** @type {number} */ from, /** @type {number} */ to) => (power[to] - power[from]) / Math.max(1, to - from);
  let loudest = 0;
  for (let frame = 0; frame + LOOK_MS <= count; frame += 1) loudest = Math.max(loudest, mean(frame, frame + LOOK_MS));
  /** @type {number[]} */
  const found = [];
  for (let frame = BEFORE_MS; frame + LOOK_MS <= count; frame += 1) {
    const now = mean(frame, frame + LOOK_MS);
    if (now < FAINT * loudest || now < RISE * (mean(frame - BEFORE_MS, frame) + 1e-10)) continue;
    const first = firstLoud(samples, frame * step, (frame + LOOK_MS) * step);
    if (found.length === 0 || first - found[found.length - 1] >= apart) found.push(first);
  }
  return found;
}

/** @param {Float32Array} samples @param {number} from @param {number} to */
function firstLoud(samples, from, to) {
  let peak = 0;
  for (let i = from; i < to; i += 1) peak = Math.max(peak, Math.abs(samples[i]));
  for (let i = from; i < to; i += 1) if (Math.abs(samples[i]) >= 0.3 * peak) return i;
  return from;
}
