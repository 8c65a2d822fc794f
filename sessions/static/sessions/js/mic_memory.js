// @ts-check
/**
 * The learner's own sound of a live talk, for hearing a word again. It lives in this page's
 * memory alone: a minute and a half of what was just said, and the clips of the last
 * judged turns. Pure.
 */

import { FRAME_MS, FRAME_SAMPLES, MIC_RATE } from "./wire_codec.js";

const KEPT_FRAMES = 90_000 / FRAME_MS;
const KEPT_CLIPS = 12;

/** @typedef {{samples: Int16Array, rate: number}} Clip */

export function createMicMemory() {
  /** @type {{number: number, samples: Int16Array}[]} */
  let frames = [];
  /** @type {Map<number, Clip>} */
  const clips = new Map();

  return {
    /** @param {number} number @param {Int16Array} samples */
    push(number, samples) {
      frames.push({ number, samples });
      if (frames.length > 1.2 * KEPT_FRAMES) frames = frames.slice(-KEPT_FRAMES);
    },
    /** The frames kept so far have other numbers than was thought. @param {number} by */
    renumber(by) {
      for (const frame of frames) frame.number += by;
    },
    /**
     * Cuts a turn's clip out, if its sound is still there from its first sample on.
     * @param {number} turn
     * @param {number} startMs  on the microphone's timeline
     * @param {number} lengthMs
     */
    keep(turn, startMs, lengthMs) {
      const first = Math.floor(startMs / FRAME_MS);
      const last = Math.ceil((startMs + lengthMs) / FRAME_MS);
      const found = frames.filter(({ number }) => number >= first && number <= last);
      if (found.length === 0 || found[0].number !== first) return;
      const samples = new Int16Array((found[found.length - 1].number - first + 1) * FRAME_SAMPLES);
      // A frame that is missing was silence to the server as well.
      for (const frame of found) samples.set(frame.samples, (frame.number - first) * FRAME_SAMPLES);
      const skipped = Math.round(((startMs - first * FRAME_MS) * MIC_RATE) / 1000);
      clips.delete(turn);
      clips.set(turn, { samples: samples.subarray(skipped), rate: MIC_RATE });
      while (clips.size > KEPT_CLIPS) clips.delete(/** @type {number} */ (clips.keys().next().value));
    },
    /** @param {number} turn @returns {Clip | null} */
    clip: (turn) => clips.get(turn) ?? null,
  };
}
