// @ts-check
/**
 * Slower speech at the same pitch. Pieces of the sound are laid out further apart, each taken
 * from where it best continues the one before (WSOLA, Verhelst and Roelands 1993). A burst is
 * played once. What has no period (s, f) is turned round where it would repeat, for a repeated
 * hiss begins to ring. Pure.
 */

import { findOnsets } from "./sound_onsets.js";

const PIECE_MS = 32;
/** How far from its place a piece may be taken: a period of the lowest voice. */
const SEARCH_MS = 13;
/** Below this likeness a piece has no period worth keeping. */
const VOICED_FROM = 0.5;
const COARSE = 4;

/**
 * @param {Float32Array} samples
 * @param {number} rate  in Hz
 * @param {number} speed  above 0, up to 1: at 0.5 it lasts twice as long
 * @returns {Float32Array} round(samples.length / speed) samples; what stands at `t` seconds comes to stand at `t / speed`
 */
export function stretch(samples, rate, speed) {
  if (!(speed > 0 && speed <= 1)) throw new RangeError(`not a speed to slow down to: ${speed}`);
  const length = Math.round(samples.length / speed);
  if (speed === 1 || samples.length === 0) return samples.slice();
  const half = Math.max(8, Math.round((PIECE_MS * rate) / 2000));
  const reach = Math.round((SEARCH_MS * rate) / 1000);
  const rise = Float32Array.from({ length: half }, (_, i) => 0.5 - 0.5 * Math.cos((Math.PI * (i + 0.5)) / half));
  const onsets = findOnsets(samples, rate, 2 * half);
  const made = new Float32Array(length);
  let middle = 0;
  let passed = -Infinity;
  let isTurned = false;
  for (let out = 0; out < length + half; out += half) {
    const wanted = Math.round(out * speed);
    const next = onsets[0] ?? Infinity;
    let likeness = 1;
    const before = middle;
    if (out > 0 && wanted >= next) {
      middle = next;
      passed = next;
      onsets.shift();
    } else if (out > 0) {
      const range = { from: Math.max(wanted - reach, passed + half), to: Math.min(wanted + reach, next - half) };
      ({ middle, likeness } = bestPiece(samples, before + half, wanted, range, half));
    }
    const repeats = middle - before < half / 2;
    isTurned = !isTurned && likeness < VOICED_FROM && repeats && isEven(samples, middle, half);
    lay(made, out, samples, middle, rise, isTurned);
  }
  return made;
}

/**
 * Adds one piece, fading in and out, to what is made.
 * @param {Float32Array} made @param {number} out  where its middle goes
 * @param {Float32Array} samples @param {number} middle  of the piece
 * @param {Float32Array} rise @param {boolean} isTurned
 */
function lay(made, out, samples, middle, rise, isTurned) {
  const half = rise.length;
  const first = Math.max(0, half - out);
  const last = Math.min(2 * half, made.length - out + half);
  for (let i = first; i < last; i += 1) {
    const from = middle - half + (isTurned ? 2 * half - 1 - i : i);
    if (from < 0 || from >= samples.length) continue;
    made[out - half + i] += (i < half ? rise[i] : rise[2 * half - 1 - i]) * samples[from];
  }
}

/**
 * The piece near `wanted` that is most like what would come next.
 * @param {Float32Array} samples
 * @param {number} continued  the middle of what would come next
 * @param {number} wanted
 * @param {{from: number, to: number}} range  where its middle may be; where that is nowhere, at its beginning
 * @param {number} half
 */
function bestPiece(samples, continued, wanted, { from, to }, half) {
  const target = continued - half;
  let best = { middle: Math.max(from, Math.min(to, wanted)), likeness: -1 };
  if (from >= to) return { middle: from, likeness: 1 };
  const look = (/** @type {number} */ middle, /** @type {number} */ step) => {
    if (middle < from || middle > to) return;
    const likeness = likenessOf(samples, middle - half, target, 2 * half, step);
    if (likeness > best.likeness + 1e-9) best = { middle, likeness };
  };
  const furthest = Math.max(to - wanted, wanted - from);
  for (let off = 0; off <= furthest; off += COARSE) {
    look(wanted - off, COARSE);
    look(wanted + off, COARSE);
  }
  const near = best.middle;
  best = { middle: near, likeness: -1 };
  for (let middle = near - COARSE; middle <= near + COARSE; middle += 1) look(middle, 1);
  return best;
}

/** Correlation of two stretches of sound, -1..1. @param {Float32Array} samples @param {number} one @param {number} other @param {number} length @param {number} step */
function likenessOf(samples, one, other, length, step) {
  let product = 0;
  let power = 1e-9;
  let otherPower = 1e-9;
  const first = Math.max(0, -one, -other);
  const last = Math.min(length, samples.length - one, samples.length - other);
  for (let i = first; i < last; i += step) {
    const a = samples[one + i];
    const b = samples[other + i];
    product += a * b;
    power += a * a;
    otherPower += b * b;
  }
  return product / Math.sqrt(power * otherPower);
}

/** Whether a piece is as loud throughout: not the edge of a sound. @param {Float32Array} samples @param {number} middle @param {number} half */
function isEven(samples, middle, half) {
  const part = Math.floor(half / 2);
  const powers = [-2, -1, 0, 1].map((quarter) => {
    const from = Math.max(0, middle + quarter * part);
    const to = Math.min(samples.length, from + part);
    let power = 1e-9;
    for (let i = from; i < to; i += 1) power += samples[i] * samples[i];
    return power;
  });
  return Math.max(...powers) < 8 * Math.min(...powers);
}
