// @ts-check
/**
 * Streaming change of sample rate: a polyphase windowed-sinc low-pass, linear phase.
 * Output sample k is the signal at time k / toRate: the filter's delay is taken out, so
 * whatever is timed on one side is timed the same on the other. Pure.
 */

const ZERO_CROSSINGS = 16;
/** The pass band ends a little below Nyquist, to leave room for the filter's slope. */
const ROLLOFF = 0.92;

/** @param {number} a @param {number} b @returns {number} */
const divisor = (a, b) => (b === 0 ? a : divisor(b, a % b));

/** @param {number} x in -1..1 */
const blackman = (x) => 0.42 + 0.5 * Math.cos(Math.PI * x) + 0.08 * Math.cos(2 * Math.PI * x);

/**
 * @param {number} phases
 * @param {number} half  taps on each side, in input samples
 * @param {number} cutoff  as a share of the input's Nyquist frequency
 */
function makeBank(phases, half, cutoff) {
  const bank = [];
  for (let phase = 0; phase < phases; phase += 1) {
    const taps = new Float32Array(2 * half);
    let sum = 0;
    for (let i = 0; i < 2 * half; i += 1) {
      const distance = i - half + 1 - phase / phases;
      const x = Math.PI * distance * cutoff;
      const sinc = x === 0 ? 1 : Math.sin(x) / x;
      taps[i] = Math.abs(distance) > half ? 0 : sinc * blackman(distance / half);
      sum += taps[i];
    }
    for (let i = 0; i < taps.length; i += 1) taps[i] /= sum;
    bank.push(taps);
  }
  return bank;
}

/**
 * @param {number} fromRate
 * @param {number} toRate
 * @returns {{process(input: Float32Array): Float32Array, flush(): Float32Array}}
 */
export function createResampler(fromRate, toRate) {
  if (fromRate === toRate) {
    return { process: (input) => input, flush: () => new Float32Array(0) };
  }
  const shared = divisor(fromRate, toRate);
  const up = toRate / shared;
  const down = fromRate / shared;
  const cutoff = Math.min(1, toRate / fromRate) * ROLLOFF;
  const half = Math.ceil(ZERO_CROSSINGS / cutoff);
  const bank = makeBank(up, half, cutoff);

  /** Input not yet behind every window; begins with silence before the first sample. */
  let held = new Float32Array(half - 1);
  /** Position of the next output's window in `held`, and its phase. */
  let start = 0;
  let phase = 0;
  let total = 0;
  let produced = 0;

  /** @param {Float32Array} input @param {number} limit */
  function run(input, limit) {
    const joined = new Float32Array(held.length + input.length);
    joined.set(held);
    joined.set(input, held.length);
    const output = [];
    while (start + 2 * half <= joined.length && produced < limit) {
      const taps = bank[phase];
      let sum = 0;
      for (let i = 0; i < taps.length; i += 1) sum += taps[i] * joined[start + i];
      output.push(sum);
      produced += 1;
      phase += down;
      start += Math.floor(phase / up);
      phase %= up;
    }
    const kept = Math.min(start, joined.length);
    held = joined.slice(kept);
    start -= kept;
    return Float32Array.from(output);
  }

  return {
    process(input) {
      total += input.length;
      return run(input, Infinity);
    },
    /** What the filter still holds; the output then covers the input's whole length. */
    flush() {
      return run(new Float32Array(half + 1), Math.ceil((total * up) / down));
    },
  };
}
