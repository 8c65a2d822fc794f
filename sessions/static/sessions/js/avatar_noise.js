/** Seedable randomness and smooth one-dimensional noise for movement that never repeats. */

/** A small seeded generator of numbers in [0, 1). */
export function createRandom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Gradient noise of a number, about -1..1, continuous with its slope. */
export function createNoise(random) {
  const slopes = Array.from({ length: 256 }, () => random() * 2 - 1);
  const wave = (x) => {
    const cell = Math.floor(x);
    const u = x - cell;
    const before = slopes[cell & 255] * u;
    const after = slopes[(cell + 1) & 255] * (u - 1);
    return 2 * (before + (after - before) * u * u * u * (u * (u * 6 - 15) + 10));
  };
  return (x) => 0.75 * wave(x) + 0.25 * wave(x * 2.3 + 17);
}
